package io.thaw.rtl;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The model of a Rocket core: a program that runs images (its arguments: {@code options.h}). */
public final class RocketModel {

  /** Names a model that is there already. */
  public static final String PROGRAM_VARIABLE = "THAW_ROCKET_MODEL";

  /** Digits of the digest: enough to tell models of one user. */
  private static final int DIGEST_DIGITS = 16;

  private RocketModel() {}

  /** What building it needs and is not on this machine. */
  public static List<Tool> missingTools() {
    return RocketBuild.missing(Programs.ofThisMachine());
  }

  /** Where the program is, if it need not be built. */
  public static Optional<Path> built() {
    return Optional.of(named().orElseGet(() -> cache().program(digest())))
        .filter(Files::isExecutable);
  }

  /**
   * The program. The first time it is built, which takes some minutes.
   *
   * @param progress told of each step, in a line; of nothing if the program is there
   * @throws ToolsMissingException if it has to be built and programs for that are missing
   * @throws ModelBuildException if it cannot be built, or the one that the environment names is not
   *     there
   * @throws IOException if there is no place for it
   */
  public static Path program(Consumer<String> progress)
      throws ToolsMissingException, ModelBuildException, IOException, InterruptedException {
    Optional<Path> named = named();
    if (named.isPresent()) {
      if (!Files.isExecutable(named.get())) {
        throw new ModelBuildException(
            named.get() + ", of " + PROGRAM_VARIABLE + ", is no program that can be executed");
      }
      return named.get();
    }
    return cache()
        .get(
            digest(),
            folder -> RocketBuild.run(folder, Programs.ofThisMachine(), progress),
            progress);
  }

  private static Optional<Path> named() {
    return Optional.ofNullable(System.getenv(PROGRAM_VARIABLE))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }

  /** XDG Base Directory Specification 0.8: a relative path is to be ignored. */
  private static ModelCache cache() {
    Path folder =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"));
    return new ModelCache(folder.resolve("thaw").resolve("rocket"));
  }

  /** Of all that the model is made from, and of the host's instruction set. */
  static String digest() {
    MessageDigest sha256;
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    for (Map.Entry<String, byte[]> file : ModelSources.all().entrySet()) {
      update(sha256, file.getKey());
      update(sha256, Integer.toString(file.getValue().length));
      sha256.update(file.getValue());
    }
    Stream.concat(RocketRecipe.GENERATE.stream(), RocketRecipe.COMPILE.stream())
        .flatMap(step -> step.command().stream())
        .forEach(word -> update(sha256, word));
    update(sha256, System.getProperty("os.arch"));
    return HexFormat.of().formatHex(sha256.digest()).substring(0, DIGEST_DIGITS);
  }

  private static void update(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
