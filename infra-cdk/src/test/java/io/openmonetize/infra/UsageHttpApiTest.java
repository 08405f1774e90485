package io.openmonetize.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class UsageHttpApiTest {
  private static final String TO_INGEST = "IngestApi/Function";
  private static final String TO_QUERY = "QueryApi/Function";

  private final SynthesizedSystem system = SynthesizedSystem.of(Stage.PRODUCTION);

  @Test
  void routes_ingestion_hasItsOwnAndQueriesTheRest() {
    Map<String, String> routes = new TreeMap<>();
    for (Map<String, Object> route : properties("AWS::ApiGatewayV2::Route")) {
      routes.put((String) route.get("RouteKey"), functionOf(route));
    }
    assertThat(routes)
        .containsExactly(
            Map.entry("$default", TO_QUERY),
            Map.entry("GET /health", TO_INGEST),
            Map.entry("GET /ready", TO_INGEST),
            Map.entry("GET /v1/info", TO_INGEST),
            Map.entry("HEAD /health", TO_INGEST),
            Map.entry("HEAD /ready", TO_INGEST),
            Map.entry("HEAD /v1/info", TO_INGEST),
            Map.entry("POST /health", TO_INGEST),
            Map.entry("POST /ready", TO_INGEST),
            Map.entry("POST /v1/events/ingest", TO_INGEST),
            Map.entry("POST /v1/info", TO_INGEST));
  }

  /**
   * API Gateway calls as {@code <api>/<stage>/<method>/<path>}, but for {@code $default} as {@code
   * <api>/<stage>/$default}, which a pattern of three stars would refuse: every page would be a
   * 500.
   */
  @Test
  void permissions_eachRoute_mayInvokeItsFunction() {
    List<String> permissions =
        properties("AWS::Lambda::Permission").stream()
            .filter(permission -> "apigateway.amazonaws.com".equals(permission.get("Principal")))
            .map(
                permission ->
                    system.describe(permission.get("FunctionName"))
                        + " by "
                        + system
                            .describe(permission.get("SourceArn"))
                            .replaceFirst(".*HttpApi/Api", ""))
            .distinct()
            .toList();
    assertThat(permissions)
        .containsExactlyInAnyOrder(
            TO_QUERY + ".Arn by /*/*",
            TO_INGEST + ".Arn by /*/*/v1/events/ingest",
            TO_INGEST + ".Arn by /*/*/health",
            TO_INGEST + ".Arn by /*/*/ready",
            TO_INGEST + ".Arn by /*/*/v1/info");
  }

  @Test
  void integrations_payload_isFormatTwo() {
    assertThat(properties("AWS::ApiGatewayV2::Integration"))
        .hasSize(2)
        .allSatisfy(
            integration -> assertThat(integration).containsEntry("PayloadFormatVersion", "2.0"));
  }

  @Test
  void functions_timeout_isBelowTheApis() {
    assertThat(List.of(TO_INGEST, TO_QUERY))
        .allSatisfy(
            function ->
                assertThat((int) system.properties(function).get("Timeout")).isLessThan(30));
  }

  @Test
  void accessLog_line_namesNoCustomer() {
    Map<String, Object> log =
        SynthesizedSystem.object(system.properties("HttpApi/Stage").get("AccessLogSettings"));
    assertThat((String) log.get("Format"))
        .contains("$context.requestId")
        .doesNotContain("$context.path", "sourceIp", "querystring", "$context.authorizer");
  }

  private List<Map<String, Object>> properties(String type) {
    return system.services().findResources(type).values().stream()
        .map(resource -> SynthesizedSystem.object(resource.get("Properties")))
        .toList();
  }

  private String functionOf(Map<String, Object> route) {
    String integration = system.describe(route.get("Target")).replaceFirst("^integrations/", "");
    Object uri = system.properties(integration).get("IntegrationUri");
    return system.describe(uri).replaceFirst("\\.Arn$", "");
  }
}
