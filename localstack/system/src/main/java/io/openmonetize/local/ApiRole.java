package io.openmonetize.local;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.ingest.IngestFunction;
import io.openmonetize.ingest.Readiness;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.local.host.HttpApiHost;
import io.openmonetize.local.host.HttpApiHost.Route;
import io.openmonetize.logging.Log;
import io.openmonetize.query.QueryFunction;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.storage.KeyTable;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The HTTP API on its port, and ingestion alone on another, where the guide has it. */
final class ApiRole {
  private static final Set<String> HEALTH_METHODS = Set.of("GET", "HEAD", "POST");

  private static final Duration BACKENDS_ANSWER_WITHIN = Duration.ofSeconds(2);

  private final HttpApiHost ingestion;
  private final HttpApiHost dashboard;

  private ApiRole(HttpApiHost ingestion, HttpApiHost dashboard) {
    this.ingestion = ingestion;
    this.dashboard = dashboard;
  }

  static ApiRole start(LocalSettings settings, Environment environment, Clock clock, Log log)
      throws IOException {
    IngestFunction ingest = ingest(environment, clock, log);
    QueryFunction query = QueryFunction.create(environment, clock, new SecureRandom(), log);
    List<Route> routes = new ArrayList<>();
    routes.add(new Route(Set.of("POST"), "/v1/events/ingest", "ingest-api", ingest));
    for (String path : List.of("/health", "/ready", "/v1/info")) {
      routes.add(new Route(HEALTH_METHODS, path, "ingest-api", ingest));
    }
    routes.add(new Route(Set.of(), "*", "query", query));
    HttpApiHost ingestion =
        host(
            "OM_INGESTION_PORT",
            settings.ingestionPort(),
            List.of(new Route(Set.of(), "*", "ingest-api", ingest)),
            clock,
            log);
    try {
      return new ApiRole(
          ingestion, host("OM_DASHBOARD_PORT", settings.dashboardPort(), routes, clock, log));
    } catch (PortTakenException e) {
      ingestion.close();
      throw e;
    }
  }

  private static IngestFunction ingest(Environment environment, Clock clock, Log log) {
    AwsClients clients = new AwsClients(environment);
    KeyTable keys =
        new KeyTable(
            clients.dynamoDb(BACKENDS_ANSWER_WITHIN), environment.require("OM_CONTROL_TABLE"));
    SqsClient sqs = clients.sqs(BACKENDS_ANSWER_WITHIN);
    String queueUrl = environment.require("OM_USAGE_QUEUE_URL");
    return new IngestFunction(
        new KeyVerifier(Stage.of(environment).environment(), keys, clock),
        new UsageQueue(sqs, queueUrl),
        new Readiness(keys, sqs, queueUrl),
        clock,
        log);
  }

  URI ingestionUrl() {
    return URI.create("http://127.0.0.1:" + ingestion.port());
  }

  URI dashboardUrl() {
    return URI.create("http://127.0.0.1:" + dashboard.port());
  }

  /** Takes no more calls; those that run may end within this time. */
  void close(Duration grace) {
    ingestion.close(grace);
    dashboard.close(grace);
  }

  private static HttpApiHost host(
      String variable, int port, List<Route> routes, Clock clock, Log log) throws IOException {
    try {
      return HttpApiHost.start(port, routes, clock, log);
    } catch (BindException e) {
      throw new PortTakenException(variable, port, e);
    }
  }
}
