package io.thaw.linker.criu;

/**
 * The kinds of image files that are read and written, with their magic ({@code
 * criu/include/magic.h}). All but the inventory begin with a word that they have in common.
 */
public enum ImageKind {
  INVENTORY(0x58313116, /* hasCommonWord= */ false),
  PSTREE(0x50273030, /* hasCommonWord= */ true),
  CORE(0x55053847, /* hasCommonWord= */ true),
  MM(0x57492820, /* hasCommonWord= */ true),
  PAGEMAP(0x56084025, /* hasCommonWord= */ true),
  FILES(0x56303138, /* hasCommonWord= */ true),
  FDINFO(0x56213732, /* hasCommonWord= */ true),
  FS(0x51403912, /* hasCommonWord= */ true),
  IDS(0x54432030, /* hasCommonWord= */ true),
  TIMENS(0x43114433, /* hasCommonWord= */ true),
  MEMFD(0x48453499, /* hasCommonWord= */ true),
  TTY_INFO(0x59453036, /* hasCommonWord= */ true);

  private static final int COMMON_WORD = 0x54564319;

  private final int ownWord;
  private final boolean hasCommonWord;

  ImageKind(int ownWord, boolean hasCommonWord) {
    this.ownWord = ownWord;
    this.hasCommonWord = hasCommonWord;
  }

  /** How many words the magic has. */
  public int magicWordCount() {
    return hasCommonWord ? 2 : 1;
  }

  /** The word of the magic at {@code index}. */
  public int magicWord(int index) {
    return hasCommonWord && index == 0 ? COMMON_WORD : ownWord;
  }
}
