package io.thaw.linker.criu;

import io.thaw.linker.criu.proto.DescriptorEntry;
import io.thaw.linker.criu.proto.Folders;
import io.thaw.linker.criu.proto.MemfdInode;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.criu.proto.Task;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.linux.DescriptorDetails;
import io.thaw.linker.model.linux.FileDetails;
import io.thaw.linker.model.linux.MappingDetails;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.ProgramLayout;
import io.thaw.linker.model.linux.SharedMemoryDetails;
import io.thaw.linker.model.linux.TerminalDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads what an image does not need and Linux does. A dump that lacks the program's or the folders'
 * names has none of it.
 */
final class DetailsReader {

  private static final int CLOSE_ON_EXEC = 1;

  private final DumpFolder folder;
  private final OpenFiles files;
  private final Mm mm;
  private final Map<String, FileDetails> details = new HashMap<>();

  private DetailsReader(DumpFolder folder, OpenFiles files, Mm mm) {
    this.folder = folder;
    this.files = files;
    this.mm = mm;
  }

  static Optional<ProcessDetails> read(
      DumpFolder folder, MemoryImage memory, Cores cores, OpenFiles files, int tableId)
      throws InvalidInputException, IOException {
    String image = "fs-" + memory.pid() + ".img";
    if (folder.find(image).isEmpty() || !memory.mm().hasProgram()) {
      return Optional.empty();
    }
    Folders folders = folder.readOne(image, ImageKind.FS, Folders.parser());
    return new DetailsReader(folder, files, memory.mm()).read(folders, cores, tableId);
  }

  private Optional<ProcessDetails> read(Folders folders, Cores cores, int tableId)
      throws InvalidInputException, IOException {
    Optional<RegularFile> program = regular(mm.getProgram());
    Optional<RegularFile> working = regular(folders.getWorking());
    Optional<RegularFile> root = regular(folders.getRoot());
    if (program.isEmpty() || working.isEmpty() || root.isEmpty()) {
      return Optional.empty();
    }
    addMappedFiles();
    List<DescriptorEntry> table = files.entries(tableId);
    Task task = cores.leader().getTask();
    return Optional.of(
        new ProcessDetails(
            add(program.get()),
            add(working.get()),
            add(root.get()),
            folders.getCreationMask(),
            layout(),
            TaskDecoder.decode(task, mm),
            cores.cores().stream().map(core -> ThreadDecoder.decode(core, task)).toList(),
            details,
            mappings(),
            files.sharedMemory().stream().map(DetailsReader::sharedMemory).toList(),
            descriptors(table),
            terminals(table)));
  }

  private Optional<RegularFile> regular(int id) {
    return files.regular(Integer.toUnsignedLong(id));
  }

  private void addMappedFiles() {
    mm.getVmasList().stream()
        .filter(area -> new VmaStatus(area.getStatus()).isFile())
        .flatMap(area -> files.regular(area.getObject()).stream())
        .forEach(this::add);
  }

  /** Notes a file and gives its path. */
  private String add(RegularFile file) {
    details.putIfAbsent(
        file.getName(),
        new FileDetails(
            file.hasSize() ? OptionalLong.of(file.getSize()) : OptionalLong.empty(),
            file.getMode(),
            file.getBuildIdCount() == 0
                ? Optional.empty()
                : Optional.of(ByteBlock.copyOf(Sysroot.buildId(file)))));
    return file.getName();
  }

  private ProgramLayout layout() {
    return new ProgramLayout(
        mm.getStartCode(),
        mm.getEndCode(),
        mm.getStartData(),
        mm.getEndData(),
        mm.getStartArguments(),
        mm.getEndArguments(),
        mm.getStartEnvironment(),
        mm.getEndEnvironment());
  }

  private List<MappingDetails> mappings() {
    return mm.getVmasList().stream()
        .filter(
            area ->
                !new VmaStatus(area.getStatus()).isGuard()
                    && !new VmaStatus(area.getStatus()).isVsyscall())
        .map(
            area ->
                new MappingDetails(
                    area.getStart(),
                    area.getEnd(),
                    area.getFlags(),
                    area.getAdvice(),
                    area.getOpenFlags()))
        .sorted(Comparator.comparingLong(MappingDetails::startVaddr))
        .toList();
  }

  private static SharedMemoryDetails sharedMemory(MemfdInode inode) {
    return new SharedMemoryDetails(
        Integer.toUnsignedLong(inode.getSharedMemory()),
        inode.getName(),
        inode.getSize(),
        inode.getUid(),
        inode.getGid(),
        inode.getSeals());
  }

  private List<DescriptorDetails> descriptors(List<DescriptorEntry> table) {
    return table.stream()
        .map(
            entry ->
                new DescriptorDetails(
                    entry.getFd(),
                    (entry.getFlags() & CLOSE_ON_EXEC) != 0,
                    files
                        .find(Integer.toUnsignedLong(entry.getFile()))
                        .map(DetailsReader::pipe)
                        .orElse(0)))
        .sorted(Comparator.comparingInt(DescriptorDetails::fd))
        .toList();
  }

  private static int pipe(OpenFile file) {
    return file.hasPipe() ? file.getPipe().getPipe() : file.getFifo().getPipe();
  }

  private List<TerminalDetails> terminals(List<DescriptorEntry> table)
      throws InvalidInputException, IOException {
    TerminalDecoder decoder = TerminalDecoder.open(folder, files);
    List<TerminalDetails> terminals = new ArrayList<>();
    for (long id :
        table.stream().map(e -> Integer.toUnsignedLong(e.getFile())).distinct().sorted().toList()) {
      files.find(id).flatMap(decoder::decode).ifPresent(terminals::add);
    }
    return terminals;
  }
}
