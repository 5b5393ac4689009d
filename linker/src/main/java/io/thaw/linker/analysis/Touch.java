package io.thaw.linker.analysis;

/** How memory is touched. */
public enum Touch {
  READ("read"),
  WRITE("written"),
  FETCH("fetched");

  private final String label;

  Touch(String label) {
    this.label = label;
  }

  /** What users see. */
  public String label() {
    return label;
  }
}
