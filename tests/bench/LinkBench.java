import com.google.protobuf.MessageLite;
import io.thaw.linker.archive.FileTree;
import io.thaw.linker.criu.proto.MappedArea;
import io.thaw.linker.criu.proto.Mm;
import io.thaw.linker.criu.proto.PagemapEntry;
import io.thaw.linker.criu.proto.PagemapHead;
import io.thaw.linker.model.DataFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How long {@code link} takes on a dump with many resident pages, against {@code cp} of its pages
 * file in the same run. The dump is the bundled x86-64-static one with another mapping of the size
 * asked for, full of pages that are not zero.
 *
 * <p>Run by {@code tests/bench/run link}. Arguments: launcher, fixture, work folder, size in MiB.
 */
public final class LinkBench {

  private static final int PAGE_SIZE_BYTES = 4096;
  private static final long BIG_VADDR = 0x100000000000L;
  private static final int ROUNDS = 5;

  /**
   * Before each measurement, with the files of the one before deleted: a virtual machine may report
   * free memory to its host every two seconds (mm/page_reporting.c), which takes it back, and memory
   * that was taken back is several times slower to write. Whoever wrote first after a deletion would
   * have the memory that is still there.
   */
  private static final long SETTLING_MILLIS = 6000;

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]);
    Path work = Path.of(args[2]);
    long sizeBytes = Long.parseLong(args[3]) << 20;
    Path dump = work.resolve("dump");
    makeDump(Path.of(args[1]), dump, sizeBytes);
    Path pages = dump.resolve("img/pages-1.img");
    List<Double> ratios = new ArrayList<>();
    System.out.println("round  cp s  link s  ratio");
    for (int round = 0; round <= ROUNDS; round++) {
      double copy = seconds(work, "cp", pages.toString(), work.resolve("copy").toString());
      double link =
          seconds(
              work,
              launcher.toString(),
              "link",
              dump.toString(),
              "-o",
              work.resolve("image.elf").toString());
      if (round == 0) {
        continue; // fills the page cache
      }
      ratios.add(link / copy);
      System.out.printf("%5d  %4.2f  %6.2f  %5.2f%n", round, copy, link, link / copy);
    }
    ratios.sort(null);
    System.out.printf("median ratio %.2f (%d MiB of pages)%n", ratios.get(ROUNDS / 2), sizeBytes >> 20);
  }

  private static double seconds(Path work, String... command)
      throws IOException, InterruptedException {
    Files.deleteIfExists(work.resolve("copy"));
    Files.deleteIfExists(work.resolve("image.elf"));
    Thread.sleep(SETTLING_MILLIS);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("THAW_JAVA_OPTIONS", "-Xmx256m");
    long start = System.nanoTime();
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private static void makeDump(Path fixture, Path dump, long sizeBytes) throws Exception {
    Path img = Files.createDirectories(dump.resolve("img"));
    try (FileTree tree = FileTree.open(fixture)) {
      String root = tree.list("").get(0);
      copyFolder(tree, root + "/sysroot", dump.resolve("sysroot"));
      for (String name : tree.list(root + "/img")) {
        copy(tree.find(root + "/img/" + name).orElseThrow(), img.resolve(name));
      }
    }
    String pid = "157";
    addMapping(img.resolve("mm-" + pid + ".img"), sizeBytes);
    addPages(img.resolve("pagemap-" + pid + ".img"), sizeBytes);
    SplittableRandom random = new SplittableRandom(1);
    byte[] block = new byte[1 << 20];
    Path pages = img.resolve("pages-1.img");
    // Behind the heap, before the mappings above: the pages of the new mapping go in between.
    byte[] old = Files.readAllBytes(pages);
    int before = pagesBelow(img.resolve("pagemap-" + pid + ".img"));
    try (OutputStream out = Files.newOutputStream(pages)) {
      out.write(old, 0, before * PAGE_SIZE_BYTES);
      for (long done = 0; done < sizeBytes; done += block.length) {
        random.nextBytes(block);
        out.write(block);
      }
      out.write(old, before * PAGE_SIZE_BYTES, old.length - before * PAGE_SIZE_BYTES);
    }
  }

  private static void addMapping(Path file, long sizeBytes) throws IOException {
    byte[] image = Files.readAllBytes(file);
    Mm mm = Mm.parseFrom(Arrays.copyOfRange(image, 12, image.length));
    write(
        file,
        Arrays.copyOf(image, 8),
        List.of(
            mm.toBuilder()
                .addVmas(
                    MappedArea.newBuilder()
                        .setStart(BIG_VADDR)
                        .setEnd(BIG_VADDR + sizeBytes)
                        .setOffset(0)
                        .setObject(0)
                        .setProtection(3)
                        .setFlags(0x22)
                        .setStatus(0x201)
                        .build())
                .build()));
  }

  private static void addPages(Path file, long sizeBytes) throws IOException {
    List<MessageLite> messages = new ArrayList<>(pagemap(file));
    PagemapEntry added =
        PagemapEntry.newBuilder()
            .setVaddr(BIG_VADDR)
            .setCompatPageCount((int) (sizeBytes / PAGE_SIZE_BYTES))
            .setFlags(4)
            .build();
    int at = 1;
    while (at < messages.size() && ((PagemapEntry) messages.get(at)).getVaddr() < BIG_VADDR) {
      at++;
    }
    messages.add(at, added);
    write(file, Arrays.copyOf(Files.readAllBytes(file), 8), messages);
  }

  private static int pagesBelow(Path file) throws IOException {
    int count = 0;
    for (MessageLite message : pagemap(file)) {
      if (message instanceof PagemapEntry entry && entry.getVaddr() < BIG_VADDR) {
        count += entry.getCompatPageCount();
      }
    }
    return count;
  }

  private static List<MessageLite> pagemap(Path file) throws IOException {
    ByteBuffer image = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    image.position(8);
    List<MessageLite> messages = new ArrayList<>();
    while (image.hasRemaining()) {
      byte[] message = new byte[image.getInt()];
      image.get(message);
      messages.add(
          messages.isEmpty() ? PagemapHead.parseFrom(message) : PagemapEntry.parseFrom(message));
    }
    return messages;
  }

  private static void write(Path file, byte[] magic, List<? extends MessageLite> messages)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(magic);
      for (MessageLite message : messages) {
        out.write(
            ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(message.getSerializedSize())
                .array());
        message.writeTo(out);
      }
    }
  }

  private static void copyFolder(FileTree tree, String from, Path to) throws Exception {
    for (String name : tree.list(from)) {
      String path = from + "/" + name;
      if (tree.isDirectory(path)) {
        copyFolder(tree, path, to.resolve(name));
      } else {
        Files.createDirectories(to);
        copy(tree.find(path).orElseThrow(), to.resolve(name));
      }
    }
  }

  private static void copy(DataFile file, Path to) throws IOException {
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      channel.position(file.startBytes());
      InputStream in = Channels.newInputStream(channel);
      Files.write(to, in.readNBytes((int) file.sizeBytes()));
    }
  }
}
