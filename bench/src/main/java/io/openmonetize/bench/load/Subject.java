package io.openmonetize.bench.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is measured: the provider itself, or something between it and its callers. */
final class Subject implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofMinutes(1);
  private static final Duration RUN_WITHIN = Duration.ofMinutes(3);
  private static final Duration BOOKED_WITHIN = Duration.ofSeconds(10);
  private static final long POLL_MILLIS = 5;
  private static final Pattern READY = Pattern.compile("\"proxy\":\"(http://[^\"]+)\"");

  private final Loop loop;
  private final Function<Scenario, ClosedLoop> runs;
  private final @Nullable Jvm process;
  private final @Nullable Services services;
  private final boolean enqueues;

  private Subject(
      Loop loop,
      Function<Scenario, ClosedLoop> runs,
      @Nullable Jvm process,
      @Nullable Services services,
      boolean enqueues) {
    this.loop = loop;
    this.runs = runs;
    this.process = process;
    this.services = services;
    this.enqueues = enqueues;
  }

  /** Whatever speaks the providers' HTTP there, unmetered as far as this bench can tell. */
  static Subject at(Loop loop, Callers.Target target) {
    return new Subject(loop, s -> new Callers(loop, target, s), null, null, false);
  }

  /**
   * The proxy as the process of a Lambda function, called at the Runtime API.
   *
   * @param workers how many invocations it takes at once
   * @param enqueues false to have it drop what it would enqueue
   */
  static Subject function(
      Loop loop, Provider provider, Jvm.Flags flags, int workers, boolean enqueues, String key)
      throws IOException, InterruptedException {
    Platform platform = Platform.start(loop);
    Services services = Services.start(loop);
    Map<String, String> environment = environment(provider, services, workers);
    environment.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + platform.port());
    String main =
        enqueues ? "io.openmonetize.proxy.Main" : "io.openmonetize.bench.load.UnqueuedProxy";
    Jvm process =
        Jvm.start(
            flags.arguments(),
            System.getProperty("java.class.path"),
            List.of(main),
            environment,
            Jvm.LogsTo.OUTPUT);
    Subject subject =
        new Subject(
            loop, s -> new Invocations(loop, platform, s, key), process, services, enqueues);
    try {
      subject.await(() -> platform.waiting() == workers, START_WITHIN, "the proxy did not start");
    } catch (RuntimeException | InterruptedException e) {
      subject.close();
      throw e;
    }
    return subject;
  }

  /**
   * The proxy as {@code ./om} runs it: behind the local stand-in of a Function URL, called by HTTP.
   *
   * @param classPath of the local system
   */
  static Subject local(Loop loop, Provider provider, String classPath, String key)
      throws IOException {
    Services services = Services.start(loop);
    Map<String, String> environment = environment(provider, services, 256);
    environment.put("OM_PROXY_PORT", "0");
    Jvm process =
        Jvm.start(
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            classPath,
            List.of("io.openmonetize.local.OpenMonetize", "proxy"),
            environment,
            Jvm.LogsTo.ERRORS);
    Callers.Target target = new Callers.Target(ready(process), _ -> headers(key), true);
    return new Subject(loop, s -> new Callers(loop, target, s), process, services, true);
  }

  /**
   * @throws IllegalStateException when a call was not answered in whole, or its event did not get
   *     to the queue
   */
  Run run(Scenario scenario) throws InterruptedException {
    if (services != null) {
      loop.call(services::take);
    }
    Duration cpu = process == null ? Duration.ZERO : process.cpu();
    long ours = loop.cpuNanos();
    Samples samples = runs.apply(scenario).run(RUN_WITHIN);
    long standIns = loop.cpuNanos() - ours;
    EventLog log = new EventLog();
    int sentAgain = 0;
    if (services != null) {
      if (enqueues) {
        await(
            () -> services.events() >= scenario.calls(),
            BOOKED_WITHIN,
            "not all calls were enqueued");
      }
      log = loop.call(services::take);
      sentAgain = log.check(samples.ids, enqueues);
    }
    Duration used = process == null ? Duration.ZERO : process.cpu().minus(cpu);
    return new Run(scenario, samples, used, Duration.ofNanos(standIns), log, sentAgain);
  }

  OptionalLong residentBytes() {
    return process == null ? OptionalLong.empty() : process.residentBytes();
  }

  @Override
  public void close() {
    if (process != null) {
      process.close();
    }
  }

  private void await(Condition condition, Duration within, String otherwise)
      throws InterruptedException {
    long end = System.nanoTime() + within.toNanos();
    while (!loop.call(condition::holds)) {
      if (System.nanoTime() - end > 0 || process != null && !process.alive()) {
        throw new IllegalStateException(otherwise);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Asked on the loop's thread. */
  private interface Condition {
    boolean holds();
  }

  private static Map<String, String> environment(
      Provider provider, Services services, int workers) {
    String providers = "http://127.0.0.1:" + provider.port();
    return new HashMap<>(
        Map.of(
            "OM_STAGE",
            "dev",
            "OM_CONTROL_TABLE",
            "control",
            "OM_USAGE_QUEUE_URL",
            services.queueUrl(),
            "OM_SQS_ENDPOINT",
            services.url(),
            "OM_DYNAMODB_ENDPOINT",
            services.url(),
            "ANTHROPIC_BASE_URL",
            providers,
            "OPENAI_BASE_URL",
            providers,
            "GEMINI_BASE_URL",
            providers,
            "OM_PROXY_WORKERS",
            Integer.toString(workers)));
  }

  private static Map<String, String> headers(String key) {
    return Map.of(
        "x-om-api-key", key,
        "x-om-customer-id", "acme",
        "x-om-user-id", "ann",
        "x-om-feature-id", "chat");
  }

  /** Waits until it says where it listens. */
  private static URI ready(Jvm process) throws IOException {
    String line = process.process().inputReader().readLine();
    Matcher ready = READY.matcher(line == null ? "" : line);
    if (!ready.find()) {
      throw new IOException("the local system did not start; ./om proxy may say why");
    }
    return URI.create(ready.group(1));
  }
}
