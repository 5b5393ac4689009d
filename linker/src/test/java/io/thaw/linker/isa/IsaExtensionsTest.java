package io.thaw.linker.isa;

import static org.assertj.core.api.Assertions.assertThat;

import io.thaw.linker.model.Architecture;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Encodings as an assembler makes them. */
class IsaExtensionsTest {

  private static String of(Architecture architecture, String hex) {
    return IsaExtensions.of(architecture, HexFormat.of().parseHex(hex)).orElse("");
  }

  @ParameterizedTest
  @CsvSource({
    "4889d8, ''", // mov rax, rbx
    "0f05, ''", // syscall
    "d9c0, fpu", // fld st0
    "0f44c3, cmov", // cmove eax, ebx
    "0f6fc1, mmx", // movq mm0, mm1
    "0f10c1, sse", // movups
    "f30f58c1, sse", // addss
    "f20f58c1, sse2", // addsd
    "f30f5ac1, sse2", // cvtss2sd
    "660fefc0, sse2", // pxor
    "f20f12c1, pni", // movddup
    "660f3800c1, ssse3", // pshufb
    "660f3817c1, sse4_1", // ptest
    "f20f38f1c3, sse4_2", // crc32
    "f3480fb8c3, popcnt",
    "f30fbcc3, bmi1", // tzcnt
    "480fc70f, cx16", // cmpxchg16b [rdi]
    "660f38dcc1, aes", // aesenc
    "660f3a44c100, pclmulqdq",
    "c5fc28c1, avx", // vmovaps ymm0, ymm1
    "c5fdefc0, avx2", // vpxor ymm0, ymm0, ymm0
    "c5f9efc0, avx", // vpxor xmm0, xmm0, xmm0
    "c4e27d58c1, avx2", // vpbroadcastd ymm0, xmm1
    "c4e2f198c2, fma", // vfmadd132pd
    "c4e2fbf7c3, bmi2", // shrx
    "c4e278f7c3, bmi1", // bextr
    "c4e37bf0c307, bmi2", // rorx
    "62f17c4828c1, avx512f", // vmovaps zmm0, zmm1
    "f30f1efa, ibt", // endbr64
    "0fae07, fxsr", // fxsave [rdi]
    "0fc7f0, rdrand"
  })
  void extensionsOfX86(String hex, String extension) {
    assertThat(of(Architecture.X86_64, hex)).isEqualTo(extension);
  }

  @ParameterizedTest
  @CsvSource({
    "e00301aa, ''", // mov x0, x1
    "20040091, ''", // add x0, x1, #1
    "e0c3413c, fp", // ldur b0
    "2028611e, fp", // fadd d0, d1, d1
    "2084a14e, asimd", // add v0.4s, v1.4s, v1.4s
    "2000e0b8, atomics", // ldaddal w0, w0, [x1]
    "20fce088, atomics", // casal
    "20c0bfb8, lrcpc", // ldapr w0, [x1]
    "2048284e, aes", // aese v0.16b, v1.16b
    "2040015e, sha2", // sha256h
    "2040c21a, crc32", // crc32b w0, w1, w2
    "3f2303d5, paca", // paciasp
    "5f2403d5, bti", // bti c
    "1f2003d5, ''", // nop
    "2094824e, asimddp", // sdot v0.4s, v1.16b, v2.16b
    "2028e21e, fphp", // fadd h0, h1, h2
    "20002004, sve" // add z0.b, ...
  })
  void extensionsOfAarch64(String hex, String extension) {
    assertThat(of(Architecture.AARCH64, hex)).isEqualTo(extension);
  }
}
