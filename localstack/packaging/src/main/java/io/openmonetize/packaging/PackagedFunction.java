package io.openmonetize.packaging;

import io.openmonetize.local.parts.RuntimeApiStandIn;
import io.openmonetize.local.parts.RuntimeApiStandIn.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The process that Lambda would start from an unpacked package, with what it writes in a file. */
public final class PackagedFunction implements AutoCloseable {
  /** For a machine that is busy with other things. */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final Process process;
  private final Path output;
  private final RuntimeApiStandIn platform;
  private final long began;
  private int calls;

  private PackagedFunction(Process process, Path output, RuntimeApiStandIn platform, long began) {
    this.process = process;
    this.output = output;
    this.platform = platform;
    this.began = began;
  }

  /**
   * @param variables the whole environment; nothing is inherited
   */
  public static PackagedFunction start(
      List<String> command, Map<String, String> variables, RuntimeApiStandIn platform, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().clear();
    builder.environment().putAll(variables);
    long began = System.nanoTime();
    return new PackagedFunction(builder.start(), output, platform, began);
  }

  /** When the process was started, by {@link System#nanoTime}. */
  public long began() {
    return began;
  }

  /** Waits for the first question for an event, and says when it came. */
  public long awaitStart() throws IOException, InterruptedException {
    try {
      return platform.awaitStart(process::isAlive, PATIENCE);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + ", having written:\n" + written(), e);
    }
  }

  /** Gives it an event, and waits until it asks for the next. */
  public Answer invoke(byte[] event) throws IOException, InterruptedException {
    calls++;
    try {
      return platform.invoke(event, process::isAlive, PATIENCE);
    } catch (IOException e) {
      throw new IOException(e.getMessage() + ", having written:\n" + written(), e);
    }
  }

  /** How many events it has been given. */
  int calls() {
    return calls;
  }

  /** What the process has written up to now, errors included. */
  public String written() throws IOException {
    return Files.readString(output);
  }

  public long pid() {
    return process.pid();
  }

  /** Processor time of the process so far, in steps of 10 ms. */
  public Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Ends the process as Lambda does, with SIGTERM, and waits for that. */
  public void end() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("The process did not end, having written:\n" + written());
    }
  }

  /** Returns when it has gone. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
