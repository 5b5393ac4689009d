package io.thaw.app.doctor;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What was found of one tool.
 *
 * @param tool its name
 * @param purpose what Thaw uses it for
 * @param path where it is, if it is there
 * @param version what it says of itself, if it could be asked
 * @param note what else there is to say, may be empty
 * @param trouble what is wrong, if anything is
 * @param aptPackages the Debian packages that it takes, with blanks between them
 * @param optional whether Thaw does most of its work without it
 */
public record Finding(
    String tool,
    String purpose,
    Optional<Path> path,
    Optional<String> version,
    String note,
    Optional<String> trouble,
    String aptPackages,
    boolean optional) {

  public Finding {
    Objects.requireNonNull(tool);
    Objects.requireNonNull(purpose);
    Objects.requireNonNull(path);
    Objects.requireNonNull(version);
    Objects.requireNonNull(note);
    Objects.requireNonNull(trouble);
    Objects.requireNonNull(aptPackages);
  }

  public boolean good() {
    return trouble.isEmpty();
  }
}
