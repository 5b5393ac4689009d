package io.thaw.linker.assembly;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Assembles a function by keystone: what its user writes, and a return behind it. x86-64 is written
 * in Intel's syntax.
 *
 * <p>The build of keystone that comes with Thaw knows AArch64 only; {@value #VARIABLE} names
 * another one.
 */
public final class HookAssembler {

  /** The environment variable that names a libkeystone. */
  public static final String VARIABLE = "THAW_KEYSTONE";

  private static final int MOST_SOURCE_CHARS = 64 << 10;

  private final Optional<String> library;

  /**
   * One with a library.
   *
   * @param library the file, or empty for the library that comes with Thaw
   */
  public HookAssembler(Optional<String> library) {
    this.library = library.filter(file -> !file.isEmpty());
  }

  /** One with the library that the environment names. */
  public static HookAssembler ofEnvironment() {
    return new HookAssembler(Optional.ofNullable(System.getenv(VARIABLE)));
  }

  /** The file of the library, if it is not the one that comes with Thaw. */
  public Optional<String> library() {
    return library;
  }

  /** Whether the library is there and knows the architecture. */
  public boolean supports(Architecture architecture) throws IOException {
    return ask(architecture, "").startsWith(KeystoneProcess.OK);
  }

  /**
   * Assembles a function.
   *
   * @return position-independent machine code that ends in a return
   * @throws AssemblyException if the text is wrong, or nothing here assembles it
   */
  public ByteBlock assemble(Architecture architecture, String source)
      throws AssemblyException, IOException {
    if (source.length() > MOST_SOURCE_CHARS) {
      throw new AssemblyException(source.length() + " characters", "at most " + MOST_SOURCE_CHARS);
    }
    String answer = ask(architecture, source);
    if (answer.startsWith(KeystoneProcess.OK)) {
      return ByteBlock.copyOf(
          HexFormat.of().parseHex(answer.substring(KeystoneProcess.OK.length())));
    }
    if (answer.startsWith(KeystoneProcess.REFUSED)) {
      throw refused(answer.substring(KeystoneProcess.REFUSED.length()), source);
    }
    throw new AssemblyException(
        switch (answer) {
          case KeystoneProcess.UNSUPPORTED ->
              "assembly of %s, which %s does not know".formatted(architecture.label(), name());
          case KeystoneProcess.UNLOADABLE -> name() + ", which cannot be loaded";
          default -> answer;
        },
        "'object' with an ELF object file, or %s with the path of a libkeystone that knows %s"
            .formatted(VARIABLE, architecture.label()));
  }

  private String name() {
    return library.map(file -> "the keystone '" + file + "'").orElse("Thaw's keystone");
  }

  private static AssemblyException refused(String refusal, String source) {
    int blank = refusal.indexOf(' ');
    int line = Integer.parseInt(refusal.substring(0, blank));
    String text = source.lines().skip(line - 1L).findFirst().orElse("the end of it").strip();
    return new AssemblyException(
        "line " + line + ", '" + text + "': " + refusal.substring(blank + 1),
        "assembly that keystone understands");
  }

  /** The child's line, or what became of it. */
  private String ask(Architecture architecture, String source) throws IOException {
    Process child =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:-CreateCoredumpOnCrash",
                    "-XX:ErrorFile=/dev/null",
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    KeystoneProcess.class.getName(),
                    library.orElse(""),
                    KeystoneTarget.of(architecture).name()))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream in = child.getOutputStream()) {
      in.write(source.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It has ended without reading: how it ended says more.
    }
    String answer = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = child.onExit().join().exitValue();
    return switch (status) {
      case 0 -> answer.strip();
      case KeystoneProcess.TOO_LONG -> "keystone does not come to an end";
      default -> "keystone crashed at it, status " + status;
    };
  }
}
