package io.thaw.app.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.X86ExtendedState;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.problem.InvalidInputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Areas of processors that this machine may not have. */
class XsaveAreaTest {

  private static final int XCR0 = 464;
  private static final int XSTATE_BV = 512;
  private static final long AVX_512 = 0xe7;
  private static final long PKRU = 1 << 9;
  private static final ProcFiles FILES = new ProcFiles(1);

  private static ByteBuffer area(int sizeBytes, long enabled, long inUse) {
    ByteBuffer area = ByteBuffer.allocate(sizeBytes).order(ByteOrder.LITTLE_ENDIAN);
    return area.putLong(XCR0, enabled).putLong(XSTATE_BV, inUse);
  }

  private static void fill(ByteBuffer area, int offset, int sizeBytes, int value) {
    for (int i = 0; i < sizeBytes; i++) {
      area.put(offset + i, (byte) value);
    }
  }

  private static XsaveArea parse(ByteBuffer area) throws InvalidInputException {
    byte[] bytes = new byte[area.capacity()];
    area.get(0, bytes);
    return XsaveArea.parse(bytes, FILES);
  }

  private static ByteBlock filled(int sizeBytes, int value) {
    byte[] bytes = new byte[sizeBytes];
    Arrays.fill(bytes, (byte) value);
    return ByteBlock.copyOf(bytes);
  }

  @Test
  void intelHasAPlaceForEachComponentThatItEverMade() throws Exception {
    ByteBuffer area = area(2696, AVX_512 | PKRU, AVX_512 | PKRU);
    fill(area, 576, 256, 1);
    fill(area, 1088, 64, 2);
    fill(area, 1152, 512, 3);
    fill(area, 1664, 1024, 4);
    area.putInt(2688, 0x1234);

    XsaveArea parsed = parse(area);

    assertEquals(filled(256, 1), parsed.state().ymmUpper());
    assertEquals(filled(64, 2), parsed.vectorState().get(Component.AVX512_OPMASK));
    assertEquals(filled(512, 3), parsed.vectorState().get(Component.AVX512_ZMM_UPPER));
    assertEquals(filled(1024, 4), parsed.vectorState().get(Component.AVX512_HIGH_ZMM));
    assertEquals(0x1234, parsed.state().pkru());
  }

  @Test
  void amdHasItsComponentsNextToEachOther() throws Exception {
    ByteBuffer area = area(2440, AVX_512 | PKRU, AVX_512 | PKRU);
    fill(area, 576, 256, 1);
    fill(area, 832, 64, 2);
    fill(area, 896, 512, 3);
    fill(area, 1408, 1024, 4);
    area.putInt(2432, 0x1234);

    XsaveArea parsed = parse(area);

    assertEquals(filled(256, 1), parsed.state().ymmUpper());
    assertEquals(filled(64, 2), parsed.vectorState().get(Component.AVX512_OPMASK));
    assertEquals(filled(512, 3), parsed.vectorState().get(Component.AVX512_ZMM_UPPER));
    assertEquals(filled(1024, 4), parsed.vectorState().get(Component.AVX512_HIGH_ZMM));
    assertEquals(0x1234, parsed.state().pkru());
  }

  @Test
  void aComponentThatIsNotInUseIsZeroWhateverItsBytesAre() throws Exception {
    ByteBuffer area = area(832, 7, 3);
    fill(area, 576, 256, 1);

    XsaveArea parsed = parse(area);

    assertTrue(parsed.state().ymmUpper().isZero());
    assertEquals(EnumSet.of(Component.AVX), parsed.state().listed());
    assertEquals(Set.of(), parsed.state().inUse());
  }

  @Test
  void protectionKeysAsLinuxGivesThemAreNotInUse() throws Exception {
    ByteBuffer area = area(2696, 7 | PKRU, 7 | PKRU);
    area.putInt(2688, X86ExtendedState.LINUX_INITIAL_PKRU);

    assertEquals(Set.of(), parse(area).state().inUse());
  }

  @Test
  void aProcessOnAProcessorWithTilesThatDoesNotUseThemIsTaken() throws Exception {
    ByteBuffer area = area(11008, AVX_512 | PKRU, 7);
    fill(area, 576, 256, 1);

    assertEquals(filled(256, 1), parse(area).state().ymmUpper());
  }

  @Test
  void tilesInUseAreRefused() {
    InvalidInputException e =
        assertThrows(
            InvalidInputException.class, () -> parse(area(11008, AVX_512 | 0x60000, 0x40007)));

    assertTrue(e.getMessage().contains("components 0x40000"), e.getMessage());
  }

  @Test
  void anAreaOfAnotherSizeIsRefused() {
    InvalidInputException e =
        assertThrows(InvalidInputException.class, () -> parse(area(1000, AVX_512, 7)));

    assertTrue(e.getMessage().contains("1000 bytes for components 0xe7"), e.getMessage());
  }
}
