package io.thaw.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with threads for rare work, recorded while it answers a client. */
class RecordedServerTest {

  private static final long MOST_WAITING_NANOS = 60_000_000_000L;

  private static final int QUESTIONS = 300;

  @TempDir Path folder;

  @BeforeEach
  void here() throws Exception {
    RecordedPrograms.assumePossible();
  }

  @Test
  void redisAnswersAClientAndIsReplayedWithoutOne() throws Exception {
    Path recording = folder.resolve("redis.rec");
    String port = Integer.toString(freePort());
    CompletableFuture<String> answers =
        CompletableFuture.supplyAsync(() -> ask(Integer.parseInt(port)));

    Thaw.Result recorded =
        RecordedPrograms.record(
            recording, "redis-server", "--port", port, "--save", "", "--appendonly", "no");

    assertThat(recorded.status()).as(recorded.toString()).isEqualTo(0);
    assertThat(recorded.stderr()).contains("ended by exit");
    assertThat(answers.get()).isEqualTo(numbers());
    Thaw.Result replayed = Thaw.run("run", recording, "--json", "--timeout", "120");
    JsonNode verdict = replayed.json();
    assertThat(verdict.get("verdict").asText()).as(replayed.toString()).isEqualTo("complete");
    assertThat(verdict.get("events").asLong()).isGreaterThan(3L * QUESTIONS);
    assertThat(replayed.stdoutText()).isEqualTo(recorded.stdoutText());
  }

  private static String numbers() {
    return IntStream.rangeClosed(1, QUESTIONS)
        .mapToObj(i -> ":" + i + "\r\n")
        .collect(Collectors.joining());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void send(Socket socket, String commands) throws IOException {
    socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
  }

  /** What the server answers; then it is ended. */
  private static String ask(int port) {
    long start = System.nanoTime();
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        StringBuilder answers = new StringBuilder();
        for (int i = 1; i <= QUESTIONS; i++) {
          send(socket, "INCR a\r\n");
          byte[] answer = socket.getInputStream().readNBytes((":" + i + "\r\n").length());
          answers.append(new String(answer, StandardCharsets.US_ASCII));
        }
        send(socket, "SHUTDOWN NOSAVE\r\n");
        return answers.toString();
      } catch (ConnectException e) {
        if (System.nanoTime() - start > MOST_WAITING_NANOS) {
          throw new AssertionError("the server does not come up", e);
        }
        sleep();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static void sleep() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
