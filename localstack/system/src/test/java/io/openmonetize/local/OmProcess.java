package io.openmonetize.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code ./om} as a process of its own, with only such variables as a test gives it. */
final class OmProcess implements AutoCloseable {
  private static final int ENDS_WITHIN_SECONDS = 60;

  private final Process process;
  private final BufferedReader output;
  private final Path errors;

  private OmProcess(Process process, Path errors) {
    this.process = process;
    this.output = process.inputReader();
    this.errors = errors;
  }

  static OmProcess start(Path folder, Map<String, String> variables, String... command)
      throws IOException {
    Path home = home();
    // All is built when this runs; without its stamp the script would have Maven build it again.
    Path stamp = home.resolve("localstack/system/target/om-built");
    if (!Files.exists(stamp)) {
      Files.createFile(stamp);
    }
    Files.setLastModifiedTime(stamp, FileTime.from(Instant.now()));
    Path errors = Files.createTempFile("om-" + command[0], ".log");
    List<String> line = new ArrayList<>(List.of(home.resolve("om").toString()));
    line.addAll(List.of(command));
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectError(errors.toFile()).directory(folder.toFile());
    Map<String, String> all = new HashMap<>();
    all.put("OM_PROXY_PORT", "0");
    all.put("OM_INGESTION_PORT", "0");
    all.put("OM_DASHBOARD_PORT", "0");
    all.put("OM_DATA_DIR", folder.resolve("data").toString());
    all.put("OM_PROXY_WORKERS", "8");
    all.putAll(variables);
    builder.environment().keySet().removeIf(name -> name.startsWith("OM_"));
    builder.environment().putAll(all);
    return new OmProcess(builder.start(), errors);
  }

  /** The one line of standard output. */
  JsonNode ready() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("it ended without being ready: " + errors());
    }
    return TestSystem.JSON.readTree(line);
  }

  /** Standard output that is left, once the process has ended. */
  String rest() throws IOException {
    return String.join("\n", output.lines().toList());
  }

  String errors() throws IOException {
    return Files.readString(errors);
  }

  int awaitEnd() throws InterruptedException, IOException {
    if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end: " + errors());
    }
    return process.exitValue();
  }

  /** SIGTERM; its output can still be read, as after {@link Process#destroy()} it can't. */
  void terminate() {
    process.toHandle().destroy();
  }

  /** SIGKILL, first to what it started, so that nothing of it has a moment to tidy up. */
  void kill() throws InterruptedException {
    List<ProcessHandle> started = process.descendants().toList();
    started.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
    for (ProcessHandle each : started) {
      each.onExit().join();
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.deleteIfExists(errors);
  }

  private static Path home() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isExecutable(at.resolve("om"))) {
        return at;
      }
    }
    throw new AssertionError("the script om was not found");
  }
}
