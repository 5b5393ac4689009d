package io.thaw.linker.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thaw.linker.model.Manifest;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The manifest as JSON: the components of {@link Manifest} under their names. */
final class ManifestJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ManifestJson() {}

  static byte[] encode(Manifest manifest) {
    try {
      return MAPPER.writeValueAsBytes(manifest);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The manifest in {@code json}, the content of the note in {@code file}. */
  static Manifest decode(String file, byte[] json) throws InvalidInputException {
    try {
      return MAPPER.readValue(json, Manifest.class);
    } catch (IOException e) {
      throw new InvalidInputException(
          file,
          "note " + ElfNote.MANIFEST_NAME,
          "a manifest that cannot be read (" + firstLine(e.getMessage()) + ")",
          "the manifest of an image that this version of Thaw linked");
    }
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
