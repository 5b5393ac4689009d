package io.thaw.linker.assembly;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The program of the child process. Arguments: the library's file, or nothing for the one on the
 * class path, then a {@link KeystoneTarget}. Standard input: the assembly. Standard output: one
 * line.
 *
 * <pre>
 *   unloadable             there is no such library
 *   unsupported            it does not know the architecture
 *   refused LINE REASON    the line that does not become machine code
 *   ok HEX                 the machine code
 * </pre>
 */
final class KeystoneProcess {

  static final String UNLOADABLE = "unloadable";
  static final String UNSUPPORTED = "unsupported";
  static final String REFUSED = "refused ";
  static final String OK = "ok ";

  /** Exit status when keystone finds no end. */
  static final int TOO_LONG = 124;

  private static final long PATIENCE_MILLIS = 10_000;

  /** Falls off the end of what is given; all three architectures call it so. */
  private static final String RETURN = "ret\n";

  private KeystoneProcess() {}

  public static void main(String[] arguments) throws IOException {
    Thread guard = new Thread(KeystoneProcess::haltLater);
    guard.setDaemon(true);
    guard.start();
    String source = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(answer(arguments[0], KeystoneTarget.valueOf(arguments[1]), source));
  }

  private static void haltLater() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      return;
    }
    Runtime.getRuntime().halt(TOO_LONG);
  }

  private static String answer(String file, KeystoneTarget target, String source) {
    KeystoneApi api;
    try {
      api =
          Native.load(
              file.isEmpty() ? Native.extractFromResourcePath("keystone").getPath() : file,
              KeystoneApi.class);
    } catch (IOException | UnsatisfiedLinkError e) {
      return UNLOADABLE;
    }
    if (!api.ks_arch_supported(target.number())) {
      return UNSUPPORTED;
    }
    Keystone keystone = Keystone.open(api, target);
    String function = source + "\n" + RETURN;
    if (!keystone.assembles(function)) {
      Keystone.Refusal refusal = keystone.refusal(function);
      return REFUSED + refusal.line() + " " + refusal.reason();
    }
    return OK + HexFormat.of().formatHex(keystone.code(function));
  }
}
