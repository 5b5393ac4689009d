package io.thaw.app.cli;

import io.thaw.app.doctor.Diagnosis;
import io.thaw.app.doctor.DiagnosisJson;
import io.thaw.app.doctor.DiagnosisText;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code thaw doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description =
        "Says what Thaw needs of this machine, what is there, and the line that installs the rest."
            + " Status 4 if something is missing.")
final class DoctorCommand implements Callable<Integer> {

  @ParentCommand private Main main;

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws InterruptedException {
    Diagnosis diagnosis = Diagnosis.ofThisMachine();
    main.terminal()
        .out()
        .println(json ? DiagnosisJson.of(diagnosis).toPrettyString() : DiagnosisText.of(diagnosis));
    return diagnosis.good() ? ExitStatus.DONE : ExitStatus.MISSING;
  }
}
