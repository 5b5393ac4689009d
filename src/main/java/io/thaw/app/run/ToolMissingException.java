package io.thaw.app.run;

/** A program that is needed is not on this machine (exit status 4). */
public final class ToolMissingException extends Exception {

  private static final long serialVersionUID = 1;

  private final String remedy;

  /** With the line that helps. */
  public ToolMissingException(String message, String remedy) {
    super(message);
    this.remedy = remedy;
  }

  /** The one line that installs it, or what else to do. */
  public String remedy() {
    return remedy;
  }
}
