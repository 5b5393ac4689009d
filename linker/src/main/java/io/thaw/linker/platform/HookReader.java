package io.thaw.linker.platform;

import io.thaw.linker.assembly.AssemblyException;
import io.thaw.linker.assembly.HookAssembler;
import io.thaw.linker.elf.HookObject;
import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the tables {@code [[region-begin]]}, {@code [[region-end]]} and {@code [[exit]]}. */
final class HookReader {

  private static final List<String> KINDS =
      List.of("port", "store", "semihosting", "retell", "m5", "psci", "object", "assembly");
  private static final String ONE_OF = "one of " + String.join(", ", KINDS);

  private static final String VALUE = "a number, or 'verdict'";
  private static final String PORT = "an I/O port, 0 to 0xffff";

  private final Architecture architecture;

  private final Path folder;

  /**
   * For tables of a file.
   *
   * @param folder from which files that it names are looked for
   */
  HookReader(Architecture architecture, Path folder) {
    this.architecture = architecture;
    this.folder = folder;
  }

  /** The hooks of all tables of that name. */
  List<Hook> read(List<CheckedTable> tables) {
    List<Hook> hooks = new ArrayList<>();
    for (CheckedTable table : tables) {
      List<String> kinds = KINDS.stream().filter(table::has).toList();
      if (kinds.size() != 1) {
        table.refuseAll(kinds.isEmpty() ? "none of them" : String.join(" and ", kinds), ONE_OF);
      } else {
        hooks.addAll(read(kinds.get(0), table));
        table.refuseOthers();
      }
    }
    return hooks;
  }

  private List<Hook> read(String kind, CheckedTable table) {
    return switch (kind) {
      case "port" -> port(table);
      case "store" -> store(table);
      case "semihosting" -> semihosting(table);
      case "retell" -> table.isTrue(kind) ? List.of(new Hook.Retell()) : List.of();
      case "m5" -> m5(table);
      case "psci" -> psci(table);
      case "object" -> object(table);
      case "assembly" -> assembly(table);
      default -> throw new AssertionError(kind);
    };
  }

  private List<Hook> port(CheckedTable table) {
    long port = table.requiredNumber("port", PORT);
    if (architecture != Architecture.X86_64) {
      table.refuse("port", "a port on " + architecture.label(), "ports on x86-64 only");
    }
    if (port < 0 || port > 0xffff) {
      table.refuse("port", Long.toString(port), PORT);
    }
    Optional<String> text = table.string("text", "what is written, byte for byte");
    if (text.isPresent()) {
      List<Hook> bytes = new ArrayList<>();
      for (byte one : text.get().getBytes(StandardCharsets.UTF_8)) {
        bytes.add(new Hook.Port(port, Hook.Value.constant(one & 0xff)));
      }
      return bytes;
    }
    return List.of(new Hook.Port(port, value(table)));
  }

  private List<Hook> store(CheckedTable table) {
    long paddr = table.requiredNumber("store", "an address");
    int widthBytes = DeviceReader.widthBytes(table);
    if (paddr % widthBytes != 0) {
      table.refuse("store", String.format("0x%x", paddr), "a multiple of its width, " + widthBytes);
    }
    return List.of(new Hook.Store(paddr, widthBytes, value(table)));
  }

  private List<Hook> semihosting(CheckedTable table) {
    if (architecture == Architecture.X86_64) {
      table.refuse("semihosting", "semihosting on x86-64", "AArch64 or riscv64");
    }
    return table.isTrue("semihosting") ? List.of(new Hook.Semihosting()) : List.of();
  }

  private List<Hook> m5(CheckedTable table) {
    String label = table.requiredString("m5", String.join(", ", M5Operation.labels()));
    Optional<M5Operation> operation = M5Operation.byLabel(label);
    if (operation.isEmpty()) {
      table.refuse("m5", "'" + label + "'", String.join(", ", M5Operation.labels()));
      return List.of();
    }
    return List.of(new Hook.Code("m5 " + label, operation.get().code(architecture)));
  }

  private List<Hook> psci(CheckedTable table) {
    String acceptable = "'system-off'";
    String call = table.requiredString("psci", acceptable);
    String by = table.string("by", "'smc' or 'hvc'").orElse("smc");
    if (architecture != Architecture.AARCH64) {
      table.refuse("psci", "PSCI on " + architecture.label(), "PSCI on AArch64 only");
    }
    if (!call.equals("system-off")) {
      table.refuse("psci", "'" + call + "'", acceptable);
    }
    if (!by.equals("smc") && !by.equals("hvc")) {
      table.refuse("by", "'" + by + "'", "'smc' or 'hvc'");
    }
    return List.of(new Hook.Code("psci system-off", PsciOperation.systemOff(by.equals("smc"))));
  }

  private List<Hook> object(CheckedTable table) {
    String name = table.requiredString("object", "an object file");
    try {
      HookObject object = HookObject.read(folder.resolve(name), architecture);
      return List.of(new Hook.Code("object " + name, object.code(), object.entryOffsetBytes()));
    } catch (InvalidInputException e) {
      for (Problem problem : e.problems()) {
        table.refuse(
            "object",
            "'" + name + "', " + problem.record() + ": " + problem.found(),
            problem.acceptable());
      }
    } catch (IOException | InvalidPathException e) {
      table.refuse("object", "'" + name + "', " + e.getMessage(), "a file that can be read");
    }
    return List.of();
  }

  private List<Hook> assembly(CheckedTable table) {
    String source = table.requiredString("assembly", "assembly");
    try {
      ByteBlock code = HookAssembler.ofEnvironment().assemble(architecture, source);
      return List.of(new Hook.Code("assembly", code));
    } catch (AssemblyException e) {
      table.refuse("assembly", e.found(), e.acceptable());
    } catch (IOException e) {
      table.refuse("assembly", e.getMessage(), "a Java that can be started to assemble it");
    }
    return List.of();
  }

  /** {@code value}, and for the verdict {@code times} and {@code plus}. */
  private static Hook.Value value(CheckedTable table) {
    OptionalLong constant =
        table.has("value") && !isVerdict(table)
            ? table.number("value", VALUE)
            : OptionalLong.empty();
    if (constant.isPresent()) {
      return Hook.Value.constant(constant.getAsLong());
    }
    return new Hook.Value(
        table.number("times", "a number").orElse(1), table.number("plus", "a number").orElse(0));
  }

  private static boolean isVerdict(CheckedTable table) {
    return table.isString("value") && table.requiredString("value", VALUE).equals("verdict");
  }
}
