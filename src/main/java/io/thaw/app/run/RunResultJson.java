package io.thaw.app.run;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.model.RegisterRow;
import java.util.List;

/**
 * A run's result for machines. Addresses are strings in hexadecimal, since JSON's numbers lose bits
 * in many readers; what does not apply is left out.
 */
public final class RunResultJson {

  private static final List<ReportKey> ARGUMENTS =
      List.of(ReportKey.A0, ReportKey.A1, ReportKey.A2, ReportKey.A3, ReportKey.A4, ReportKey.A5);

  private RunResultJson() {}

  public static ObjectNode render(RunResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("verdict", result.verdict().label());
    json.put("exitStatus", result.exitStatus());
    result
        .counts()
        .ifPresent(
            counts -> {
              json.put("restoreInstructions", counts.restore());
              json.put("userInstructions", counts.user());
              json.put("stubInstructions", counts.stub());
            });
    result
        .cycles()
        .ifPresent(
            cycles -> {
              json.put("cycles", cycles.total());
              json.put("restoreCycles", cycles.restore());
              json.put("userCycles", cycles.user());
              json.put("stubCycles", cycles.stub());
            });
    result
        .region()
        .ifPresent(
            region -> {
              json.put("regionInstructions", region.instructions());
              json.put("regionCycles", region.cycles());
              json.put("regionCpi", region.cyclesPerInstruction());
              region
                  .instructionsBefore()
                  .ifPresent(before -> json.put("instructionsBeforeRegion", before));
            });
    result
        .report()
        .flatMap(Report::counters)
        .ifPresent(
            counters -> {
              json.put("pmuInstructions", counters.instructions());
              json.put("pmuCycles", counters.cycles());
              json.put("pmuCpi", counters.cyclesPerInstruction());
            });
    result.report().ifPresent(report -> report(json, result, report));
    if (!result.failure().isEmpty()) {
      json.put("failure", result.failure());
    }
    return json;
  }

  private static void report(ObjectNode json, RunResult result, Report report) {
    if (report.verdict() == Verdict.EXITED) {
      json.put("status", report.programStatus());
    }
    report.value(ReportKey.EVENTS).ifPresent(events -> json.put("events", events));
    report.value(ReportKey.HITS).ifPresent(hits -> json.put("markerHits", hits));
    report.value(ReportKey.REGIONS).ifPresent(regions -> json.put("regionsBegun", regions));
    if (report.verdict() == Verdict.COMPLETE) {
      report.value(ReportKey.STATUS).ifPresent(status -> json.put("status", status));
    }
    if (report.verdict() == Verdict.DIVERGED) {
      json.put("event", report.required(ReportKey.EVENT));
      json.put("reason", DivergenceText.reason(report));
      ObjectNode registers = json.putObject("registers");
      for (String name : RegisterRow.names(result.architecture())) {
        Long value = report.registers().get(name);
        if (value != null) {
          registers.put(name, hexadecimal(value));
        }
      }
    }
    if (report.verdict() == Verdict.UNKNOWN_CALL) {
      call(json, result, report, report.required(ReportKey.NUMBER));
    }
    if (report.value(ReportKey.ACCESS).isPresent()) {
      json.put("access", RunResultText.access(report));
    }
    report
        .value(ReportKey.CAUSE)
        .ifPresent(cause -> json.put("fault", FaultNames.name(result.architecture(), cause)));
    for (ReportKey key :
        List.of(ReportKey.ADDRESS, ReportKey.PC, ReportKey.SP, ReportKey.CAUSE, ReportKey.DETAIL)) {
      report.value(key).ifPresent(value -> json.put(key.label(), hexadecimal(value)));
    }
    json.put("swallowedBytes", report.required(ReportKey.SWALLOWED));
    json.put("demandPages", report.required(ReportKey.DEMAND_PAGES));
    json.put("calls", report.required(ReportKey.CALLS));
  }

  private static void call(ObjectNode json, RunResult result, Report report, long number) {
    ObjectNode call = json.putObject("call");
    call.put("number", number);
    SystemCallNames.name(result.architecture(), number).ifPresent(name -> call.put("name", name));
    ArrayNode arguments = call.putArray("arguments");
    ARGUMENTS.forEach(key -> arguments.add(hexadecimal(report.required(key))));
  }

  private static String hexadecimal(long value) {
    return String.format("0x%x", value);
  }
}
