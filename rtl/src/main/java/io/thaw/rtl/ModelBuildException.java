package io.thaw.rtl;

/** A model could not be built: the message says in which step, why, and where to read more. */
public final class ModelBuildException extends Exception {

  private static final long serialVersionUID = 1;

  ModelBuildException(String message) {
    super(message);
  }
}
