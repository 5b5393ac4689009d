package io.thaw.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What Thaw's script for gem5 writes: an object with {@code code}, and if gem5 counted them {@code
 * instructions} and {@code cycles} of the region and {@code instructionsBefore} it.
 *
 * @param code with which the simulation was ended
 * @param region what was counted, if the run came so far
 */
record Gem5Results(long code, Optional<RegionStatistics> region) {

  private static final int MOST_BYTES = 1 << 16;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The results in a file, if it is there and has them. */
  static Optional<Gem5Results> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode json;
    try {
      json = MAPPER.readTree(RunFiles.head(file, MOST_BYTES));
    } catch (JsonProcessingException e) {
      return Optional.empty(); // the script was stopped while it wrote
    }
    return json.path("code").isIntegralNumber()
        ? Optional.of(new Gem5Results(json.get("code").asLong(), region(json)))
        : Optional.empty();
  }

  private static Optional<RegionStatistics> region(JsonNode json) {
    JsonNode instructions = json.path("instructions");
    JsonNode cycles = json.path("cycles");
    JsonNode before = json.path("instructionsBefore");
    return instructions.isIntegralNumber()
            && cycles.isIntegralNumber()
            && before.isIntegralNumber() // else the region was not reached
        ? Optional.of(
            new RegionStatistics(
                instructions.asLong(), cycles.asLong(), OptionalLong.of(before.asLong())))
        : Optional.empty();
  }
}
