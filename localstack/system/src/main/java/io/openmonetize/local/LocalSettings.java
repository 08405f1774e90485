package io.openmonetize.local;

import io.openmonetize.config.ConfigurationException;
import io.openmonetize.config.Environment;
import io.openmonetize.local.host.OnCallerGone;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Settings of local running, all from environment variables.
 *
 * @param functions what the functions see: everything but this machine's AWS credentials
 * @param proxyPort {@code OM_PROXY_PORT}; 0 for any free one, as with the other ports
 * @param ingestionPort {@code OM_INGESTION_PORT}
 * @param dashboardPort {@code OM_DASHBOARD_PORT}
 * @param proxyWorkers {@code OM_PROXY_WORKERS}: calls through the proxy at once
 * @param proxyTimeout {@code OM_PROXY_TIMEOUT_MS}: how long one may take
 * @param stopWithin {@code OM_STOP_WITHIN_MS}: how long running calls may go on after the stop
 * @param apiKey {@code OM_API_KEY}
 * @param dynamoDbEndpoint {@code OM_DYNAMODB_ENDPOINT}; where absent, a server is started
 * @param sqsEndpoint {@code OM_SQS_ENDPOINT}; where absent, a server is started
 */
record LocalSettings(
    Environment functions,
    int proxyPort,
    int ingestionPort,
    int dashboardPort,
    int proxyWorkers,
    Duration proxyTimeout,
    OnCallerGone onCallerGone,
    Duration stopWithin,
    Optional<String> apiKey,
    Optional<URI> dynamoDbEndpoint,
    Optional<URI> sqsEndpoint) {
  private static final int HIGHEST_PORT = 65_535;

  /** A delayed message lives for 15 minutes at most, and must outlive the call that it is about. */
  private static final Duration PROXY_TIMEOUT = Duration.ofMinutes(13);

  /**
   * @throws ConfigurationException when a variable is wrong
   */
  static LocalSettings of(Environment environment) {
    return new LocalSettings(
        withoutCredentials(environment),
        environment.number("OM_PROXY_PORT", 8082, 0, HIGHEST_PORT),
        environment.number("OM_INGESTION_PORT", 8081, 0, HIGHEST_PORT),
        environment.number("OM_DASHBOARD_PORT", 8080, 0, HIGHEST_PORT),
        environment.number("OM_PROXY_WORKERS", 256, 1, 1000),
        environment.milliseconds("OM_PROXY_TIMEOUT_MS", PROXY_TIMEOUT, PROXY_TIMEOUT),
        onCallerGone(environment),
        environment.milliseconds(
            "OM_STOP_WITHIN_MS", Duration.ofSeconds(20), Duration.ofMinutes(15)),
        environment.find("OM_API_KEY"),
        environment.findUrl("OM_DYNAMODB_ENDPOINT"),
        environment.findUrl("OM_SQS_ENDPOINT"));
  }

  /** The servers of this machine take any credentials; the operator's real ones stay out of it. */
  private static Environment withoutCredentials(Environment environment) {
    return new Environment(
        environment.variables().entrySet().stream()
            .filter(variable -> !variable.getKey().startsWith("AWS_"))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private static OnCallerGone onCallerGone(Environment environment) {
    return switch (environment.get("OM_ON_CALLER_GONE", "drain")) {
      case "drain" -> OnCallerGone.DRAIN;
      case "cancel" -> OnCallerGone.CANCEL;
      default -> throw new ConfigurationException("OM_ON_CALLER_GONE must be drain or cancel");
    };
  }
}
