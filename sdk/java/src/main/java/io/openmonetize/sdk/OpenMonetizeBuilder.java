package io.openmonetize.sdk;

import io.openmonetize.sdk.delivery.Pacer;
import io.openmonetize.sdk.transport.HttpTransport;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The settings of a client. What is set to null takes its default. */
public final class OpenMonetizeBuilder {
  private static final String LOCAL_API = "http://localhost:8080";
  private static final String LOCAL_PROXY = "http://localhost:8082";
  private static final int BATCH_SIZE_AT_MOST = 1000;
  private static final Duration LONGEST = Duration.ofDays(365);

  private final Map<String, String> environment;
  private @Nullable String apiKey;
  private @Nullable String baseUrl;
  private @Nullable String proxyBaseUrl;
  private boolean debug;
  private int maxBatchSize = 100;
  private Duration flushInterval = Duration.ofMillis(500);
  private int maxQueueSize = 10_000;
  private int maxRetries = 12;
  private Duration timeout = Duration.ofSeconds(10);
  private Duration shutdownTimeout = Duration.ofSeconds(5);
  private @Nullable Path spoolDirectory;
  private long maxSpoolBytes = 100L * 1024 * 1024;
  private OpenMonetizeLogger logger = OpenMonetizeLogger.standardError();
  private @Nullable HttpTransport transport;
  private Pacer pacer = Pacer.SYSTEM;
  private Clock clock = Clock.systemUTC();
  private RandomGenerator random = new Random();

