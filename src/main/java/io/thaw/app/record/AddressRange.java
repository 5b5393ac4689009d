package io.thaw.app.record;

/** Addresses of a process from {@code startVaddr} up to but without {@code endVaddr}. */
record AddressRange(long startVaddr, long endVaddr) {

  boolean contains(long vaddr) {
    return startVaddr <= vaddr && vaddr < endVaddr;
  }
}
