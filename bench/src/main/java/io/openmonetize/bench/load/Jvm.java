package io.openmonetize.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** A Java process that is measured. */
final class Jvm implements AutoCloseable {
  /** As a function with the default 512 MB is started: see functions/proxy's bootstrap. */
  private static final List<String> HEAP = List.of("-Xmx256m");

  private static final List<String> AS_DEPLOYED =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-AOTAdapterCaching");

  /** How it is run. */
  enum Flags {
    DEFAULTS,
    DEPLOYED;

    List<String> arguments() {
      List<String> arguments = new ArrayList<>(HEAP);
      arguments.addAll(this == DEPLOYED ? AS_DEPLOYED : List.of());
      return arguments;
    }
  }

  /** The stream to which it logs; that goes nowhere, and the other is ours. */
  enum LogsTo {
    OUTPUT,
    ERRORS
  }

  private final Process process;

  private Jvm(Process process) {
    this.process = process;
  }

  /**
   * @param environment all of it
   */
  static Jvm start(
      List<String> flags,
      String classPath,
      List<String> mainAndArguments,
      Map<String, String> environment,
      LogsTo logsTo)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", classPath));
    command.addAll(mainAndArguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(
                logsTo == LogsTo.ERRORS
                    ? ProcessBuilder.Redirect.DISCARD
                    : ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(
                logsTo == LogsTo.OUTPUT
                    ? ProcessBuilder.Redirect.DISCARD
                    : ProcessBuilder.Redirect.PIPE);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return new Jvm(builder.start());
  }

  Process process() {
    return process;
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Of all its threads, the JVM's own too; on Linux in steps of 10 ms. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /**
   * What it has of the machine's memory; unknown where the system does not say it as Linux does.
   */
  OptionalLong residentBytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.isReadable(status)) {
      return OptionalLong.empty();
    }
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
