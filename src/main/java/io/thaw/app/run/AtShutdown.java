package io.thaw.app.run;

/** Something to be done if the Java virtual machine is told to end before {@link #forget}. */
final class AtShutdown {

  private final Thread hook;

  AtShutdown(Runnable action) {
    hook = new Thread(action, "at shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** It needs not be done any more. */
  void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The virtual machine is ending: the hook runs.
    }
  }
}
