package io.openmonetize.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.config.Environment;
import io.openmonetize.deployment.CloudAssembly.Resource;
import io.openmonetize.ingest.IngestFunction;
import io.openmonetize.local.host.HttpApiHost;
import io.openmonetize.local.host.SqsEventSource;
import io.openmonetize.local.parts.StandInProviders;
import io.openmonetize.logging.Log;
import io.openmonetize.query.QueryFunction;
import io.openmonetize.runtime.PayloadHandler;
import io.openmonetize.worker.WorkerFunction;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Our handlers in this process, each with the variables that its template gives it, behind the
 * routes, the function URL and the event source that the templates declare.
 */
final class DrivenSystem implements AutoCloseable {
  private static final String INGEST = "io.openmonetize.ingest.IngestFunction";
  private static final String QUERY = "io.openmonetize.query.QueryFunction";
  private static final String WORKER = "io.openmonetize.worker.WorkerFunction";
  private static final String INTEGRATION = "AWS::ApiGatewayV2::Integration";

  private final AwsServer server;
  private final CloudAssembly assembly;
  private final References references;
  private final Log log;
  private final Clock clock = Clock.systemUTC();
  private final StandInProviders providers = StandInProviders.start();
  private final Map<String, RightsGate> gates = new HashMap<>();
  private final SqsClient sqs;
  private final HostedProxy proxy;
  private final HttpApiHost http;

  DrivenSystem(AwsServer server, CloudAssembly assembly, References references, Log log)
      throws IOException, InterruptedException {
    this.server = server;
    this.assembly = assembly;
    this.references = references;
    this.log = log;
    this.sqs = server.sqs();
    Resource url = assembly.resource("AWS::Lambda::Url");
    proxy =
        HostedProxy.start(
            environment(target(url, url.properties().path("TargetFunctionArn")), Map.of()),
            clock,
            log);
    http = HttpApiHost.start(0, routes(), clock, log);
  }

  URI proxyUrl() {
    return proxy.url();
  }

  URI apiUrl() {
    return URI.create("http://127.0.0.1:" + http.port());
  }

  StandInProviders providers() {
    return providers;
  }

  /** The queue that the worker's event source reads. */
  String queueUrl() {
    return references.of(queue()).reference();
  }

  Resource queue() {
    Resource source = assembly.resource(CloudAssembly.EVENT_SOURCE);
    String arn = references.text(source.stack(), source.properties().path("EventSourceArn")).get();
    return assembly.resources(CloudAssembly.QUEUE).stream()
        .filter(queue -> arn.equals(references.of(queue).attributes().get("Arn")))
        .findFirst()
        .orElseThrow();
  }

  /**
   * The worker behind its event source, until it is closed.
   *
   * @param instead of what the template says
   */
  SqsEventSource startWorker(Map<String, String> instead) throws IOException {
    Resource source = assembly.resource(CloudAssembly.EVENT_SOURCE);
    Resource function = target(source, source.properties().path("FunctionName"));
    if (!handlerClass(function).equals(WORKER)) {
      throw new IllegalStateException("the queue's function is " + handlerClass(function));
    }
    return SqsEventSource.start(
        sqs,
        queueUrl(),
        new WorkerFunction(environment(function, instead), clock, log),
        new SqsEventSource.Settings(
            source.properties().path("BatchSize").asInt(),
            Duration.ofSeconds(source.properties().path("MaximumBatchingWindowInSeconds").asInt()),
            Duration.ofSeconds(function.properties().path("Timeout").asInt()),
            1),
        clock,
        log);
  }

  /** What functions have asked for so far that their roles have no right to, by function. */
  Map<String, List<Rights.Right>> refused() {
    Map<String, List<Rights.Right>> refused = new HashMap<>();
    gates.forEach((function, gate) -> refused.put(function, gate.refused()));
    refused.values().removeIf(List::isEmpty);
    return refused;
  }

  /** The server as the proxy sees it, with the rights of its role, to be asked for more. */
  RightsGate proxysGate() throws IOException {
    Resource url = assembly.resource("AWS::Lambda::Url");
    return newGate(target(url, url.properties().path("TargetFunctionArn")));
  }

