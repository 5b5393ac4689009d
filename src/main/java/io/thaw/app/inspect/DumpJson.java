package io.thaw.app.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.ProcessIdentity;
import io.thaw.linker.model.SignalState;
import io.thaw.linker.model.ThreadState;
import io.thaw.linker.problem.Problem;
import java.util.List;
import java.util.Locale;

/** A dump for machines. */
public final class DumpJson {

  private DumpJson() {}

  public static ObjectNode of(DumpInspection dump) {
    Checkpoint checkpoint = dump.checkpoint();
    ObjectNode json = Json.object();
    json.put("kind", dump.recording().isPresent() ? "recording" : "dump");
    dump.recording().ifPresent(recording -> json.set("recording", RecordingJson.of(recording)));
    json.put("source", checkpoint.source());
    json.put("architecture", checkpoint.architecture().label());
    json.put("pageSizeBytes", checkpoint.pageSizeBytes());
    json.set("process", process(checkpoint.identity()));
    ObjectNode clocks = json.putObject("clocks");
    clocks.put("monotonicNanos", checkpoint.clocks().monotonicNanos());
    clocks.put("boottimeNanos", checkpoint.clocks().boottimeNanos());
    addThreads(json.putArray("threads"), checkpoint.threads());
    ObjectNode memory = json.putObject("memory");
    memory.put("brkStart", Hex.of(checkpoint.addressSpace().brkStartVaddr()));
    memory.put("brk", Hex.of(checkpoint.addressSpace().brkVaddr()));
    memory.put("stackStart", Hex.of(checkpoint.addressSpace().stackStartVaddr()));
    memory.put("stackLimitBytes", checkpoint.addressSpace().stackLimitBytes());
    json.set("mappings", Json.mappings(dump.mappings()));
    addDescriptors(json.putArray("descriptors"), checkpoint.descriptors());
    json.set("signals", signals(checkpoint.signals()));
    json.set("warnings", Json.strings(dump.warnings()));
    ArrayNode problems = json.putArray("problems");
    for (Problem problem : dump.problems()) {
      ObjectNode row = problems.addObject();
      row.put("file", problem.file());
      row.put("record", problem.record());
      row.put("found", problem.found());
      row.put("acceptable", problem.acceptable());
    }
    return json;
  }

  private static ObjectNode process(ProcessIdentity who) {
    ObjectNode json = Json.object();
    json.put("command", who.command());
    json.put("pid", who.pid());
    json.put("parentPid", who.parentPid());
    json.put("groupPid", who.groupPid());
    json.put("sessionPid", who.sessionPid());
    json.put("uid", who.uid());
    json.put("effectiveUid", who.effectiveUid());
    json.put("gid", who.gid());
    json.put("effectiveGid", who.effectiveGid());
    return json;
  }

  private static void addThreads(ArrayNode array, List<ThreadState> threads) {
    for (ThreadState thread : threads) {
      ObjectNode row = array.addObject();
      row.put("tid", thread.tid());
      ObjectNode registers = row.putObject("registers");
      RegisterValues.of(thread.registers()).forEach(registers::put);
    }
  }

  private static void addDescriptors(ArrayNode array, List<Descriptor> descriptors) {
    for (Descriptor descriptor : descriptors) {
      ObjectNode row = array.addObject();
      row.put("fd", descriptor.fd());
      row.put("kind", descriptor.kind().name().toLowerCase(Locale.ROOT));
      row.put("name", descriptor.name());
      row.put("flags", Hex.of(descriptor.flags()));
      row.put("positionBytes", descriptor.positionBytes());
      row.put("sizeBytes", descriptor.sizeBytes());
      row.put("mode", Hex.of(descriptor.mode()));
      row.put("openFileId", descriptor.openFileId());
    }
  }

  private static ObjectNode signals(SignalState signals) {
    ObjectNode json = Json.object();
    json.put("blocked", Hex.of(signals.blockedMask()));
    ArrayNode actions = json.putArray("actions");
    for (SignalState.Action action : signals.actions()) {
      ObjectNode row = actions.addObject();
      row.put("signal", action.signal());
      row.put("handler", Hex.of(action.handlerVaddr()));
      row.put("flags", Hex.of(action.flags()));
      row.put("restorer", Hex.of(action.restorerVaddr()));
      row.put("mask", Hex.of(action.mask()));
    }
    ArrayNode pending = json.putArray("pending");
    signals.pendingSignals().forEach(pending::add);
    json.set("armedTimers", Json.strings(signals.armedTimers()));
    return json;
  }
}
