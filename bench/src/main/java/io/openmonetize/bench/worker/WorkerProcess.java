package io.openmonetize.bench.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.sun.management.OperatingSystemMXBean;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.worker.WorkerFunction;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * The worker as a process of its own, told on standard input what to do: {@code book MIX BATCHES}
 * or {@code stages MIX BATCHES}. Answers each line with one of numbers.
 */
final class WorkerProcess {
  private static final int MILLISECONDS_LEFT = 30_000;

  private WorkerProcess() {}

  public static void main(String[] arguments) throws IOException {
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

  private static String book(WorkerFunction worker, Mix mix, int batches) {
    List<SQSEvent> made = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      made.add(MadeUpBatches.batch(mix, Clock.systemUTC().instant()));
    }
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long wall = System.nanoTime();
    long cpu = process.getProcessCpuTime();
    for (SQSEvent batch : made) {
      int failed = worker.handleRequest(batch, plenty()).getBatchItemFailures().size();
      if (failed > 0) {
        throw new IllegalStateException(failed + " events were not booked");
      }
    }
    return (process.getProcessCpuTime() - cpu) + " " + (System.nanoTime() - wall);
  }

  /** An invocation with time left, of which nothing else is asked. */
  private static Context plenty() {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              if (method.getName().equals("getRemainingTimeInMillis")) {
                return MILLISECONDS_LEFT;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }
}
