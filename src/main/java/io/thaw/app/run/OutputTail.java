package io.thaw.app.run;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/** Copies a file to a stream while it grows, on a thread of its own. */
final class OutputTail {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final long POLL_MILLISECONDS = 5;

  private final Path file;
  private final OutputStream output;
  private final Thread thread;
  private volatile boolean grown;
  private volatile IOException failure;

  private OutputTail(Path file, OutputStream output) {
    this.file = file;
    this.output = output;
    this.thread = new Thread(this::copy, "program output");
    thread.setDaemon(true);
  }

  static OutputTail start(Path file, OutputStream output) {
    OutputTail tail = new OutputTail(file, output);
    tail.thread.start();
    return tail;
  }

  /** What kept the output from being copied. */
  Optional<IOException> failure() {
    return Optional.ofNullable(failure);
  }

  /** To be called when the file grows no more: copies the rest. */
  void finish() throws InterruptedException {
    grown = true;
    thread.join();
  }

  private void copy() {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try (FileChannel channel = FileChannel.open(file)) {
      while (true) {
        boolean last = grown;
        while (channel.read(buffer.clear()) > 0) {
          output.write(buffer.array(), 0, buffer.position());
          output.flush();
          if (output instanceof PrintStream printStream && printStream.checkError()) {
            throw new IOException("the stream is closed");
          }
        }
        if (last) {
          return;
        }
        Thread.sleep(POLL_MILLISECONDS);
      }
    } catch (IOException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
