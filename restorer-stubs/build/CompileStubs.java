import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Cross-compiles the stubs and the TCG plugin with the LLVM of Maven Central, so that building
 * needs no compiler on the machine.
 *
 * <p>Run by Maven as a single source file: {@code java CompileStubs.java LLVM_JAR MODULE TARGET}.
 * Results are {@code TARGET/stubs/stub-ARCH.elf}, {@code TARGET/stubs/tcg-plugin-HOST.so} and, for
 * the end-to-end tests, {@code TARGET/test-programs/ARCH-NAME.bin}.
 */
public final class CompileStubs {

  /** Programs and libraries of the jar, and the names under which they look for each other. */
  private static final Map<String, List<String>> TOOLS =
      Map.of(
          "clang", List.of("clang"),
          "lld", List.of("lld"),
          "libLLVM.so", List.of("libLLVM.so.20.1"),
          "libclang-cpp.so", List.of("libclang-cpp.so.20.1"));

  /**
   * Code for general registers alone, by architecture. For RISC-V clang has no option that forbids
   * the others: there it is code for a processor that has none.
   */
  private static final Map<String, List<String>> GENERAL_ONLY =
      Map.of(
          "x86_64", List.of("--target=x86_64-none-elf", "-mgeneral-regs-only"),
          "aarch64", List.of("--target=aarch64-none-elf", "-mgeneral-regs-only"),
          "riscv64",
              List.of(
                  "--target=riscv64-unknown-elf", "-march=rv64imac_zicsr_zifencei", "-mabi=lp64"));

  private static final List<String> WARNINGS = List.of("-Wall", "-Wextra", "-Werror");

  /** Where programs of the tests are linked to run. */
  private static final String PROGRAM_VADDR = "0x400000";

  private final Path module;
  private final Path target;
  private final Path llvm;

