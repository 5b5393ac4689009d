package io.thaw.linker.criu;

import com.google.protobuf.MessageLite;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.proto.Core;
import io.thaw.linker.criu.proto.DescriptorEntry;
import io.thaw.linker.criu.proto.Inventory;
import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.criu.proto.MemfdFile;
import io.thaw.linker.criu.proto.MemfdInode;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.ObjectIds;
import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.ProcessEntry;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.criu.proto.TimeNamespace;
import io.thaw.linker.criu.proto.TimePoint;
import io.thaw.linker.model.Auxv;
import io.thaw.linker.model.Checkpoint;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small dump of one process with a page of code and a stack of two pages. Tests change what they
 * are about, then write it.
 */
final class TestDump {

  static final int PID = 157;
  static final long CODE = 0x400000;
  static final long STACK = 0x7ffd00000000L;
  private static final int FILES_ID = 7;

  final Core.Builder core;
  final Mm.Builder mm = Mm.newBuilder();
  final List<ProcessEntry> processes = new ArrayList<>();
  final List<OpenFile> files = new ArrayList<>();
  final List<DescriptorEntry> descriptors = new ArrayList<>();
  final List<MemfdInode> memfds = new ArrayList<>();

  /** Page maps by name: of the process, and {@code shmem-N}. */
  final Map<String, TestPages> pages = new TreeMap<>();

  /** What is there besides, or instead of, what the other fields give. */
  final Map<String, byte[]> others = new TreeMap<>();

  final Map<String, String> links = new TreeMap<>();
  private final int pageSizeBytes;

  private TestDump(Core.Builder core, int pageSizeBytes) {
    this.core = core;
    this.pageSizeBytes = pageSizeBytes;
    processes.add(process(PID));
    mm.setStartStack(STACK).setStartBrk(0x900000).setBrk(0x900000);
    mm.addSavedAuxv(Auxv.AT_PAGESZ).addSavedAuxv(pageSizeBytes).addSavedAuxv(0).addSavedAuxv(0);
    area(TestAreas.anonymous(CODE, CODE + pageSizeBytes));
    area(TestAreas.anonymous(STACK, STACK + 2L * pageSizeBytes));
    addPages(Integer.toString(PID)).stored(CODE, 0x90);
  }

  static TestDump x86() {
    return new TestDump(TestCores.x86(), 4096);
  }

  static TestDump aarch64(int pageSizeBytes) {
    return new TestDump(TestCores.aarch64(), pageSizeBytes);
  }

  static TestDump riscv64() {
    return new TestDump(TestCores.riscv64(), 4096);
  }

  static ProcessEntry process(int pid) {
    return ProcessEntry.newBuilder()
        .setPid(pid)
        .setParentPid(1)
        .setGroupPid(pid)
        .setSessionPid(pid)
        .addThreads(pid)
        .build();
  }

  TestDump area(MappedArea area) {
    mm.addVmas(area);
    return this;
  }

  /** The page map of the process. */
  TestPages memory() {
    return pages.get(Integer.toString(PID));
  }

  /** A new page map, instead of the one of that name if there is one. */
  TestPages addPages(String name) {
    TestPages added =
        new TestPages(
            pages.containsKey(name) ? pages.get(name).pagesId() : pages.size() + 1, pageSizeBytes);
    pages.put(name, added);
    return added;
  }

  /** A mapped file, with the bytes that a sysroot in the dump has of it. */
  TestDump mappedFile(int id, String path, byte[] bytes) {
    regularFile(regular(path, bytes.length).build(), id);
    others.put("sysroot" + path, bytes);
    return this;
  }

  static RegularFile.Builder regular(String path, long sizeBytes) {
    return RegularFile.newBuilder()
        .setFlags(0)
        .setPosition(0)
        .setName(path)
        .setSize(sizeBytes)
        .setMode(0100644);
  }

  TestDump regularFile(RegularFile file, int id) {
    files.add(OpenFile.newBuilder().setType(1).setId(id).setRegular(file).build());
    return this;
  }

  /** A memfd, behind which is that shared memory. */
  TestDump memfd(int id, int inode, int sharedMemory) {
    files.add(
        OpenFile.newBuilder()
            .setType(17)
            .setId(id)
            .setMemfd(MemfdFile.newBuilder().setFlags(2).setPosition(0).setInode(inode))
            .build());
    memfds.add(
        MemfdInode.newBuilder()
            .setName("memory")
            .setSize(1 << 20)
            .setSharedMemory(sharedMemory)
            .setInode(inode)
            .build());
    return this;
  }

  TestDump descriptor(int fd, int fileId) {
    descriptors.add(DescriptorEntry.newBuilder().setFd(fd).setFile(fileId).setType(1).build());
    return this;
  }

  /** The files of the dump by path. */
  Map<String, byte[]> build() {
    Map<String, byte[]> built = new TreeMap<>();
    put(
        built,
        "inventory.img",
        ImageKind.INVENTORY,
        List.of(Inventory.newBuilder().setVersion(2).build()));
    put(built, "pstree.img", ImageKind.PSTREE, processes);
    for (ProcessEntry process : processes) {
      String pid = Integer.toString(process.getPid());
      put(built, "core-" + pid + ".img", ImageKind.CORE, List.of(core.build()));
      put(built, "mm-" + pid + ".img", ImageKind.MM, List.of(mm.build()));
      put(
          built,
          "ids-" + pid + ".img",
          ImageKind.IDS,
          List.of(ObjectIds.newBuilder().setFiles(FILES_ID).build()));
    }
    put(built, "files.img", ImageKind.FILES, files);
    put(built, "fdinfo-" + FILES_ID + ".img", ImageKind.FDINFO, descriptors);
    if (!memfds.isEmpty()) {
      put(built, "memfd.img", ImageKind.MEMFD, memfds);
    }
    TimePoint time = TimePoint.newBuilder().setSeconds(5).setNanoseconds(6).build();
    put(
        built,
        "timens-0.img",
        ImageKind.TIMENS,
        List.of(TimeNamespace.newBuilder().setMonotonic(time).setBoottime(time).build()));
    pages.forEach(
        (name, map) -> {
          built.put("pagemap-" + name + ".img", map.pagemap());
          built.put("pages-" + map.pagesId() + ".img", map.pages());
        });
    built.putAll(others);
    return built;
  }

  private static void put(
      Map<String, byte[]> built,
      String name,
      ImageKind kind,
      List<? extends MessageLite> messages) {
    built.put(name, TestImages.image(kind, messages));
  }

  /** Writes the dump as a folder. */
  Path write(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> file : build().entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    for (Map.Entry<String, String> link : links.entrySet()) {
      Files.createSymbolicLink(folder.resolve(link.getKey()), Path.of(link.getValue()));
    }
    return folder;
  }

  /** Writes the dump as a folder and reads it. */
  Checkpoint writeAndRead(Path folder) throws InvalidInputException, IOException {
    return read(write(folder), CriuReader.Options.defaults());
  }

  static Checkpoint read(Path dump, CriuReader.Options options)
      throws InvalidInputException, IOException {
    try (FileTree tree = FileTree.open(dump)) {
      return CriuReader.read(tree, options);
    }
  }
}
