package io.thaw.app.run;

/** Text from the stub or the plugin is not what those write; the message says how. */
final class MalformedTextException extends Exception {

  private static final long serialVersionUID = 1;

  MalformedTextException(String message) {
    super(message);
  }
}
