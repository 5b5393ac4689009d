package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongPredicate;

/**
 * What has to be known of a whole image to run and analyse it.
 *
 * @param userRootPaddr the root of the program's page tables
 * @param tableLevels how many levels they have
 * @param eventCountPaddr where the stub counts events
 * @param replays whether it has the events of a recording
 * @param isMapped whether a page is there when the program begins
 */
public record ImageFacts(
    long userRootPaddr,
    long tableLevels,
    long eventCountPaddr,
    boolean replays,
    LongPredicate isMapped) {

  /**
   * Reads them.
   *
   * @throws InvalidInputException if the image is not one that this version of Thaw linked
   */
  public static ImageFacts read(Path image, ImageDescription description)
      throws InvalidInputException, IOException {
    PteBits bits = PteBits.of(description.architecture());
    String name = image.toString();
    try (ImageMemory memory = ImageMemory.ofImage(image, description)) {
      StubImage stub = StubImage.read(name, description, memory);
      UserTables tables = UserTables.read(name, memory, bits, stub);
      return new ImageFacts(
          stub.field("user_root_paddr"),
          stub.field("table_levels"),
          stub.variablePaddr("replay_event_count"),
          stub.field("event_vaddr") != 0,
          vaddr -> bits.isOfProgram(tables.leaf(vaddr)));
    }
  }
}
