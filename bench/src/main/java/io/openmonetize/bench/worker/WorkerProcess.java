package io.openmonetize.bench.worker;

import com.sun.management.OperatingSystemMXBean;
import io.openmonetize.config.Environment;
import io.openmonetize.lambda.MalformedPayloadException;
import io.openmonetize.logging.Log;
import io.openmonetize.packaging.SqsEvent;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.worker.WorkerFunction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The worker as a process of its own, told on standard input what to do: {@code book MIX BATCHES}
 * or {@code stages MIX BATCHES}. Answers each line with one of numbers.
 */
final class WorkerProcess {
  private static final Duration TIME_LEFT = Duration.ofSeconds(30);
  private static final String ALL_BOOKED = "{\"batchItemFailures\":[]}";

  private WorkerProcess() {}

  public static void main(String[] arguments) throws IOException, MalformedPayloadException {
    Environment environment = new Environment(System.getenv());
    // As in production the line of each batch is written, but to nowhere.
    Log log = Log.to(new PrintStream(OutputStream.nullOutputStream()), Log.Level.INFO);
    WorkerFunction worker = new WorkerFunction(environment, Clock.systemUTC(), log);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      Mix mix = Mix.valueOf(words[1]);
      int batches = Integer.parseInt(words[2]);
      System.out.println(
          switch (words[0]) {
            case "book" -> book(worker, mix, batches);
            case "stages" -> Stages.measure(environment, mix, batches);
            default -> throw new IllegalArgumentException("no such order: " + line);
          });
    }
    System.exit(0);
  }

  private static String book(WorkerFunction worker, Mix mix, int batches)
      throws MalformedPayloadException {
    List<Invocation> made = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      made.add(invocation(SqsEvent.of(MadeUpBatches.batch(mix, Clock.systemUTC().instant()))));
    }
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long wall = System.nanoTime();
    long cpu = process.getProcessCpuTime();
    for (Invocation batch : made) {
      String answer = new String(worker.answer(batch), StandardCharsets.UTF_8);
      if (!answer.equals(ALL_BOOKED)) {
        throw new IllegalStateException("events were not booked: " + answer);
      }
    }
    return (process.getProcessCpuTime() - cpu) + " " + (System.nanoTime() - wall);
  }

  private static Invocation invocation(byte[] event) {
    return new Invocation("bench", Clock.systemUTC().instant().plus(TIME_LEFT), null, null, event);
  }
}
