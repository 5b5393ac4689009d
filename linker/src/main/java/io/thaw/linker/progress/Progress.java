package io.thaw.linker.progress;

/** Told of long work while it goes on. */
@FunctionalInterface
public interface Progress {

  /** Listens to nothing. */
  Progress NONE = (step, done, total) -> {};

  /**
   * Work went on.
   *
   * @param step what is being done, in a word or two
   * @param done how much is done, in bytes
   * @param total how much there is
   */
  void advance(String step, long done, long total);
}
