package io.thaw.linker.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.RecordingDescription;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code recording.json}. */
final class DescriptionJson {

  static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  /**
   * The whole file.
   *
   * @param version of the format
   * @param architecture name of the instruction set
   * @param eventCount how many events there are
   * @param recording how it was made
   */
  record Content(
      int version, String architecture, long eventCount, RecordingDescription recording) {}

  private DescriptionJson() {}

  static byte[] encode(
      Architecture architecture, long eventCount, RecordingDescription description) {
    try {
      return MAPPER
          .writerWithDefaultPrettyPrinter()
          .writeValueAsBytes(new Content(VERSION, architecture.label(), eventCount, description));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Content decode(String file, byte[] json) throws InvalidInputException {
    Content content;
    try {
      content = MAPPER.readValue(json, Content.class);
    } catch (IOException e) {
      throw new InvalidInputException(
          file,
          "",
          "what cannot be read (" + e.getMessage().lines().findFirst().orElse("") + ")",
          "the description that 'thaw record' wrote");
    }
    if (content.version() != VERSION) {
      throw new InvalidInputException(
          file, "version", Integer.toString(content.version()), Integer.toString(VERSION));
    }
    if (content.recording() == null) {
      throw new InvalidInputException(file, "recording", "nothing", "a description");
    }
    return content;
  }
}
