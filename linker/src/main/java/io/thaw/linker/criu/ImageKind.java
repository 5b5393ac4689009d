package io.thaw.linker.criu;

/**
 * The kinds of image files that are read, with the second word of their magic ({@code
 * criu/include/magic.h}).
 */
enum ImageKind {
  PSTREE(0x50273030),
  CORE(0x55053847),
  MM(0x57492820),
  PAGEMAP(0x56084025),
  FILES(0x56303138),
  FDINFO(0x56213732),
  IDS(0x54432030),
  TIMENS(0x43114433),
  MEMFD(0x48453499);

  private final int magic;

  ImageKind(int magic) {
    this.magic = magic;
  }

  int magic() {
    return magic;
  }
}
