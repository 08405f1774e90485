package io.openmonetize.bench;

import com.sun.management.ThreadMXBean;
import io.openmonetize.config.Environment;
import io.openmonetize.keys.KeyText;
import io.openmonetize.logging.Log;
import io.openmonetize.proxy.ProxyFunction;
import io.openmonetize.proxy.relay.Readers;
import io.openmonetize.runtime.InitializationException;
import io.openmonetize.runtime.LambdaRuntime;
import io.openmonetize.runtime.RuntimeEnvironment;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReader;
import io.openmonetize.usage.UsageReaders;
import io.openmonetize.usage.UsageReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * What reading usage costs as a share of the whole proxy's processor time: the function as it runs
 * on Lambda (Runtime API loop, checks, upstream socket, meter, log, queue) is given streams of a
 * hundred pieces, and its threads' time is taken with the reader and with one that does nothing, by
 * turns. Everything that it speaks to is another process: {@link Neighbours}.
 */
final class ReadingShare {
  /** How often the piece of text comes in a stream. */
  static final int PIECES = 100;

  /** A key of no use anywhere. */
  private static final String KEY = KeyText.random("dev", new SecureRandom()).reveal();

  /** The key store's answer to whatever is asked. */
  static final String KEY_ITEM =
      """
      {"Item":{"id":{"S":"key_1"},"hash":{"S":"h"},"name":{"S":"bench"},"prefix":{"S":"om_dev_"},\
      "environment":{"S":"dev"},"scopes":{"SS":["proxy"]},"created_by":{"S":"bench"},\
      "created_at":{"S":"2026-11-24T00:00:00Z"}}}\
      """;

  private static final int STREAMS_A_ROUND = 10;
  private static final int WARM_UP_ROUNDS = 40;
  private static final int ROUNDS = 61;

  private final AtomicBoolean reading = new AtomicBoolean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ReadingShare() {}

  /** The invocation that a Function URL makes of a call for a stream. */
  static String event(Shape shape) {
    return """
    {"version":"2.0","routeKey":"$default","rawPath":"%s","rawQueryString":"","headers":{\
    "content-type":"application/json","x-om-customer-id":"acme","x-om-user-id":"ann",\
    "x-om-feature-id":"chat","x-om-api-key":"%s","authorization":"Bearer none",\
    "x-amzn-trace-id":"Root=1-67891233-abcdef012345678912345678","x-forwarded-proto":"https"},\
    "requestContext":{"accountId":"anonymous","http":{"method":"POST","path":"%s",\
    "sourceIp":"203.0.113.9"}},"body":"{\\"model\\":\\"m\\",\\"stream\\":true,\\"stream_options\\":\
    {\\"include_usage\\":true},\\"messages\\":[{\\"role\\":\\"user\\",\\"content\\":\\"Hi\\"}]}",\
    "isBase64Encoded":false}\
    """
        .formatted(shape.path(), KEY, shape.path());
  }

  static void print() throws IOException, InterruptedException {
    System.out.println(
        "| stream | bytes | proxy, µs of CPU | the same without reading | reading, µs"
            + " | ns/byte | share of reading |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
    for (Shape shape : Shape.values()) {
      new ReadingShare().measure(shape);
    }
  }

  private void measure(Shape shape) throws IOException, InterruptedException {
    Process neighbours =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Neighbours.class.getName(),
                shape.name())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader answers = neighbours.inputReader(StandardCharsets.US_ASCII);
        Writer commands = neighbours.outputWriter(StandardCharsets.US_ASCII)) {
      serve(shape, answers.readLine());
      long[] with = new long[ROUNDS];
      long[] cost = new long[ROUNDS];
      for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
        boolean readingFirst = (round & 1) == 0;
        long first = nanos(readingFirst, commands, answers);
        long second = nanos(!readingFirst, commands, answers);
        if (round >= 0) {
          with[round] = readingFirst ? first : second;
          cost[round] = readingFirst ? first - second : second - first;
        }
      }
      int bytes = shape.frames(PIECES).stream().mapToInt(frame -> frame.length).sum();
      print(shape, bytes, median(with), median(cost));
    } finally {
      neighbours.destroy();
    }
  }

  /** Starts the function; it ends when its platform does. */
  private void serve(Shape shape, String port) {
    String url = "http://127.0.0.1:" + port;
    Map<String, String> variables =
        Map.of(
            "AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + port,
            "OM_STAGE", "dev",
            "OM_CONTROL_TABLE", "control",
            "OM_USAGE_QUEUE_URL", url + "/000000000000/usage",
            "OM_SQS_ENDPOINT", url,
            "OM_DYNAMODB_ENDPOINT", url,
            "ANTHROPIC_BASE_URL", url,
            "OPENAI_BASE_URL", url,
            "GEMINI_BASE_URL", url);
    UsageReading known = known(shape);
    Readers readers =
        (request, response, lines) ->
            reading.get() ? UsageReaders.of(request, response, lines) : new Blind(known);
    Log log = new Log(OutputStream.nullOutputStream(), Log.Level.INFO, Clock.systemUTC());
    LambdaRuntime runtime = new LambdaRuntime(RuntimeEnvironment.of(variables), System.err);
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                runtime.run(
                    1,
                    () ->
                        ProxyFunction.create(
                            new Environment(variables),
                            Clock.systemUTC(),
                            log,
                            readers,
                            UnaryOperator.identity()));
              } catch (InitializationException e) {
                throw new IllegalStateException(e);
              } catch (IOException e) {
                // The platform is gone: the measurement is over.
              }
            });
  }

  /** What the reader would say, so that both ways book the same event. */
  private static UsageReading known(Shape shape) {
    UsageReader reader = UsageReaders.of(shape.request(), shape.response());
    shape.frames(PIECES).forEach(frame -> reader.read(frame, 0, frame.length));
    return reader.finish(AnswerEnd.WHOLE);
  }

  private record Blind(UsageReading reading) implements UsageReader {
    @Override
    public void read(byte[] buffer, int offset, int length) {}

    @Override
    public UsageReading finish(AnswerEnd end) {
      return reading;
    }
  }

  /** Processor time of the proxy's threads for one stream. */
  private long nanos(boolean read, Writer commands, BufferedReader answers) throws IOException {
    reading.set(read);
    long began = cpuNanos();
    commands.write(STREAMS_A_ROUND + "\n");
    commands.flush();
    if (!"settled".equals(answers.readLine())) {
      throw new IOException("the proxy's neighbours have ended");
    }
    return (cpuNanos() - began) / STREAMS_A_ROUND;
  }

  /**
   * Of all threads but this one and the JVM's own (collector, compiler): the process's time as the
   * platform tells it has steps of 10 ms, and two streams are done in one.
   */
  private long cpuNanos() {
    long own = Thread.currentThread().threadId();
    long[] others = Arrays.stream(threads.getAllThreadIds()).filter(id -> id != own).toArray();
    return Arrays.stream(threads.getThreadCpuTime(others)).filter(nanos -> nanos > 0).sum();
  }

  private static void print(Shape shape, int bytes, long with, long cost) {
    System.out.println(
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %d | %d | %.1f | %.1f %% |",
            shape,
            bytes,
            with / 1000,
            (with - cost) / 1000,
            cost / 1000,
            (double) cost / bytes,
            100.0 * cost / with));
  }

  private static long median(long[] values) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
