package io.thaw.linker.criu.write;

import com.google.protobuf.ByteString;
import io.thaw.linker.criu.FileTypes;
import io.thaw.linker.criu.proto.ExternalFile;
import io.thaw.linker.criu.proto.Fifo;
import io.thaw.linker.criu.proto.OpenFile;
import io.thaw.linker.criu.proto.Pipe;
import io.thaw.linker.criu.proto.RegularFile;
import io.thaw.linker.criu.proto.SocketOptions;
import io.thaw.linker.criu.proto.Terminal;
import io.thaw.linker.criu.proto.UnixSocket;
import io.thaw.linker.model.Descriptor;
import io.thaw.linker.model.linux.DescriptorDetails;
import io.thaw.linker.model.linux.ProcessDetails;
import io.thaw.linker.model.linux.TerminalDetails;
import java.util.Optional;

/** Turns open files of the model into entries of {@code files.img}. */
final class DescriptorEncoder {

  private static final int S_IFMT = 0170000;
  private static final int S_IFREG = 0100000;

  private static final int SOCKET_STREAM = 1;
  private static final int STATE_ESTABLISHED = 1;
  private static final int STATE_LISTENING = 10;

  /** USK_EXTERN of {@code criu/sk-unix.c}: the other end is outside of the dump. */
  private static final int NOTE_OUTSIDE = 1;

  private static final int O_RDWR = 2;

  private final ProcessDetails details;
  private final FileTable table;

  DescriptorEncoder(ProcessDetails details, FileTable table) {
    this.details = details;
    this.table = table;
  }

  /** Adds what is open to the table. */
  void encode(Descriptor descriptor) {
    int id = (int) descriptor.openFileId();
    switch (descriptor.kind()) {
      case REGULAR -> table.add(regular(id, descriptor));
      case PIPE -> pipe(id, descriptor);
      case SOCKET -> socket(id);
      case TERMINAL -> terminal(id, descriptor);
      case OTHER -> other(id, descriptor);
    }
  }

  private static OpenFile regular(int id, Descriptor descriptor) {
    RegularFile.Builder regular =
        RegularFile.newBuilder()
            .setId(id)
            .setFlags((int) descriptor.flags())
            .setPosition(descriptor.positionBytes())
            .setOwner(FileTable.NOBODY)
            .setName(descriptor.name())
            .setMode((int) descriptor.mode());
    if ((descriptor.mode() & S_IFMT) == S_IFREG) {
      regular.setSize(descriptor.sizeBytes());
    }
    return OpenFile.newBuilder().setType(FileTypes.REGULAR).setId(id).setRegular(regular).build();
  }

  /** A pipe with a name is known by its path, and has that in an entry of its own. */
  private void pipe(int id, Descriptor descriptor) {
    int pipe = details.descriptor(descriptor.fd()).map(DescriptorDetails::pipeId).orElse(0);
    int pipeId = pipe == 0 ? id : pipe;
    if (descriptor.name().startsWith("/")) {
      int file = table.newId();
      table.add(
          OpenFile.newBuilder()
              .setType(FileTypes.FIFO)
              .setId(id)
              .setFifo(Fifo.newBuilder().setId(id).setPipe(pipeId).setRegular(file))
              .build());
      table.add(regular(file, descriptor));
    } else {
      table.add(
          OpenFile.newBuilder()
              .setType(FileTypes.PIPE)
              .setId(id)
              .setPipe(
                  Pipe.newBuilder()
                      .setId(id)
                      .setPipe(pipeId)
                      .setFlags((int) descriptor.flags())
                      .setOwner(FileTable.NOBODY))
              .build());
    }
  }

  /** Whatever it was connected to, it is not in the dump: a socket with its other end outside. */
  private void socket(int id) {
    int peer = table.newId();
    table.add(socket(id, id, STATE_ESTABLISHED, /* notes= */ 0, peer));
    table.add(socket(peer, peer, STATE_LISTENING, NOTE_OUTSIDE, /* peer= */ 0));
  }

  private static OpenFile socket(int id, int inode, int state, int notes, int peer) {
    return OpenFile.newBuilder()
        .setType(FileTypes.UNIX_SOCKET)
        .setId(id)
        .setUnixSocket(
            UnixSocket.newBuilder()
                .setId(id)
                .setInode(inode)
                .setType(SOCKET_STREAM)
                .setState(state)
                .setFlags(O_RDWR)
                .setNotes(notes)
                .setBacklog(0)
                .setPeer(peer)
                .setOwner(FileTable.NOBODY)
                .setOptions(
                    SocketOptions.newBuilder()
                        .setSendBufferBytes(0)
                        .setReceiveBufferBytes(0)
                        .setSendSeconds(0)
                        .setSendMicroseconds(0)
                        .setReceiveSeconds(0)
                        .setReceiveMicroseconds(0))
                .setName(ByteString.EMPTY))
        .build();
  }

  private void terminal(int id, Descriptor descriptor) {
    Optional<TerminalDetails> known = details.terminal(descriptor.openFileId());
    Terminal.Builder terminal =
        Terminal.newBuilder()
            .setId(id)
            .setInformation(known.map(TerminalEncoder::id).orElse(0))
            .setFlags((int) descriptor.flags())
            .setOwner(FileTable.NOBODY);
    if (known.isPresent()) {
      int file = table.newId();
      terminal.setRegular(file);
      table.add(TerminalEncoder.encode(known.get()));
      table.add(
          OpenFile.newBuilder()
              .setType(FileTypes.REGULAR)
              .setId(file)
              .setRegular(
                  RegularFile.newBuilder()
                      .setId(file)
                      .setFlags((int) descriptor.flags())
                      .setPosition(0)
                      .setOwner(FileTable.NOBODY)
                      .setName(known.get().file().path())
                      .setMode(known.get().file().mode()))
              .build());
    }
    table.add(
        OpenFile.newBuilder().setType(FileTypes.TERMINAL).setId(id).setTerminal(terminal).build());
  }

  /** Devices and folders have a path; the rest only a plug-in of CRIU could put back. */
  private void other(int id, Descriptor descriptor) {
    if (descriptor.name().startsWith("/")) {
      table.add(regular(id, descriptor));
    } else {
      table.add(
          OpenFile.newBuilder()
              .setType(FileTypes.EXTERNAL)
              .setId(id)
              .setExternal(ExternalFile.newBuilder().setId(id).setOwner(FileTable.NOBODY))
              .build());
    }
  }
}
