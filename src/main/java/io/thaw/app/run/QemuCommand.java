package io.thaw.app.run;

import io.thaw.linker.model.Manifest;
import io.thaw.linker.plan.StubIdentity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** QEMU's command line. */
final class QemuCommand {

  /**
   * QEMU itself is kept from starting programs: semihosting would let a hostile image do that
   * (SYS_SYSTEM), though not the program in it.
   */
  private static final String SANDBOX = "on,obsolete=deny,elevateprivileges=deny,spawn=deny";

  private QemuCommand() {}

  /** The command without the plugin. */
  static List<String> of(
      Path program,
      QemuMachine machine,
      QemuVariant variant,
      Path image,
      Manifest manifest,
      Optional<Path> memoryFile,
      RunFiles files) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(List.of("-M", variant.argument()));
    command.addAll(machine.options());
    command.addAll(List.of("-cpu", machine.processor()));
    String ram = machine.ramMib(variant, manifest) + "M";
    command.addAll(List.of("-m", ram));
    if (memoryFile.isPresent()) {
      command.addAll(List.of("-machine", "memory-backend=ram", "-object"));
      command.add(
          "memory-backend-file,id=ram,share=on,size="
              + ram
              + ",mem-path="
              + escape(memoryFile.get().toAbsolutePath()));
    }
    if (machine == QemuMachine.VIRT && hasRegionInside(manifest)) {
      command.addAll(List.of("-icount", "shift=0,sleep=off")); // else its PMU counts nothing
    }
    command.addAll(List.of("-kernel", image.toAbsolutePath().toString()));
    command.addAll(List.of("-no-user-config", "-nodefaults", "-no-reboot"));
    command.addAll(List.of("-display", "none", "-monitor", "none"));
    command.addAll(List.of("-sandbox", SANDBOX));
    command.addAll(chardev(QemuMachine.CONSOLE, files.console()));
    command.addAll(chardev(QemuMachine.REPORT, files.report()));
    return command;
  }

  /** Whether the stub sees the region begin, and starts the processor's counters. */
  private static boolean hasRegionInside(Manifest manifest) {
    return manifest.interval() != null && manifest.interval().warmupInstructions() > 0;
  }

  /** The plugin's options, to be added to the command. */
  static List<String> plugin(
      QemuMachine machine,
      Manifest manifest,
      RunFiles files,
      RunOptions options,
      Optional<Path> traceFile) {
    StringBuilder plugin = new StringBuilder("file=").append(escape(files.plugin()));
    plugin.append(",result=").append(escape(files.pluginResult()));
    for (long entry : manifest.entryPaddrs()) {
      plugin.append(String.format(",entry=0x%x", entry));
    }
    for (Manifest.Range range : manifest.stubCode()) {
      plugin.append(String.format(",stub=0x%x:0x%x", range.start(), range.end()));
    }
    plugin.append(
        String.format(
            ",marker=0x%x", StubIdentity.compiled(manifest.architecture()).symbol("marker_hit")));
    options.instructionLimit().ifPresent(count -> plugin.append(",limit=").append(count));
    traceFile.ifPresent(file -> plugin.append(",trace=").append(escape(file.toAbsolutePath())));
    options.analysis().ifPresent(analysis -> append(plugin, machine, manifest, options, analysis));
    return List.of("-plugin", plugin.toString());
  }

  private static void append(
      StringBuilder plugin,
      QemuMachine machine,
      Manifest manifest,
      RunOptions options,
      RunOptions.Analysis analysis) {
    plugin.append(",analysis=").append(escape(analysis.file().toAbsolutePath()));
    plugin.append(",begin=").append(analysis.begin());
    plugin.append(",slice=").append(analysis.sliceInstructions());
    plugin.append(
        String.format(
            ",root=0x%x,levels=%d,events=0x%x",
            analysis.facts().userRootPaddr(),
            analysis.facts().tableLevels(),
            analysis.facts().eventCountPaddr()));
    plugin.append(",memory=").append(escape(options.memoryFile().orElseThrow().toAbsolutePath()));
    for (RamFileRange range : machine.ramFileRanges(manifest)) {
      plugin.append(
          String.format(
              ",ram=0x%x:0x%x:0x%x", range.startPaddr(), range.endPaddr(), range.offsetBytes()));
    }
  }

  private static List<String> chardev(String id, Path file) {
    return List.of("-chardev", "file,id=" + id + ",path=" + escape(file));
  }

  /** A comma would end the value of a QEMU option; two stand for one. */
  private static String escape(Path path) {
    return path.toString().replace(",", ",,");
  }
}
