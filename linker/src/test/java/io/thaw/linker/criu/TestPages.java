package io.thaw.linker.criu;

import com.google.protobuf.MessageLite;
import io.thaw.linker.criu.proto.PagemapEntry;
import io.thaw.linker.criu.proto.PagemapHead;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A page map and its pages file. */
final class TestPages {

  static final int PARENT = 1;
  static final int LAZY = 2;
  static final int PRESENT = 4;

  private final int pagesId;
  private final int pageSizeBytes;
  private final List<MessageLite> messages = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  TestPages(int pagesId, int pageSizeBytes) {
    this.pagesId = pagesId;
    this.pageSizeBytes = pageSizeBytes;
    messages.add(PagemapHead.newBuilder().setPagesId(pagesId).build());
  }

  int pagesId() {
    return pagesId;
  }

  /** Pages that are stored, each filled with one of the values. */
  TestPages stored(long vaddr, int... values) {
    entry(vaddr, values.length, PRESENT);
    return data(values);
  }

  /** Bytes of the pages file, without an entry. */
  TestPages data(int... values) {
    for (int value : values) {
      byte[] page = new byte[pageSizeBytes];
      Arrays.fill(page, (byte) value);
      data.writeBytes(page);
    }
    return this;
  }

  /** An entry as CRIU 4 writes them. */
  TestPages entry(long vaddr, long pageCount, int flags) {
    return entry(
        PagemapEntry.newBuilder()
            .setVaddr(vaddr)
            .setCompatPageCount(0)
            .setFlags(flags)
            .setPageCount(pageCount)
            .build());
  }

  TestPages entry(PagemapEntry entry) {
    messages.add(entry);
    return this;
  }

  byte[] pagemap() {
    return TestImages.image(ImageKind.PAGEMAP, messages);
  }

  byte[] pages() {
    return data.toByteArray();
  }
}
