package io.thaw.linker.plan;

import io.thaw.linker.model.Architecture;
import io.thaw.stubs.CompiledStub;
import io.thaw.stubs.CompiledStubs;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Which stub an image has: what is known of its fields holds for no other. */
public final class StubIdentity {

  private StubIdentity() {}

  /** The stub for an architecture, by the architecture's label. */
  public static CompiledStub compiled(String architecture) {
    return compiled(
        Architecture.byLabel(architecture)
            .orElseThrow(() -> new IllegalArgumentException("architecture: " + architecture)));
  }

  static CompiledStub compiled(Architecture architecture) {
    return CompiledStubs.stub(
        switch (architecture) {
          case X86_64 -> "x86_64";
          case AARCH64 -> "aarch64";
          case RISCV64 -> "riscv64";
        });
  }

  /** SHA-256 of its bytes as they were compiled. */
  public static String sha256(CompiledStub stub) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(stub.code()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
