package io.thaw.app.trim;

import io.thaw.linker.platform.Platform;
import io.thaw.linker.problem.InvalidInputException;
import java.util.List;
import java.util.Optional;

/**
 * What an image was linked for.
 *
 * @param image what problems call the image
 * @param platform empty if it is a user's own and was not told
 */
record TargetPlatform(String image, Optional<Platform> platform) {

  /** Those of these needs that its processor is known not to meet. */
  List<String> lacking(List<String> needs) {
    return platform.map(of -> of.processor().lacking(needs)).orElse(List.of());
  }

  /**
   * Refuses what needs more than its processor has.
   *
   * @throws InvalidInputException if it does
   */
  void require(String record, String what, List<String> needs) throws InvalidInputException {
    List<String> lacking = lacking(needs);
    if (!lacking.isEmpty()) {
      throw new InvalidInputException(
          image,
          record,
          what + " of " + String.join(", ", lacking),
          "what the processor of platform " + platform.orElseThrow().name() + " has");
    }
  }
}
