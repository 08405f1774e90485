package io.openmonetize.proxy;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.events.Provider;
import io.openmonetize.http.Origin;
import io.openmonetize.proxy.relay.OnCallerGone;
import io.openmonetize.proxy.reply.Cors;
import io.openmonetize.queue.IntentDelay;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The proxy's settings, each an environment variable.
 *
 * @param stage {@code OM_STAGE}
 * @param controlTable {@code OM_CONTROL_TABLE}, where the keys are
 * @param queueUrl {@code OM_USAGE_QUEUE_URL}
 * @param origins {@code ANTHROPIC_BASE_URL}, {@code OPENAI_BASE_URL}, {@code GEMINI_BASE_URL}
 * @param connectWithin {@code OM_CONNECT_TIMEOUT_MS}, 5 s
 * @param idleAtMost {@code OM_UPSTREAM_IDLE_CONNECTIONS}: kept for each provider, 64
 * @param idleLimit {@code OM_UPSTREAM_IDLE_MS}: how long, 30 s
 * @param policy of it {@code OM_UPSTREAM_TIMEOUT_MS}, 60 s, and {@code OM_ON_CALLER_GONE}
 * @param intents {@code OM_INTENT_DELAY_MS}, 14 minutes: the worker must be told the same
 * @param cors {@code OM_CORS_ORIGINS}: any unless set, separated by commas
 */
record ProxySettings(
    Stage stage,
    String controlTable,
    String queueUrl,
    Map<Provider, Origin> origins,
    Duration connectWithin,
    int idleAtMost,
    Duration idleLimit,
    CallPolicy policy,
    IntentDelay intents,
    Cors cors) {

  /**
   * @throws ConfigurationException naming the variable that is missing or wrong
   */
  static ProxySettings of(Environment environment) {
    return new ProxySettings(
        Stage.of(environment),
        environment.require("OM_CONTROL_TABLE"),
        environment.require("OM_USAGE_QUEUE_URL"),
        Map.of(
            Provider.ANTHROPIC,
            origin(environment, "ANTHROPIC_BASE_URL", "https://api.anthropic.com"),
            Provider.OPENAI,
            origin(environment, "OPENAI_BASE_URL", "https://api.openai.com"),
            Provider.GOOGLE,
            origin(environment, "GEMINI_BASE_URL", "https://generativelanguage.googleapis.com")),
        environment.milliseconds(
            "OM_CONNECT_TIMEOUT_MS", Duration.ofSeconds(5), Duration.ofMinutes(1)),
        environment.number("OM_UPSTREAM_IDLE_CONNECTIONS", 64, 0, 10_000),
        environment.milliseconds(
            "OM_UPSTREAM_IDLE_MS", Duration.ofSeconds(30), Duration.ofMinutes(10)),
        new CallPolicy(
            environment.milliseconds(
                "OM_UPSTREAM_TIMEOUT_MS", Duration.ofSeconds(60), Duration.ofMinutes(15)),
            CallPolicy.RESERVE,
            onCallerGone(environment)),
        IntentDelay.of(environment),
        cors(environment));
  }

  private static Origin origin(Environment environment, String variable, String fallback) {
    return Origin.of(environment.findUrl(variable).orElseGet(() -> URI.create(fallback)));
  }

  private static OnCallerGone onCallerGone(Environment environment) {
    return switch (environment.get("OM_ON_CALLER_GONE", "drain")) {
      case "drain" -> OnCallerGone.DRAIN;
      case "cancel" -> OnCallerGone.CANCEL;
      default -> throw new ConfigurationException("OM_ON_CALLER_GONE must be drain or cancel");
    };
  }

  private static Cors cors(Environment environment) {
    List<String> origins =
        Stream.of(environment.get("OM_CORS_ORIGINS", "*").split(","))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .toList();
    return new Cors(origins);
  }
}
