package io.thaw.stubs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The machine code that was compiled ahead and is shipped as resources. */
public final class CompiledStubs {

  private CompiledStubs() {}

  /**
   * The restorer stub of an architecture.
   *
   * @param architecture folder of its sources: {@code x86_64}, {@code aarch64} or {@code riscv64}
   */
  public static CompiledStub stub(String architecture) {
    return StubElfReader.read(resource("stub-" + architecture + ".elf"));
  }

  /**
   * The TCG plugin that counts and traces instructions, a shared library for Linux.
   *
   * @param hostArchitecture what QEMU itself runs on: {@code x86_64} or {@code aarch64}
   */
  public static byte[] tcgPlugin(String hostArchitecture) {
    return resource("tcg-plugin-" + hostArchitecture + ".so");
  }

  private static byte[] resource(String name) {
    try (InputStream in = CompiledStubs.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("not compiled: " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
