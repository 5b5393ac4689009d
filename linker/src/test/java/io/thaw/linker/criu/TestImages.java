package io.thaw.linker.criu;

import com.google.protobuf.MessageLite;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The framing of image files, written apart from the reader. */
final class TestImages {

  private static final int COMMON_MAGIC = 0x54564319;

  private TestImages() {}

  static byte[] image(ImageKind kind, List<? extends MessageLite> messages) {
    int size = magicSizeBytes(kind);
    for (MessageLite message : messages) {
      size += Integer.BYTES + message.getSerializedSize();
    }
    ByteBuffer image = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    if (kind != ImageKind.INVENTORY) {
      image.putInt(COMMON_MAGIC);
    }
    image.putInt(ownMagic(kind));
    for (MessageLite message : messages) {
      image.putInt(message.getSerializedSize()).put(message.toByteArray());
    }
    return image.array();
  }

  /** The inventory alone has no common word in front. */
  static int magicSizeBytes(ImageKind kind) {
    return kind == ImageKind.INVENTORY ? 4 : 8;
  }

  /** {@code criu/include/magic.h}. */
  private static int ownMagic(ImageKind kind) {
    return switch (kind) {
      case INVENTORY -> 0x58313116;
      case PSTREE -> 0x50273030;
      case CORE -> 0x55053847;
      case MM -> 0x57492820;
      case PAGEMAP -> 0x56084025;
      case FILES -> 0x56303138;
      case FDINFO -> 0x56213732;
      case IDS -> 0x54432030;
      case TIMENS -> 0x43114433;
      case MEMFD -> 0x48453499;
      case FS -> 0x51403912;
      case TTY_INFO -> 0x59453036;
    };
  }

  /** Offsets in an image at which a message begins, and its end. */
  static List<Integer> boundaries(ImageKind kind, byte[] image) {
    ByteBuffer buffer = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> boundaries = new ArrayList<>();
    int at = magicSizeBytes(kind);
    while (at < image.length) {
      boundaries.add(at);
      at += Integer.BYTES + buffer.getInt(at);
    }
    boundaries.add(at);
    return boundaries;
  }
}
