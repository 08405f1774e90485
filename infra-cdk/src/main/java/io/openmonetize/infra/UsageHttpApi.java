package io.openmonetize.infra;

import java.util.List;
import java.util.Optional;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegration;
import software.amazon.awscdk.aws_apigatewayv2_integrations.HttpLambdaIntegrationProps;
import software.amazon.awscdk.services.apigateway.AccessLogFormat;
import software.amazon.awscdk.services.apigatewayv2.AddRoutesOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainMappingOptions;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.HttpApi;
import software.amazon.awscdk.services.apigatewayv2.HttpMethod;
import software.amazon.awscdk.services.apigatewayv2.HttpStage;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogDestination;
import software.amazon.awscdk.services.apigatewayv2.IAccessLogSettings;
import software.amazon.awscdk.services.apigatewayv2.LogGroupLogDestination;
import software.amazon.awscdk.services.apigatewayv2.PayloadFormatVersion;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.route53.CfnRecordSet;
import software.constructs.Construct;

/**
 * The one HTTP API before ingestion, which has its few routes, and queries, which have the rest.
 */
public final class UsageHttpApi extends Construct {
  /** No path, query or address: they name customers and users. */
  private static final String ACCESS_LOG_LINE =
      """
      {"event":"http_access","time":"$context.requestTime","request_id":"$context.requestId",\
      "method":"$context.httpMethod","route":"$context.routeKey","status":"$context.status",\
      "latency_ms":"$context.responseLatency","error":"$context.integrationErrorMessage"}\
      """;

  private final HttpApi api;
  private final Optional<CustomDomain> domain;

  UsageHttpApi(Construct scope, String id, Stage stage, IngestApi ingest, QueryApi query) {
    super(scope, id);
    HttpLambdaIntegration toQuery = integration("Query", query.function());
    api =
        HttpApi.Builder.create(this, "Api")
            .description("OpenMonetize " + stage.configName())
            // The stage below takes the default one's place, for its access log.
            .createDefaultStage(false)
            .defaultIntegration(toQuery)
            .build();
    addIngestRoutes(integration("Ingest", ingest.function()));
    domain = CustomDomain.of(getNode());
    addStage(stage);
    Nag.suppress(
        api,
        "AwsSolutions-APIG4",
        "The functions check API keys and operator sessions themselves, the same way on AWS and on"
            + " one machine; health checks and the sign-in page are open by design.");
  }

  /** Each route gets its own permission: one for the whole API would leave out $default. */
  private static HttpLambdaIntegration integration(String id, IFunction function) {
    return new HttpLambdaIntegration(
        id,
        function,
        HttpLambdaIntegrationProps.builder()
            .payloadFormatVersion(PayloadFormatVersion.VERSION_2_0)
            .build());
  }

  private void addIngestRoutes(HttpLambdaIntegration toIngest) {
    addRoutes(toIngest, "/v1/events/ingest", HttpMethod.POST);
    for (String path : List.of("/health", "/ready", "/v1/info")) {
      addRoutes(toIngest, path, HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST);
    }
  }

  private void addRoutes(HttpLambdaIntegration integration, String path, HttpMethod... methods) {
    api.addRoutes(
        AddRoutesOptions.builder()
            .path(path)
            .methods(List.of(methods))
            .integration(integration)
            .build());
  }

  private void addStage(Stage stage) {
    LogGroup logs =
        LogGroup.Builder.create(this, "AccessLogs")
            .retention(stage.logRetention())
            .removalPolicy(stage.removalPolicy())
            .build();
    HttpStage.Builder door =
        HttpStage.Builder.create(this, "Stage")
            .httpApi(api)
            .stageName("$default")
            .autoDeploy(true)
            .accessLogSettings(new AccessLog(new LogGroupLogDestination(logs)));
    domain.ifPresent(named -> door.domainMapping(mapping(named)));
    door.build();
  }

  private DomainMappingOptions mapping(CustomDomain named) {
    DomainName name =
        DomainName.Builder.create(this, "Domain")
            .domainName(named.name())
            .certificate(
                Certificate.fromCertificateArn(this, "Certificate", named.certificateArn()))
            .build();
    CfnRecordSet.Builder.create(this, "Record")
        .hostedZoneId(named.hostedZoneId())
        .name(named.name())
        .type("A")
        .aliasTarget(
            CfnRecordSet.AliasTargetProperty.builder()
                .dnsName(name.getRegionalDomainName())
                .hostedZoneId(name.getRegionalHostedZoneId())
                .build())
        .build();
    return DomainMappingOptions.builder().domainName(name).build();
  }

  HttpApi api() {
    return api;
  }

  String url() {
    return domain.map(named -> "https://" + named.name()).orElseGet(api::getApiEndpoint);
  }

  /** The interface has no builder, as most of CDK's have. */
  private static final class AccessLog implements IAccessLogSettings {
    private final IAccessLogDestination destination;

    AccessLog(IAccessLogDestination destination) {
      this.destination = destination;
    }

    @Override
    public IAccessLogDestination getDestination() {
      return destination;
    }

    @Override
    public AccessLogFormat getFormat() {
      return AccessLogFormat.custom(ACCESS_LOG_LINE);
    }
  }
}
