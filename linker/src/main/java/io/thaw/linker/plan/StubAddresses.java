package io.thaw.linker.plan;

/** Where the stub sees what, in the upper half of the address space, on every architecture. */
final class StubAddresses {

  /** The stub itself: a 2 MiB block, as {@code common/stub.ld} links it. */
  static final long STUB_VADDR = 0xffffffff80000000L;

  static final long STUB_BLOCK_SIZE_BYTES = 2L << 20;

  /** Physical memory at paddr 0 where tables have four levels: 510 GiB follow, up to the stub. */
  static final long DIRECT_MAP_VADDR = 0xffffff8000000000L;

  private StubAddresses() {}
}
