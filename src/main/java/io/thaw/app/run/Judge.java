package io.thaw.app.run;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * Decides what a run came to. A verdict of the stub is believed only if there is one whole report
 * and the simulator's end says the same; silence, status 0 (QEMU's after a triple fault) or a crash
 * is none.
 */
final class Judge {

  /**
   * What is left of a run.
   *
   * @param end how the simulator ended
   * @param report on the report device
   * @param messages what the simulator wrote itself
   * @param pluginResult what the plugin left, empty if nothing; not there if it was not used
   */
  record Evidence(
      SimulatorProcess.End end, String report, String messages, Optional<String> pluginResult) {}

  private final Machine machine;
  private final RunOptions options;
  private final Evidence evidence;

  private Judge(Machine machine, RunOptions options, Evidence evidence) {
    this.machine = machine;
    this.options = options;
    this.evidence = evidence;
  }

  static RunResult judge(Machine machine, RunOptions options, Evidence evidence) {
    return new Judge(machine, options, evidence).result();
  }

  private RunResult result() {
    Optional<PluginResult> plugin = Optional.empty();
    try {
      if (evidence.pluginResult().isPresent() && !evidence.pluginResult().get().isEmpty()) {
        plugin = Optional.of(PluginResult.parse(evidence.pluginResult().get()));
      }
    } catch (MalformedTextException e) {
      return failed(plugin, "result of the plugin: " + e.getMessage());
    }
    return result(plugin).withCycles(plugin.flatMap(PluginResult::cycles));
  }

  private RunResult result(Optional<PluginResult> plugin) {
    if (evidence.end() instanceof SimulatorProcess.End.TimedOut) {
      return RunResult.unreported(
          Verdict.TIME_OUT, machine.architecture(), plugin.map(PluginResult::counts));
    }
    if (evidence.end() instanceof SimulatorProcess.End.Stopped stopped) {
      return failed(plugin, stopped.reason());
    }
    if (evidence.pluginResult().isPresent()) {
      if (plugin.isEmpty()) {
        return failed(plugin, "no result of the plugin");
      }
      if (options.traceFile().isPresent() && !plugin.get().traceComplete()) {
        return failed(plugin, "the trace could not be written");
      }
    }
    int status = ((SimulatorProcess.End.Exited) evidence.end()).status();
    return plugin.isPresent() && plugin.get().stopped()
        ? stopped(plugin.get(), status)
        : reported(plugin, status);
  }

  private RunResult stopped(PluginResult plugin, int status) {
    OptionalLong limit = options.instructionLimit();
    if (limit.isEmpty()
        || plugin.counts().user() != limit.getAsLong()
        || status != 0
        || !evidence.report().isEmpty()) {
      return failed(
          Optional.of(plugin), "stopped, but not where it should (status " + status + ")");
    }
    return RunResult.unreported(
        Verdict.STOPPED, machine.architecture(), Optional.of(plugin.counts()));
  }

  private RunResult reported(Optional<PluginResult> plugin, int status) {
    if (evidence.report().isEmpty()) {
      return failed(plugin, "no report, " + describe(status));
    }
    Report report;
    try {
      report = ReportParser.parse(evidence.report());
    } catch (MalformedTextException e) {
      return failed(plugin, "report: " + e.getMessage() + ", " + describe(status));
    }
    if (plugin.isPresent() && plugin.get().counts().restore() == 0) {
      return failed(plugin, "the image was not entered where its manifest says");
    }
    if (!machine.confirms(report.verdict(), status, evidence.messages())) {
      return failed(
          plugin, "the report says '" + report.verdict().label() + "', but " + describe(status));
    }
    return RunResult.reported(machine.architecture(), report, plugin.map(PluginResult::counts));
  }

  private String describe(int status) {
    if (status == 0) {
      return machine.program() + " ended with status 0, as after a reset of the machine";
    }
    return machine.program()
        + " ended with status "
        + status
        + (status > 128 ? " (signal " + (status - 128) + ")" : "");
  }

  private RunResult failed(Optional<PluginResult> plugin, String what) {
    String messages = PrintableText.lines(evidence.messages());
    return RunResult.failed(
        machine.architecture(),
        plugin.map(PluginResult::counts),
        messages.isEmpty() ? what : what + "\n" + messages);
  }
}