  private CompileStubs(Path module, Path target) {
    this.module = module;
    this.target = target;
    this.llvm = target.resolve("llvm");
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 3) {
      throw new IllegalArgumentException("usage: CompileStubs LLVM_JAR MODULE TARGET");
    }
    CompileStubs build = new CompileStubs(Path.of(args[1]), Path.of(args[2]));
    build.unpackTools(Path.of(args[0]));
    build.stub("x86_64", List.of("-mcmodel=kernel", "-mno-red-zone"));
    build.stub("aarch64", List.of("-mstrict-align"));
    build.stub("riscv64", List.of("-mcmodel=medany", "-mstrict-align", "-mno-relax"));
    build.plugin("x86_64", "x86_64-linux-gnu");
    build.plugin("aarch64", "aarch64-linux-gnu");
    build.programs("x86_64");
    build.programs("aarch64");
    build.programs("riscv64");
  }

  private void unpackTools(Path jar) throws IOException {
    Files.createDirectories(llvm);
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (!TOOLS.containsKey(name)) {
          continue;
        }
        for (String unpackedName : TOOLS.get(name)) {
          Path unpacked = llvm.resolve(unpackedName);
          if (Files.exists(unpacked) && Files.size(unpacked) == entry.getSize()) {
            continue;
          }
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
          }
          if (!unpacked.toFile().setExecutable(true)) {
            throw new IOException("cannot make executable: " + unpacked);
          }
        }
      }
    }
  }

  private void stub(String architecture, List<String> machine)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(GENERAL_ONLY.get(architecture));
    options.addAll(machine);
    options.addAll(WARNINGS);
    options.addAll(
        List.of(
            "-std=c17",
            "-Os",
            "-ffreestanding",
            "-fno-builtin",
            "-nostdinc",
            "-fno-pic",
            "-fno-stack-protector",
            "-fno-unwind-tables",
            "-fno-asynchronous-unwind-tables",
            "-ffunction-sections",
            "-I" + module.resolve("common"),
            "-I" + module.resolve(architecture)));
    List<Path> sources = new ArrayList<>(sources(module.resolve(architecture), ".S", ".c"));
    sources.addAll(sources(module.resolve("common"), ".c"));
    List<Path> objects = compile(sources, options, target.resolve("objects/" + architecture));
    List<String> link =
        new ArrayList<>(
            List.of(
                llvm.resolve("lld").toString(),
                "-flavor",
                "gnu",
                "--fatal-warnings",
                "--build-id=none",
                "--entry=0",
                "-z",
                "max-page-size=4096",
                "-T",
                module.resolve("common/stub.ld").toString(),
                "-o",
                output("stub-" + architecture + ".elf").toString()));
    objects.forEach(object -> link.add(object.toString()));
    run(link);
  }

  private void plugin(String host, String triple) throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(List.of("--target=" + triple));
    options.addAll(WARNINGS);
    options.addAll(
        List.of("-std=c17", "-O2", "-ffreestanding", "-nostdinc", "-fPIC", "-fvisibility=hidden"));
    List<Path> objects =
        compile(
            sources(module.resolve("tcg-plugin"), ".c"),
            options,
            target.resolve("objects/tcg-plugin-" + host));
    List<String> link =
        new ArrayList<>(
            List.of(
                llvm.resolve("lld").toString(),
                "-flavor",
                "gnu",
                "-shared",
                "--build-id=none",
                "-o",
                output("tcg-plugin-" + host + ".so").toString()));
    objects.forEach(object -> link.add(object.toString()));
    run(link);
  }

  /** Programs of the tests, as flat binaries to be put at their vaddr. */
  private void programs(String architecture) throws IOException, InterruptedException {
    Path folder = module.resolveSibling("tests").resolve("programs");
    Path ofArchitecture = folder.resolve(architecture);
    List<Path> sources = new ArrayList<>(sources(ofArchitecture, ".S", ".c"));
    sources.addAll(sources(folder, ".c"));
    Path objects = target.resolve("objects/programs");
    Path programs = Files.createDirectories(target.resolve("test-programs"));
    for (Path source : sources) {
      List<String> options = new ArrayList<>(GENERAL_ONLY.get(architecture));
      options.addAll(
          List.of(
              "-I" + ofArchitecture,
              "-I" + module.resolve("common"),
              "-I" + module.resolve(architecture),
              "-Werror"));
      if (source.toString().endsWith(".c")) {
        options.addAll(List.of("-std=gnu17", "-O1", "-ffreestanding", "-nostdinc"));
      }
      String name = source.getFileName().toString();
      Path program =
          programs.resolve(architecture + "-" + name.substring(0, name.lastIndexOf('.')) + ".bin");
      List<String> link =
          new ArrayList<>(
              List.of(
                  llvm.resolve("lld").toString(),
                  "-flavor",
                  "gnu",
                  "--oformat=binary",
                  "-Ttext=" + PROGRAM_VADDR,
                  "-o",
                  program.toString()));
      compile(List.of(source), options, objects.resolve(architecture))
          .forEach(object -> link.add(object.toString()));
      run(link);
    }
  }

  private List<Path> compile(List<Path> sources, List<String> options, Path objects)
      throws IOException, InterruptedException {
    Files.createDirectories(objects);
    List<Path> compiled = new ArrayList<>();
    for (Path source : sources) {
      Path folder = source.getParent().getFileName();
      Path object = objects.resolve(folder + "-" + source.getFileName() + ".o");
      List<String> command = new ArrayList<>(List.of(llvm.resolve("clang").toString()));
      command.addAll(options);
      command.addAll(List.of("-c", source.toString(), "-o", object.toString()));
      run(command);
      compiled.add(object);
    }
    return compiled;
  }

  private static List<Path> sources(Path folder, String... endings) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    }
  }

  private Path output(String name) throws IOException {
    return Files.createDirectories(target.resolve("stubs")).resolve(name);
  }

  private void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("LD_LIBRARY_PATH", llvm.toString());
    int status = builder.start().waitFor();
    if (status != 0) {
      throw new IOException("status " + status + " from " + String.join(" ", command));
    }
  }
}
