package io.openmonetize.local;

import io.openmonetize.config.Environment;
import io.openmonetize.ingest.IngestFunction;
import io.openmonetize.local.host.HttpApiHost;
import io.openmonetize.local.host.HttpApiHost.Route;
import io.openmonetize.logging.Log;
import io.openmonetize.query.QueryFunction;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The HTTP API on its port, and ingestion alone on another, where the guide has it. */
final class ApiRole {
  private static final Set<String> HEALTH_METHODS = Set.of("GET", "HEAD", "POST");

  private final HttpApiHost ingestion;
  private final HttpApiHost dashboard;

  private ApiRole(HttpApiHost ingestion, HttpApiHost dashboard) {
    this.ingestion = ingestion;
    this.dashboard = dashboard;
  }

  static ApiRole start(LocalSettings settings, Environment environment, Clock clock, Log log)
      throws IOException {
    IngestFunction ingest = new IngestFunction(environment, clock, log);
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
