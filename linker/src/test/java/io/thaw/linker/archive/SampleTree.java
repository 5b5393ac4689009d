package io.thaw.linker.archive;

import com.github.luben.zstd.ZstdOutputStream;
import io.thaw.linker.model.ByteBlock;
import io.thaw.linker.model.DataFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Files, folders and links to be written as a folder or as a tar. */
final class SampleTree {

  /** How the tree is stored. The file names give no hint of it. */
  enum Form {
    FOLDER,
    TAR,
    GZIP,
    XZ,
    ZSTD
  }

  private record Member(byte type, String path, ByteBlock data, String target) {}

  private final List<Member> members = new ArrayList<>();

  SampleTree folder(String path) {
    members.add(new Member(TarConstants.LF_DIR, path + "/", ByteBlock.zeros(0), ""));
    return this;
  }

  SampleTree file(String path, byte[] data) {
    members.add(new Member(TarConstants.LF_NORMAL, path, ByteBlock.copyOf(data), ""));
    return this;
  }

  SampleTree link(String path, String target) {
    members.add(new Member(TarConstants.LF_SYMLINK, path, ByteBlock.zeros(0), target));
    return this;
  }

  /** Of any other type, for tars only. */
  SampleTree special(byte type, String path, String target) {
    members.add(new Member(type, path, ByteBlock.zeros(0), target));
    return this;
  }

  Path write(Path parent, Form form) throws IOException {
    Path sample = parent.resolve("sample");
    if (form == Form.FOLDER) {
      writeFolder(sample);
    } else {
      Files.write(sample, tar(form));
    }
    return sample;
  }

  private void writeFolder(Path root) throws IOException {
    for (Member member : members) {
      Path path = root.resolve(member.path());
      Files.createDirectories(path.getParent());
      switch (member.type()) {
        case TarConstants.LF_DIR -> Files.createDirectories(path);
        case TarConstants.LF_SYMLINK -> Files.createSymbolicLink(path, Path.of(member.target()));
        default -> Files.write(path, member.data().toArray());
      }
    }
  }

  byte[] tar(Form form) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(compressor(form, bytes))) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      for (Member member : members) {
        TarArchiveEntry entry = new TarArchiveEntry(member.path(), member.type());
        entry.setLinkName(member.target());
        entry.setSize(member.data().sizeBytes());
        tar.putArchiveEntry(entry);
        tar.write(member.data().toArray());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static OutputStream compressor(Form form, OutputStream out) throws IOException {
    return switch (form) {
      case GZIP -> new GZIPOutputStream(out);
      case XZ -> new XZOutputStream(out, new LZMA2Options(0));
      case ZSTD -> new ZstdOutputStream(out);
      case TAR, FOLDER -> out;
    };
  }

  /** What a reader of the range would see. */
  static byte[] bytesOf(DataFile file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) file.sizeBytes());
    try (FileChannel channel = FileChannel.open(file.path())) {
      channel.position(file.startBytes());
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IOException("the range leads beyond the end of " + file.path());
        }
      }
    }
    return bytes.array();
  }
}