  OpenMonetizeBuilder(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * The key, with the scopes ingest, for reads read, and for the proxy proxy.
   *
   * @param key by default what {@code OPENMONETIZE_API_KEY} says; without one every event fails
   * @return this
   */
  public OpenMonetizeBuilder apiKey(@Nullable String key) {
    this.apiKey = key;
    return this;
  }

  /**
   * Where events go and reads come from.
   *
   * @param url by default what {@code OPENMONETIZE_BASE_URL} says, else {@code
   *     http://localhost:8080}
   * @return this
   */
  public OpenMonetizeBuilder baseUrl(@Nullable String url) {
    this.baseUrl = url;
    return this;
  }

  /**
   * Where the proxy is, for {@link OpenMonetize#proxyConfig}.
   *
   * @param url by default what {@code OPENMONETIZE_PROXY_URL} says, else {@code
   *     http://localhost:8082}
   * @return this
   */
  public OpenMonetizeBuilder proxyBaseUrl(@Nullable String url) {
    this.proxyBaseUrl = url;
    return this;
  }

  /**
   * Whether to log more. Bodies, keys and text of prompts and answers are never logged.
   *
   * @param on false by default
   * @return this
   */
  public OpenMonetizeBuilder debug(boolean on) {
    this.debug = on;
    return this;
  }

  /**
   * How many events go in one request.
   *
   * @param events 100 by default, from 1; more than 1,000 counts as 1,000
   * @return this
   */
  public OpenMonetizeBuilder maxBatchSize(int events) {
    this.maxBatchSize = events;
    return this;
  }

  /**
   * How long an event waits for others to go with.
   *
   * @param interval half a second by default; 0: until a batch is full or a flush
   * @return this
   */
  public OpenMonetizeBuilder flushInterval(@Nullable Duration interval) {
    this.flushInterval = interval == null ? Duration.ofMillis(500) : interval;
    return this;
  }

  /**
   * How many events may be on their way, which together may have 32 MB. Beyond it new ones are
   * dropped and counted.
   *
   * @param events 10,000 by default, from 1
   * @return this
   */
  public OpenMonetizeBuilder maxQueueSize(int events) {
    this.maxQueueSize = events;
    return this;
  }

  /**
   * How often a batch is sent again. The pauses grow from a quarter of a second to half a minute.
   *
   * @param retries 12 by default, which takes some minutes; from 0
   * @return this
   */
  public OpenMonetizeBuilder maxRetries(int retries) {
    this.maxRetries = retries;
    return this;
  }

  /**
   * How long one request may take.
   *
   * @param limit ten seconds by default, more than 0
   * @return this
   */
  public OpenMonetizeBuilder timeout(@Nullable Duration limit) {
    this.timeout = limit == null ? Duration.ofSeconds(10) : limit;
    return this;
  }

  /**
   * How long the flush may take when the client is closed or the process ends.
   *
   * @param limit five seconds by default, from 0
   * @return this
   */
  public OpenMonetizeBuilder shutdownTimeout(@Nullable Duration limit) {
    this.shutdownTimeout = limit == null ? Duration.ofSeconds(5) : limit;
    return this;
  }

  /**
   * Where events are kept that are not settled, so that they outlive the process.
   *
   * @param directory none by default; shared by any number of processes of one machine
   * @return this
   */
  public OpenMonetizeBuilder spoolDirectory(@Nullable Path directory) {
    this.spoolDirectory = directory;
    return this;
  }

  /**
   * How large the spool of one process may become; beyond it events are queued in memory only.
   *
   * @param bytes 100 MB by default, from 0
   * @return this
   */
  public OpenMonetizeBuilder maxSpoolBytes(long bytes) {
    this.maxSpoolBytes = bytes;
    return this;
  }

  /**
   * Where the client logs to.
   *
   * @param target standard error by default
   * @return this
   */
  public OpenMonetizeBuilder logger(@Nullable OpenMonetizeLogger target) {
    this.logger = target == null ? OpenMonetizeLogger.standardError() : target;
    return this;
  }

  /**
   * By what requests are made.
   *
   * @param calls the JDK's HTTP client by default
   * @return this
   */
  public OpenMonetizeBuilder transport(@Nullable HttpTransport calls) {
    this.transport = calls;
    return this;
  }

  /**
   * What time it is: for the timestamps of events.
   *
   * @param time the machine's by default
   * @return this
   */
  public OpenMonetizeBuilder clock(@Nullable Clock time) {
    this.clock = time == null ? Clock.systemUTC() : time;
    return this;
  }

  /**
   * Randomness for the pauses between tries.
   *
   * @param numbers {@link Random} by default
   * @return this
   */
  public OpenMonetizeBuilder random(@Nullable RandomGenerator numbers) {
    this.random = numbers == null ? new Random() : numbers;
    return this;
  }

  /**
   * The time of the sending thread: for tests that do not wait.
   *
   * @param time the machine's by default
   * @return this
   */
  public OpenMonetizeBuilder pacer(@Nullable Pacer time) {
    this.pacer = time == null ? Pacer.SYSTEM : time;
    return this;
  }

  /**
   * Makes the client and starts its thread.
   *
   * @return the client, to be closed
   * @throws IllegalArgumentException when a setting makes no sense: a URL that is none, a number
   *     out of its range, a key with characters that no header may have
   */
  public OpenMonetize build() {
    require(maxBatchSize >= 1, "maxBatchSize must be at least 1");
    require(!flushInterval.isNegative(), "flushInterval must not be negative");
    require(maxQueueSize >= 1, "maxQueueSize must be at least 1");
    require(maxRetries >= 0, "maxRetries must not be negative");
    require(!timeout.isNegative() && !timeout.isZero(), "timeout must be more than 0");
    require(!shutdownTimeout.isNegative(), "shutdownTimeout must not be negative");
    require(maxSpoolBytes >= 0, "maxSpoolBytes must not be negative");
    return new OpenMonetize(
        new ClientSettings(
            key(),
            url("baseUrl", baseUrl, "OPENMONETIZE_BASE_URL", LOCAL_API),
            url("proxyBaseUrl", proxyBaseUrl, "OPENMONETIZE_PROXY_URL", LOCAL_PROXY),
            Math.min(maxBatchSize, BATCH_SIZE_AT_MOST),
            bounded(flushInterval),
            maxQueueSize,
            maxRetries,
            bounded(timeout),
            bounded(shutdownTimeout),
            spoolDirectory,
            maxSpoolBytes),
        new ClientParts(new GuardedLogger(logger, debug), transport, pacer, clock, random));
  }

  /** A year is for ever here, and nanoseconds of more may not fit into a long. */
  private static Duration bounded(Duration length) {
    return length.compareTo(LONGEST) > 0 ? LONGEST : length;
  }

  private @Nullable String key() {
    String key = apiKey == null ? environment.get("OPENMONETIZE_API_KEY") : apiKey;
    String stripped = key == null ? "" : key.strip();
    require(
        stripped.chars().allMatch(c -> c > ' ' && c < 127),
        "The API key holds a character that no header may have");
    return stripped.isEmpty() ? null : stripped;
  }

  private String url(String name, @Nullable String set, String variable, String otherwise) {
    String text = set == null ? environment.get(variable) : set;
    String url = text == null || text.isBlank() ? otherwise : text.strip();
    try {
      URI uri = new URI(url);
      boolean http =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      require(http && uri.getHost() != null, name + " must be an http or https URL");
      require(
          uri.getRawQuery() == null && uri.getRawFragment() == null,
          name + " must end with its path");
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(name + " is not a URL", e);
    }
    return url.replaceAll("/+$", "");
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }
}
