package io.thaw.linker.assembly;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One engine of keystone, and which line it does not like. */
final class Keystone {

  /** Where the architecture's own errors begin; from the fourth on they are not told apart. */
  private static final int KS_ERR_ASM_INVALIDOPERAND = 512;

  private static final int KS_ERR_ASM_MNEMONICFAIL = 514;

  private static final Pattern NAME_OF_ERROR = Pattern.compile("\\s*\\(KS_ERR_\\w+\\)");
  private static final Pattern LABEL = Pattern.compile("^\\s*[A-Za-z_.$][\\w.$]*:");

  /** No instruction: refused, unless what is in front of it ends the text. */
  private static final String NONSENSE = "no_such_instruction\n";

  /**
   * A refusal.
   *
   * @param line the first that is not assembled, counted from 1
   * @param reason in keystone's words
   */
  record Refusal(int line, String reason) {}

  private final KeystoneApi api;
  private final Pointer engine;

  private Keystone(KeystoneApi api, Pointer engine) {
    this.api = api;
    this.engine = engine;
  }

  /**
   * Opens an engine for an architecture that the library supports.
   *
   * @throws IllegalStateException if it cannot
   */
  static Keystone open(KeystoneApi api, KeystoneTarget target) {
    PointerByReference engine = new PointerByReference();
    int error = api.ks_open(target.number(), target.mode(), engine);
    if (error != 0) {
      throw new IllegalStateException(api.ks_strerror(error));
    }
    return new Keystone(api, engine.getValue());
  }

  /** Whether the text becomes machine code, all of it. */
  boolean assembles(String source) {
    return accepts(source) && !accepts(source + "\n" + NONSENSE);
  }

  /** Whether keystone finds nothing wrong as far as it reads. */
  private boolean accepts(String source) {
    PointerByReference code = new PointerByReference();
    if (assemble(source, code, new NativeLongByReference()) != 0) {
      return false;
    }
    api.ks_free(code.getValue());
    return true;
  }

  /** Machine code of a text that {@link #assembles}. */
  byte[] code(String source) {
    PointerByReference code = new PointerByReference();
    NativeLongByReference size = new NativeLongByReference();
    if (assemble(source, code, size) != 0) {
      throw new IllegalArgumentException(reason());
    }
    byte[] bytes = code.getValue().getByteArray(0, size.getValue().intValue());
    api.ks_free(code.getValue());
    return bytes;
  }

  /** Why a text does not become machine code. */
  Refusal refusal(String source) {
    List<String> lines = source.lines().toList();
    int good = 0;
    int bad = lines.size();
    while (bad - good > 1) {
      int middle = (good + bad) >>> 1;
      if (assembles(upTo(lines, middle))) {
        good = middle;
      } else {
        bad = middle;
      }
    }
    String upToBad = upTo(lines, bad);
    return new Refusal(bad, accepts(upToBad) ? "nothing from here on is assembled" : reason());
  }

  /** So many lines, and of those behind them the labels to which they may jump. */
  private static String upTo(List<String> lines, int count) {
    StringBuilder source = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      Matcher label = LABEL.matcher(lines.get(i));
      if (i < count) {
        source.append(lines.get(i));
      } else if (label.find()) {
        source.append(label.group());
      }
      source.append('\n');
    }
    return source.toString();
  }

  private int assemble(String source, PointerByReference code, NativeLongByReference size) {
    return api.ks_asm(engine, source, 0, code, size, new NativeLongByReference());
  }

  private String reason() {
    int error = api.ks_errno(engine);
    return error > KS_ERR_ASM_MNEMONICFAIL
        ? NAME_OF_ERROR.matcher(api.ks_strerror(KS_ERR_ASM_INVALIDOPERAND)).replaceAll("")
        : NAME_OF_ERROR.matcher(api.ks_strerror(error)).replaceAll("");
  }
}
