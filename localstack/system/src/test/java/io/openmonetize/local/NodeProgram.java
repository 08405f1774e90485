package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A running program of Node, which says lines of JSON. */
final class NodeProgram implements AutoCloseable {
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(120);

  private final Process process;
  private final BufferedReader output;
  private final Path errors;
  private final StringBuilder logged = new StringBuilder();

  private NodeProgram(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader();
    this.errors = errors;
    // A line that never comes can't be waited for with a time limit.
    Thread.ofVirtual().start(this::endInTime);
  }

  static NodeProgram start(List<String> line, Path folder, Map<String, String> variables)
      throws IOException {
    Path errors = Files.createTempFile("node-", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectError(errors.toFile());
    // Keys and addresses of the one who runs the tests are none of theirs.
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.matches("(OPENMONETIZE|ANTHROPIC|OPENAI|GEMINI|GOOGLE)_.*"));
    builder.environment().putAll(variables);
    return new NodeProgram(builder.start(), errors);
  }

  /** The next line, less those that the package logs on the console. */
  JsonNode next() throws IOException {
    String line = output.readLine();
    while (line != null && line.startsWith("[OpenMonetize]")) {
      logged.append(line).append('\n');
      line = output.readLine();
    }
    if (line == null) {
      throw new AssertionError("it said no more: " + errors());
    }
    return TestSystem.JSON.readTree(line);
  }

  /** The next line that has this field. */
  JsonNode await(String field) throws IOException {
    JsonNode line = next();
    while (!line.has(field)) {
      line = next();
    }
    return line;
  }

  /** What the package logged so far: warnings go to standard error. */
  String logged() throws IOException {
    return logged + errors();
  }

  private String errors() throws IOException {
    return Files.readString(errors);
  }

  void awaitEnd() throws Exception {
    int code = process.waitFor();
    if (code != 0) {
      throw new AssertionError("it ended with " + code + ": " + errors());
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    Files.deleteIfExists(errors);
  }

  private void endInTime() {
    try {
      if (!process.waitFor(ENDS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
