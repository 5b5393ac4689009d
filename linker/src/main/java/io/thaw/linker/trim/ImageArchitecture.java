package io.thaw.linker.trim;

import io.thaw.linker.image.ImageDescription;
import io.thaw.linker.model.Architecture;

/** The architecture of an image, of which its reader has checked the name. */
public final class ImageArchitecture {

  private ImageArchitecture() {}

  public static Architecture of(ImageDescription image) {
    for (Architecture architecture : Architecture.values()) {
      if (architecture.label().equals(image.manifest().architecture())) {
        return architecture;
      }
    }
    throw new IllegalStateException(image.manifest().architecture());
  }
}
