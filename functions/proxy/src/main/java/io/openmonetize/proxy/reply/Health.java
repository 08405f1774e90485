package io.openmonetize.proxy.reply;

import io.openmonetize.proxy.request.Route.Probe;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Answers questions about the proxy itself. */
public final class Health {
  /** Anyone may ask; the parts asked about must not feel it. */
  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final String version;
  private final Map<String, BooleanSupplier> parts;
  private final Clock clock;
  private Map<String, Boolean> last = Map.of();
  private Instant lastAt = Instant.EPOCH;

  /**
   * @param parts what the proxy needs beside the providers: for each, whether it answers. They do
   *     not throw
   */
  public Health(String version, Map<String, BooleanSupplier> parts, Clock clock) {
    this.version = version;
    this.parts = Map.copyOf(parts);
    this.clock = clock;
  }

  public Reply answer(Probe probe) {
    return switch (probe) {
      case HEALTH -> Reply.json(200, body("healthy", ""));
      case LIVE -> Reply.json(200, body("live", ""));
      case READY -> readiness();
    };
  }

  private Reply readiness() {
    Map<String, Boolean> answers = ask();
    boolean ready = !answers.containsValue(false);
    String list =
        answers.entrySet().stream()
            .map(part -> "\"%s\":\"%s\"".formatted(part.getKey(), part.getValue() ? "ok" : "down"))
            .collect(Collectors.joining(",", ",\"parts\":{", "}"));
    return Reply.json(ready ? 200 : 503, body(ready ? "ready" : "not_ready", list));
  }

  private synchronized Map<String, Boolean> ask() {
    Instant now = clock.instant();
    if (Duration.between(lastAt, now).compareTo(REMEMBERED) >= 0) {
      Map<String, Boolean> answers = new TreeMap<>();
      parts.forEach((name, part) -> answers.put(name, part.getAsBoolean()));
      last = answers;
      lastAt = now;
    }
    return last;
  }

  private String body(String status, String more) {
    return "{\"status\":\"%s\",\"service\":\"ai-proxy\",\"version\":\"%s\"%s}"
        .formatted(status, version, more);
  }
}
