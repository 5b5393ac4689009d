package io.thaw.linker.format;

import io.thaw.linker.image.AsideFile;
import io.thaw.linker.problem.InvalidInputException;
import io.thaw.linker.progress.Progress;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes an image's memory in any format. */
public final class ImageExporter {

  private ImageExporter() {}

  /**
   * Writes {@code image} to the files of {@code format} for {@code output}. They get their names
   * once all are whole; each of them is an old file or a whole new one at every moment.
   *
   * @throws InvalidInputException if the format cannot hold this image
   * @throws IOException if it cannot be read or they cannot be written
   */
  public static void export(MemoryImage image, ImageFormat format, Path output, Progress progress)
      throws InvalidInputException, IOException {
    format.checkFits(image);
    List<AsideFile> files = new ArrayList<>();
    List<FileChannel> channels = new ArrayList<>();
    try {
      try {
        for (Path file : format.files(output)) {
          AsideFile aside = AsideFile.of(file);
          files.add(aside);
          channels.add(FileChannel.open(aside.path(), StandardOpenOption.WRITE));
        }
        write(image, format, channels, progress);
      } finally {
        closeAll(channels);
      }
      for (AsideFile file : files) {
        file.publish();
      }
    } finally {
      closeAll(files);
    }
  }

  private static void write(
      MemoryImage image, ImageFormat format, List<FileChannel> out, Progress progress)
      throws IOException {
    if (format instanceof BinaryFormat binary) {
      BinaryWriter.write(binary, image, out.get(0), progress);
    } else if (format instanceof VerilogHexFormat hex) {
      VerilogHexWriter.write(hex, image, out, progress);
    } else if (format instanceof IntelHexFormat intel) {
      IntelHexWriter.write(intel, image, out.get(0), progress);
    } else if (format instanceof SRecordFormat records) {
      SRecordWriter.write(records, image, out.get(0), progress);
    } else {
      copy(image, out.get(0));
    }
  }

  private static void copy(MemoryImage image, FileChannel out) throws IOException {
    try (FileChannel in = FileChannel.open(image.file(), StandardOpenOption.READ)) {
      long size = in.size();
      long done = 0;
      while (done < size) {
        long count = in.transferTo(done, size - done, out);
        if (count <= 0) {
          throw new EOFException(image.name() + " became shorter while it was read");
        }
        done += count;
      }
    }
  }

  private static void closeAll(List<? extends Closeable> resources) throws IOException {
    IOException failure = null;
    for (Closeable resource : resources) {
      try {
        resource.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