  /** What the template gives the function that has this variable, the first there is. */
  String variable(String name) {
    return assembly.resources(CloudAssembly.FUNCTION).stream()
        .map(this::declared)
        .flatMap(variables -> Optional.ofNullable(variables.get(name)).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no function is told " + name));
  }

  @Override
  public void close() {
    http.close();
    proxy.close();
    providers.close();
    gates.values().forEach(RightsGate::close);
    sqs.close();
  }

  /**
   * The template's variables with what they stand for. What stands for something that exists here
   * only in this process, such as a front door's address, is replaced by that.
   */
  private Environment environment(Resource function, Map<String, String> instead)
      throws IOException {
    Map<String, String> variables =
        new HashMap<>(new AwsServer(gate(function).endpoint()).variables());
    variables.putAll(declared(function));
    if (function.properties().path("Environment").path("Variables").has("OM_PROXY_URL")) {
      variables.put("OM_PROXY_URL", proxy.url().toString());
    }
    variables.put("ANTHROPIC_BASE_URL", providers.anthropic().baseUrl().toString());
    variables.put("OPENAI_BASE_URL", providers.openAi().baseUrl().toString());
    variables.put("GEMINI_BASE_URL", providers.gemini().baseUrl().toString());
    variables.putAll(instead);
    return new Environment(variables);
  }

  private Map<String, String> declared(Resource function) {
    Map<String, String> variables = new HashMap<>();
    JsonNode declared = function.properties().path("Environment").path("Variables");
    for (Map.Entry<String, JsonNode> variable : declared.properties()) {
      references
          .text(function.stack(), variable.getValue())
          .ifPresent(value -> variables.put(variable.getKey(), value));
    }
    return variables;
  }

  private RightsGate gate(Resource function) throws IOException {
    RightsGate gate = gates.get(function.id());
    if (gate == null) {
      gate = newGate(function);
      gates.put(function.id(), gate);
    }
    return gate;
  }

  private RightsGate newGate(Resource function) throws IOException {
    return RightsGate.before(server.endpoint(), Rights.of(function, assembly, references));
  }

  /** Those with a path of their own come first, as in API Gateway. */
  private List<HttpApiHost.Route> routes() throws IOException {
    Map<String, PayloadHandler> handlers = new HashMap<>();
    List<HttpApiHost.Route> routes = new ArrayList<>();
    List<HttpApiHost.Route> rest = new ArrayList<>();
    for (Resource route : assembly.resources("AWS::ApiGatewayV2::Route")) {
      Resource integration =
          within(route, lastReference(route.properties().path("Target")), INTEGRATION);
      Resource function = target(integration, integration.properties().path("IntegrationUri"));
      var handler = handlers.get(function.id());
      if (handler == null) {
        handler = handler(function);
        handlers.put(function.id(), handler);
      }
      String[] key = route.properties().path("RouteKey").asText().split(" ", 2);
      if (key.length == 2) {
        Set<String> methods = key[0].equals("ANY") ? Set.of() : Set.of(key[0]);
        routes.add(new HttpApiHost.Route(methods, key[1], function.id(), handler));
      } else {
        rest.add(new HttpApiHost.Route(Set.of(), "*", function.id(), handler));
      }
    }
    routes.addAll(rest);
    return routes;
  }

  private PayloadHandler handler(Resource function) throws IOException {
    Environment environment = environment(function, Map.of());
    return switch (handlerClass(function)) {
      case INGEST -> new IngestFunction(environment, clock, log);
      case QUERY -> QueryFunction.create(environment, clock, new SecureRandom(), log);
      default -> throw new IllegalStateException("no route is known to " + handlerClass(function));
    };
  }

  private static String handlerClass(Resource function) {
    return function.properties().path("Handler").asText();
  }

  /** The function that a property of another resource names, by reference. */
  private Resource target(Resource from, JsonNode property) {
    return within(from, lastReference(property), CloudAssembly.FUNCTION);
  }

  private Resource within(Resource from, String id, String type) {
    return assembly.resources(type).stream()
        .filter(resource -> resource.stack().equals(from.stack()) && resource.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(from.id() + " leads to no " + type));
  }

  /** The id in {@code Ref} or {@code Fn::GetAtt}, or in the last of those that are joined. */
  private static String lastReference(JsonNode value) {
    if (value.has("Ref")) {
      return value.path("Ref").asText();
    }
    if (value.has("Fn::GetAtt")) {
      return value.path("Fn::GetAtt").path(0).asText();
    }
    JsonNode parts = value.path("Fn::Join").path(1);
    return parts.isEmpty() ? "" : lastReference(parts.get(parts.size() - 1));
  }
}
