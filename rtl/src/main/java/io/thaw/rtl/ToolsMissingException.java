package io.thaw.rtl;

import java.util.List;

/** Programs that building a model needs are not on this machine. */
public final class ToolsMissingException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient List<Tool> tools;

  ToolsMissingException(List<Tool> tools) {
    super("not on the PATH: " + String.join(", ", tools.stream().map(Tool::program).toList()));
    this.tools = List.copyOf(tools);
  }

  /** All that are missing. */
  public List<Tool> tools() {
    return tools;
  }
}
