package io.thaw.app.record;

import io.thaw.linker.model.Architecture;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a launched program may know of the processor. Libraries choose their routines by CPUID,
 * which they ask before a recording begins: the environment tells those that listen (glibc,
 * OpenSSL) to do without what the level lacks. Levels are those of the x86-64 psABI.
 */
public enum IsaLevel {
  /** All that the processor has. */
  HOST("host", "", 0, 0),
  /** SSE4.2 and POPCNT. */
  V2("x86-64-v2", Names.BEYOND_V3 + Names.BEYOND_V2, Masks.RDRAND | Masks.BEYOND_V2_LEAF_1, -1),
  /** AVX2, FMA, BMI. */
  V3("x86-64-v3", Names.BEYOND_V3, Masks.RDRAND, Masks.BEYOND_V3_LEAF_7),
  /** AVX-512. */
  V4("x86-64-v4", "", Masks.RDRAND, Masks.RDSEED_AND_SHA);

  private static final String GLIBC = "GLIBC_TUNABLES";
  private static final String OPENSSL = "OPENSSL_ia32cap";

  private final String label;
  private final String glibcOff;
  private final long opensslOffLeaf1;
  private final long opensslOffLeaf7;

  IsaLevel(String label, String glibcOff, long opensslOffLeaf1, long opensslOffLeaf7) {
    this.label = label;
    this.glibcOff = glibcOff;
    this.opensslOffLeaf1 = opensslOffLeaf1;
    this.opensslOffLeaf7 = opensslOffLeaf7;
  }

  /** What QEMU can do: it has no AVX-512. */
  public static IsaLevel defaultOfHost() {
    return HostProcessor.architecture() == Architecture.X86_64 ? V3 : HOST;
  }

  /** Whether this machine's architecture has such a level. */
  public boolean fitsHost() {
    return this == HOST || HostProcessor.architecture() == Architecture.X86_64;
  }

  /** The name users see. */
  public String label() {
    return label;
  }

  /** {@code environment} with what keeps a program below this level; other tunables stay. */
  public Map<String, String> limit(Map<String, String> environment) {
    Map<String, String> limited = new LinkedHashMap<>(environment);
    if (!glibcOff.isEmpty()) {
      limited.merge(
          GLIBC, "glibc.cpu.hwcaps=" + glibcOff.substring(1), (old, added) -> old + ":" + added);
    }
    if (opensslOffLeaf1 != 0 || opensslOffLeaf7 != 0) {
      limited.putIfAbsent(
          OPENSSL,
          "~0x" + Long.toHexString(opensslOffLeaf1) + ":~0x" + Long.toHexString(opensslOffLeaf7));
    }
    return limited;
  }

  /** Names of glibc's tunable {@code glibc.cpu.hwcaps}. */
  private static final class Names {
    static final String BEYOND_V3 =
        ",-AVX512F,-AVX512VL,-AVX512BW,-AVX512DQ,-AVX512CD,-AVX512ER,-AVX512PF,-XSAVEC";
    static final String BEYOND_V2 =
        ",-AVX,-AVX2,-AVX_Fast_Unaligned_Load,-AVX2_Usable,-BMI1,-BMI2,-FMA,-FMA4,-LZCNT,-MOVBE"
            + ",-F16C";
  }

  /** Bits of CPUID as {@code OPENSSL_ia32cap} has them: EDX and ECX of leaf 1, EBX, ECX of 7. */
  private static final class Masks {
    static final long RDRAND = 1L << 62;
    static final long BEYOND_V2_LEAF_1 =
        1L << (32 + 12) /* FMA */ | 1L << (32 + 28) /* AVX */ | 1L << (32 + 11) /* XOP */;
    static final long RDSEED_AND_SHA = 1L << 18 | 1L << 29;
    static final long AVX512 =
        1L << 16 | 1L << 17 | 1L << 21 | 1L << 26 | 1L << 27 | 1L << 28 | 1L << 30 | 1L << 31;
    static final long VECTOR_AES = 1L << (32 + 8) | 1L << (32 + 9) | 1L << (32 + 10);
    static final long ADX = 1L << 19;
    static final long BEYOND_V3_LEAF_7 = RDSEED_AND_SHA | AVX512 | VECTOR_AES | ADX;
  }
}
