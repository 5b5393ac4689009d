package io.thaw.app.record.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.thaw.app.run.SystemCallNames;
import io.thaw.linker.model.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CallTableTest {

  private static final Pattern NUMBER =
      Pattern.compile("#define\\s+__NR(?:3264)?_(\\w+)\\s+(\\d+)\\s*");

  /** Numbers of asm-generic that are no calls of 64-bit programs. */
  private static final long ARCH_SPECIFIC = 244;

  private static final long FIRST_TIME64 = 403;
  private static final long LAST_TIME64 = 423;

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void everyCallThatHasANameHasARule(Architecture architecture) {
    CallTable table = CallTable.of(architecture);
    Set<String> without = new TreeSet<>();
    SystemCallNames.table(architecture)
        .forEach(
            (number, name) -> {
              if (table.rule(number).isEmpty()) {
                without.add(name);
              }
            });
    assertThat(without).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "X86_64, /usr/include/x86_64-linux-gnu/asm/unistd_64.h, 300",
    "X86_64, /usr/include/asm/unistd_64.h, 300",
    "AARCH64, /usr/include/asm-generic/unistd.h, 250",
  })
  void everyCallOfTheKernelsHeadersHasARule(Architecture architecture, Path header, int atLeast)
      throws IOException {
    assumeTrue(Files.exists(header), "no kernel headers here");
    CallTable table = CallTable.of(architecture);
    Set<String> without = new TreeSet<>();
    Set<Long> seen = new HashSet<>();
    for (String line : Files.readAllLines(header)) {
      Matcher row = NUMBER.matcher(line);
      if (row.matches() && isCall(architecture, row)) {
        long number = Long.parseLong(row.group(2));
        seen.add(number);
        if (table.rule(number).isEmpty()) {
          without.add(number + " " + row.group(1));
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(atLeast);
    assertThat(without).isEmpty();
  }

  private static boolean isCall(Architecture architecture, Matcher row) {
    long number = Long.parseLong(row.group(2));
    boolean generic = architecture == Architecture.AARCH64;
    return !row.group(1).equals("syscalls")
        && !(generic && number == ARCH_SPECIFIC)
        && !(generic && FIRST_TIME64 <= number && number <= LAST_TIME64);
  }

  /** A rule of a misspelt name would never be asked. */
  @Test
  void everyRuleBelongsToACall() {
    Set<String> names = new HashSet<>();
    for (Architecture architecture : Architecture.values()) {
      names.addAll(SystemCallNames.table(architecture).values());
    }
    assertThat(names).containsAll(CallTable.ruleNames());
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void numbersOfNoCallHaveNoRule(Architecture architecture) {
    assertThat(CallTable.of(architecture).rule(-1)).isEmpty();
    assertThat(CallTable.of(architecture).rule(470)).isEmpty();
    assertThat(CallTable.of(architecture).rule(1L << 32)).isEmpty();
  }

  @Test
  void callsAreNamedForMessages() {
    CallTable table = CallTable.of(Architecture.AARCH64);
    assertThat(table.name(63)).isEqualTo("read");
    assertThat(table.name(470)).isEqualTo("number 470");
  }

  @Test
  void theSameRuleServesBothArchitectures() {
    for (Architecture architecture : Architecture.values()) {
      assertThat(FakeCall.on(architecture, "uname", FakeCall.MEMORY).effects())
          .containsExactly("written 10000+390");
    }
  }

  @Test
  void refusalsSayWhy() {
    Set<String> refused =
        Set.of(
            "io_uring_setup",
            "io_submit",
            "userfaultfd",
            "ptrace",
            "process_vm_writev",
            "bpf",
            "kexec_load",
            "perf_event_open",
            "seccomp",
            "shmat",
            "remap_file_pages",
            "execve");
    for (String name : refused) {
      Optional<String> reason = FakeCall.of(name).refusal();
      assertThat(reason)
          .as(name)
          .hasValueSatisfying(text -> assertThat(text).hasSizeGreaterThan(9));
    }
  }
}
