package io.thaw.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Shell scripts in QEMU's place, which are told what QEMU is told. */
final class FakeQemu {

  /** Sets {@code console}, {@code report}, {@code result} and {@code trace} from the arguments. */
  private static final String PREAMBLE =
      """
      #!/bin/sh
      for argument in "$@"; do
        case $argument in
          file,id=console,path=*) console=${argument#*path=} ;;
          file,id=report,path=*) report=${argument#*path=} ;;
          file=*) plugin=$argument ;;
        esac
      done
      result=$(printf %s "$plugin" | sed -n 's/.*,result=\\([^,]*\\).*/\\1/p')
      trace=$(printf %s "$plugin" | sed -n 's/.*,trace=\\([^,]*\\).*/\\1/p')
      """;

  private FakeQemu() {}

  /** Puts a script into a folder as {@code qemu-system-x86_64}. */
  static void install(Path folder, String script) throws IOException {
    Path program = folder.resolve("qemu-system-x86_64");
    Files.writeString(program, PREAMBLE + script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  /** A command that writes text to a file that the script knows. */
  static String write(String text, String file) {
    return "cat > \"$" + file + "\" <<'THE-END'\n" + text + "THE-END\n";
  }
}
