package io.thaw.app.dump;

import io.thaw.linker.model.ThreadState;
import io.thaw.linker.model.linux.ThreadDetails;
import io.thaw.linker.problem.InvalidInputException;
import java.io.IOException;

/**
 * A thread that is not the first one of its process.
 *
 * @param state its registers
 * @param details what the kernel keeps of it
 */
record ThreadCapture(ThreadState state, ThreadDetails details) {

  static ThreadCapture capture(StoppedProcess thread, Scratch ofProcess)
      throws InvalidInputException, IOException {
    ProcFiles files = new ProcFiles(thread.pid());
    RegisterCapture.Result registers = RegisterCapture.capture(thread, files);
    Scratch scratch = ofProcess.in(thread);
    SignalCapture signals = SignalCapture.capture(thread, scratch);
    return new ThreadCapture(
        new ThreadState(thread.pid(), registers.registers()),
        new TaskCapture(thread, files, scratch, Stat.read(files))
            .thread(signals.state(), signals.own(), registers.vectorState()));
  }
}
