package io.thaw.linker.platform;

import io.thaw.linker.model.Architecture;
import io.thaw.linker.model.X86ExtendedState.Component;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.problem.ProblemLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/** Reads a platform's file, which {@code docs/platforms.md} describes. */
public final class PlatformReader {

  private static final long MOST_FILE_BYTES = 1 << 20;
  private static final String ADDRESS = "an address";

  private final String file;
  private final String name;
  private final ProblemLog problems = new ProblemLog();

  private PlatformReader(String file, String name) {
    this.file = file;
    this.name = name;
  }

  /**
   * Reads a file; the platform's name is that of the file without its ending.
   *
   * @throws InvalidInputException if it is not a platform's file, all problems at once
   */
  public static Platform read(Path path) throws InvalidInputException, IOException {
    String file = path.toString();
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(file, "", "no such file", "a platform's file (TOML)");
    }
    if (Files.size(path) > MOST_FILE_BYTES) {
      throw new InvalidInputException(
          file, "", Files.size(path) + " bytes", "at most " + MOST_FILE_BYTES);
    }
    String name = path.getFileName().toString().replaceFirst("\\.toml$", "");
    if (Platforms.names().contains(name)) {
      throw new InvalidInputException(
          file, "", "the name of a platform of Thaw's own", "a file name of your own");
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
              .toString();
      return parse(file, name, text);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(file, "", "bytes that are not UTF-8", "TOML, which is UTF-8");
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param file what problems call it
   */
  static Platform parse(String file, String name, String text) throws InvalidInputException {
    TomlParseResult toml = Toml.parse(text);
    if (toml.hasErrors()) {
      ProblemLog problems = new ProblemLog();
      for (TomlParseError error : toml.errors()) {
        problems.add(
            file,
            "line " + error.position().line() + ", column " + error.position().column(),
            error.getMessage(),
            "TOML");
      }
      problems.throwIfAny();
    }
    return new PlatformReader(file, name).read(toml);
  }

  private Platform read(TomlParseResult toml) throws InvalidInputException {
    CheckedTable root = CheckedTable.root(file, toml, problems);
    root.requiredString("description", "a line for people");
    Optional<Platform> like = like(root);
    Architecture architecture = architecture(root, like);
    List<RamRange> ram = ram(root, like);
    OptionalLong entry = root.number("entry", ADDRESS);
    if (entry.isEmpty() && like.isPresent()) {
      entry = like.get().entryPaddr();
    }
    Processor processor = processor(root, architecture, like);
    Device console = device(root, "console", architecture, like.map(Platform::console));
    Device report = device(root, "report", architecture, like.map(Platform::report));
    Hooks hooks = hooks(root, architecture, like);
    Set<Long> hookDevicePaddrs =
        root.numbers("devices")
            .map(Set::copyOf)
            .orElseGet(() -> like.map(Platform::hookDevicePaddrs).orElse(Set.of()));
    root.refuseOthers();
    if (hooks.exit().isEmpty() && !root.has("exit")) {
      root.refuseAll("no [[exit]]", "a way to end the simulation");
    }
    if (report.kind() == Device.Kind.NONE && !root.has("report")) {
      root.refuseAll("no [report]", "where the verdict goes; it may be the console's device");
    }
    problems.throwIfAny();
    checkEntry(root, ram, entry);
    Platform platform =
        new Platform(
            name, architecture, ram, entry, processor, console, report, hooks, hookDevicePaddrs);
    checkDevices(root, platform);
    problems.throwIfAny();
    return platform;
  }

  /** The platform from which everything comes that the file does not say. */
  private static Optional<Platform> like(CheckedTable root) {
    String names = String.join(", ", Platforms.names());
    Optional<String> name = root.string("like", names);
    Optional<Platform> platform = name.flatMap(Platforms::byName);
    if (name.isPresent() && platform.isEmpty()) {
      root.refuse("like", "'" + name.get() + "'", names);
    }
    return platform;
  }

  private static Device device(
      CheckedTable root, String key, Architecture architecture, Optional<Device> like) {
    return like.isPresent() && !root.has(key)
        ? like.get()
        : DeviceReader.read(root.table(key), architecture);
  }

  /** Files that a platform's file names are next to it. */
  private Path folder() {
    Path parent = Path.of(file).getParent();
    return parent == null ? Path.of("") : parent;
  }

  private Hooks hooks(CheckedTable root, Architecture architecture, Optional<Platform> like) {
    HookReader reader = new HookReader(architecture, folder());
    Hooks others = like.map(Platform::hooks).orElse(new Hooks(List.of(), List.of(), List.of()));
    return new Hooks(
        root.has("region-begin") ? reader.read(root.tables("region-begin")) : others.regionBegin(),
        root.has("region-end") ? reader.read(root.tables("region-end")) : others.regionEnd(),
        root.has("exit") ? reader.read(root.tables("exit")) : others.exit());
  }

  private static Architecture architecture(CheckedTable root, Optional<Platform> like) {
    if (like.isPresent() && !root.has("architecture")) {
      return like.get().architecture();
    }
    String labels =
        Arrays.stream(Architecture.values())
            .map(Architecture::label)
            .collect(Collectors.joining(", "));
    String label = root.requiredString("architecture", labels);
    Optional<Architecture> architecture = Architecture.byLabel(label);
    if (architecture.isEmpty() && root.has("architecture")) {
      root.refuse("architecture", "'" + label + "'", labels);
    }
    if (like.isPresent()
        && architecture.isPresent()
        && architecture.get() != like.get().architecture()) {
      root.refuse(
          "architecture",
          "'" + label + "'",
          like.get().architecture().label() + ", as the platform has that this one is like");
    }
    return architecture.orElse(Architecture.X86_64);
  }

  private static List<RamRange> ram(CheckedTable root, Optional<Platform> like) {
    if (like.isPresent() && !root.has("ram")) {
      return like.get().ram();
    }
    List<RamRange> ranges = new ArrayList<>();
    for (CheckedTable table : root.tables("ram")) {
      long start = table.requiredNumber("start", ADDRESS);
      long end = table.requiredNumber("end", ADDRESS);
      if (start < 0 || start % RamRange.START_ALIGNMENT_BYTES != 0) {
        table.refuse("start", String.format("0x%x", start), "a multiple of 2 MiB");
      } else if (end % RamRange.END_ALIGNMENT_BYTES != 0 || end <= start) {
        table.refuse(
            "end",
            String.format("0x%x", end),
            String.format("a multiple of 64 KiB above the start, 0x%x", start));
      } else if (!ranges.isEmpty() && start < ranges.get(ranges.size() - 1).endPaddr()) {
        RamRange before = ranges.get(ranges.size() - 1);
        table.refuse(
            "start",
            String.format("0x%x", start),
            String.format(
                "ranges in ascending order that do not overlap: the one before it is 0x%x to 0x%x",
                before.startPaddr(), before.endPaddr()));
      } else {
        ranges.add(new RamRange(start, end));
      }
      table.refuseOthers();
    }
    if (!root.has("ram")) {
      root.refuseAll("no [[ram]]", "at least one range of RAM");
    }
    return ranges;
  }

  private static Processor processor(
      CheckedTable root, Architecture architecture, Optional<Platform> like) {
    Optional<CheckedTable> table = root.table("processor");
    if (table.isEmpty() && like.isPresent()) {
      return like.get().processor();
    }
    int most = architecture == Architecture.RISCV64 ? 3 : 4;
    if (table.isEmpty()) {
      return new Processor(
          most, /* breakpoints= */ true, /* xsave= */ false, Set.of(), Optional.empty());
    }
    CheckedTable processor = table.get();
    long levels = processor.number("page-table-levels", "3, 4 or 5").orElse(most);
    if (levels != 4
        && !(levels == 3 && architecture == Architecture.RISCV64)
        && !(levels == 5 && architecture == Architecture.AARCH64)) {
      processor.refuse(
          "page-table-levels",
          Long.toString(levels),
          "4; on AArch64 5 (LPA2), too; on riscv64 3 (Sv39), too");
    }
    boolean breakpoints = !processor.has("breakpoints") || processor.isTrue("breakpoints");
    boolean xsave = processor.isTrue("xsave");
    Set<Component> state = extendedState(processor);
    Optional<List<String>> extensions = processor.strings("extensions");
    if (architecture != Architecture.X86_64 && (xsave || !state.isEmpty())) {
      processor.refuse(
          xsave ? "xsave" : "extended-state", "state of x86-64", "none on " + architecture.label());
    }
    processor.refuseOthers();
    return new Processor((int) levels, breakpoints, xsave, state, extensions.map(Set::copyOf));
  }

  private static Set<Component> extendedState(CheckedTable processor) {
    EnumSet<Component> state = EnumSet.noneOf(Component.class);
    for (String name : processor.strings("extended-state").orElse(List.of())) {
      Optional<Component> component =
          Arrays.stream(Component.values()).filter(c -> label(c).equals(name)).findFirst();
      if (component.isEmpty()) {
        processor.refuse(
            "extended-state",
            "'" + name + "'",
            Arrays.stream(Component.values())
                .map(PlatformReader::label)
                .collect(Collectors.joining(", ")));
      }
      component.ifPresent(state::add);
    }
    return state;
  }

  private static String label(Component component) {
    return component.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void checkEntry(CheckedTable root, List<RamRange> ram, OptionalLong entry) {
    if (entry.isEmpty()) {
      return;
    }
    RamRange first = ram.get(0);
    if (!first.contains(entry.getAsLong())) {
      root.refuse(
          "entry",
          String.format("0x%x", entry.getAsLong()),
          String.format(
              "an address in the first range of RAM, 0x%x to 0x%x",
              first.startPaddr(), first.endPaddr()));
    }
  }

  private static void checkDevices(CheckedTable root, Platform platform) {
    platform
        .devicePaddrs()
        .filter(paddr -> platform.ram().stream().anyMatch(range -> range.contains(paddr)))
        .distinct()
        .forEach(
            paddr ->
                root.refuseAll(
                    String.format("a device at 0x%x, where RAM is", paddr),
                    "devices outside RAM: a cached store would not be seen"));
  }
}
