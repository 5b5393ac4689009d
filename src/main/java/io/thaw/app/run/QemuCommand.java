package io.thaw.app.run;

import io.thaw.linker.model.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

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
      Path program, QemuMachine machine, Path image, Manifest manifest, RunFiles files) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(machine.options("report"));
    command.addAll(List.of("-cpu", machine.processor()));
    command.addAll(List.of("-m", machine.ramMib(manifest) + "M"));
    command.addAll(List.of("-kernel", image.toAbsolutePath().toString()));
    command.addAll(List.of("-no-user-config", "-nodefaults", "-no-reboot"));
    command.addAll(List.of("-display", "none", "-monitor", "none"));
    command.addAll(List.of("-sandbox", SANDBOX));
    command.addAll(List.of("-chardev", "file,id=console,path=" + escape(files.console())));
    command.addAll(List.of("-chardev", "file,id=report,path=" + escape(files.report())));
    command.addAll(List.of("-serial", "chardev:console"));
    return command;
  }

  /** The plugin's options, to be added to the command. */
  static List<String> plugin(
      Manifest manifest, RunFiles files, OptionalLong limit, Optional<Path> traceFile) {
    StringBuilder plugin = new StringBuilder("file=").append(escape(files.plugin()));
    plugin.append(",result=").append(escape(files.pluginResult()));
    for (long entry : manifest.entryPaddrs()) {
      plugin.append(String.format(",entry=0x%x", entry));
    }
    for (Manifest.Range range : manifest.stubCode()) {
      plugin.append(String.format(",stub=0x%x:0x%x", range.start(), range.end()));
    }
    limit.ifPresent(count -> plugin.append(",limit=").append(count));
    traceFile.ifPresent(file -> plugin.append(",trace=").append(escape(file.toAbsolutePath())));
    return List.of("-plugin", plugin.toString());
  }

  /** A comma would end the value of a QEMU option; two stand for one. */
  private static String escape(Path path) {
    return path.toString().replace(",", ",,");
  }
}
