package io.thaw.linker.plan;

import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.stubs.BootBlockLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The stub's table of open files, {@code struct thaw_descriptor} of {@code boot_block.h}. */
final class DescriptorTable {

  private static final String STRUCTURE = "thaw_descriptor";

  private static final int STANDARD_OUTPUT = 1;
  private static final int STANDARD_ERROR = 2;

  private DescriptorTable() {}

  static ByteBlock encode(Checkpoint checkpoint, BootBlockLayout layout) {
    List<Descriptor> descriptors = checkpoint.descriptors();
    Set<Long> console = new HashSet<>();
    Map<Long, Integer> firstIndex = new HashMap<>();
    for (int i = 0; i < descriptors.size(); i++) {
      Descriptor descriptor = descriptors.get(i);
      firstIndex.putIfAbsent(descriptor.openFileId(), i);
      boolean standard = descriptor.fd() == STANDARD_OUTPUT || descriptor.fd() == STANDARD_ERROR;
      if (standard && descriptor.writable()) {
        console.add(descriptor.openFileId());
      }
    }
    int entrySize = layout.sizeBytes(STRUCTURE);
    ByteBuffer bytes =
        ByteBuffer.allocate(descriptors.size() * entrySize).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < descriptors.size(); i++) {
      Descriptor descriptor = descriptors.get(i);
      StructRow row = new StructRow(bytes, i * entrySize, layout, STRUCTURE);
      row.put("fd", descriptor.fd());
      row.put("kind", layout.number(kind(descriptor, console)));
      row.put("open_file", firstIndex.get(descriptor.openFileId()));
      row.put("mode", descriptor.mode());
      row.put("position_bytes", descriptor.positionBytes());
      row.put("size_bytes", descriptor.sizeBytes());
      row.put("append", appends(descriptor) ? 1 : 0);
    }
    return ByteBlock.copyOf(bytes.array());
  }

  /** Duplicates of standard output and standard error go where these go. */
  private static String kind(Descriptor descriptor, Set<Long> console) {
    if (console.contains(descriptor.openFileId())) {
      return "DESCRIPTOR_CONSOLE";
    }
    if (descriptor.kind() == Descriptor.Kind.REGULAR && descriptor.writable()) {
      return "DESCRIPTOR_SWALLOW";
    }
    return "DESCRIPTOR_OTHER";
  }

  /** O_APPEND of {@code <asm-generic/fcntl.h>}, which both architectures use. */
  private static boolean appends(Descriptor descriptor) {
    return (descriptor.flags() & 02000) != 0;
  }
}
