package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.app.ptrace.RegisterSets;
import io.thaw.linker.model.Aarch64Registers;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.X86Registers;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegisterCaptureTest {

  private static final ProcFiles FILES = new ProcFiles(1);
  private static final int RAX = X86Registers.GENERAL_NAMES.indexOf("rax");
  private static final int RIP = 16;

  private static FakeProcess x86(long rax, long callNumber) {
    FakeProcess process = new FakeProcess(Architecture.X86_64, 18);
    process.sets.put(RegisterSets.FLOATING_POINT, new byte[512]);
    process.registers[RAX] = rax;
    process.registers[RIP] = 0x400102;
    process.callNumber = callNumber;
    return process;
  }

  private static X86Registers capture(FakeProcess process) throws Exception {
    return (X86Registers) RegisterCapture.capture(process, FILES).registers();
  }

  @ParameterizedTest
  @CsvSource({"-512,7", "-513,7", "-514,7"})
  void aCallThatWasInterruptedIsMadeAgain(long result, long number) throws Exception {
    X86Registers registers = capture(x86(result, number));

    assertEquals(number, registers.general(RAX));
    assertEquals(0x400100, registers.rip());
  }

  @Test
  void aSleepThatWasInterruptedGoesOnByRestartSyscall() throws Exception {
    X86Registers registers = capture(x86(-516, 230));

    assertEquals(219, registers.general(RAX));
    assertEquals(0x400100, registers.rip());
  }

  @ParameterizedTest
  @CsvSource({"-512,-1", "5,0", "-4,0"})
  void aCallThatIsOverIsNot(long result, long number) throws Exception {
    X86Registers registers = capture(x86(result, number));

    assertEquals(result, registers.general(RAX));
    assertEquals(0x400102, registers.rip());
  }

  @Test
  void registersOfX86AreWhereTheModelHasThem() throws Exception {
    X86Registers registers = capture(x86(5, -1));

    assertEquals(1000, registers.general(0));
    assertEquals(1015, registers.sp());
    assertEquals(1017, registers.rflags());
    assertEquals(11, registers.fsBase());
    assertEquals(12, registers.gsBase());
  }

  private static FakeProcess aarch64() {
    FakeProcess process = new FakeProcess(Architecture.AARCH64, 34);
    ByteBuffer floating = ByteBuffer.allocate(528).order(ByteOrder.LITTLE_ENDIAN);
    floating.putLong(0, 0x1234).putLong(504, 0x5678).putInt(512, 3).putInt(516, 4);
    process.sets.put(RegisterSets.FLOATING_POINT, floating.array());
    process.sets.put(RegisterSets.ARM_TLS, words(77, 78));
    return process;
  }

  private static byte[] words(long... words) {
    ByteBuffer bytes =
        ByteBuffer.allocate(words.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long word : words) {
      bytes.putLong(word);
    }
    return bytes.array();
  }

  @Test
  void registersOfAarch64AreWhereTheModelHasThem() throws Exception {
    FakeProcess process = aarch64();
    process.sets.put(RegisterSets.ARM_PAC_ADDRESS_KEYS, words(1, 2, 3, 4, 5, 6, 7, 8));
    process.sets.put(RegisterSets.ARM_PAC_GENERIC_KEY, words(9, 10));
    process.sets.put(RegisterSets.ARM_PAC_ENABLED_KEYS, words(15));

    Aarch64Registers registers =
        (Aarch64Registers) RegisterCapture.capture(process, FILES).registers();

    assertEquals(1000, registers.x().get(0));
    assertEquals(1030, registers.x().get(30));
    assertEquals(1031, registers.sp());
    assertEquals(1032, registers.pc());
    assertEquals(1033, registers.pstate());
    assertEquals(77, registers.tpidr());
    assertEquals(3, registers.fpsr());
    assertEquals(4, registers.fpcr());
    Aarch64Registers.PacKeys keys = registers.pacKeys().orElseThrow();
    assertEquals(new Aarch64Registers.Key(7, 8), keys.db());
    assertEquals(new Aarch64Registers.Key(9, 10), keys.ga());
    assertEquals(15, keys.enabledMask());
  }

  @Test
  void aProcessorWithoutPointerAuthenticationHasNoKeys() throws Exception {
    Aarch64Registers registers =
        (Aarch64Registers) RegisterCapture.capture(aarch64(), FILES).registers();

    assertTrue(registers.pacKeys().isEmpty());
  }

  @Test
  void scalableVectorsInUseAreRefused() {
    FakeProcess process = aarch64();
    byte[] header = new byte[16];
    header[12] = 1;
    process.sets.put(RegisterSets.ARM_SVE, header);

    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> RegisterCapture.capture(process, FILES));

    assertTrue(e.getMessage().contains("scalable vectors (SVE) in use"), e.getMessage());
  }
}
