package io.openmonetize.ingest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyVerdict;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.keys.Scope;
import io.openmonetize.lambda.HttpEvent;
import io.openmonetize.lambda.HttpReply;
import io.openmonetize.lambda.MalformedPayloadException;
import io.openmonetize.logging.Log;
import io.openmonetize.queue.UsageQueue;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.Retention;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The handler behind the HTTP API's ingestion routes (payload format 2.0). */
public final class IngestFunction implements PayloadHandler {
  private static final String VERSION = "0.1.0";
  private static final String SERVICE = "ingestion-service";
  private static final Duration AWS_ANSWERS_WITHIN = Duration.ofSeconds(2);

  private static final List<String> POST = List.of("POST");
  private static final List<String> GET = List.of("GET", "HEAD");
  private static final List<String> PROBE = List.of("GET", "HEAD", "POST");

  private final KeyVerifier keys;
  private final Intake intake;
  private final Readiness readiness;
  private final Clock clock;
  private final Log log;

  public IngestFunction(
      KeyVerifier keys,
      UsageQueue queue,
      Readiness readiness,
      Retention retention,
      Clock clock,
      Log log) {
    this.keys = keys;
    this.intake = new Intake(queue, retention, clock);
    this.readiness = readiness;
    this.clock = clock;
    this.log = log;
  }

  /**
   * From {@code OM_STAGE}, {@code OM_CONTROL_TABLE}, {@code OM_USAGE_QUEUE_URL} and, if events are
   * not kept for ever, {@code OM_EVENT_RETENTION_DAYS}.
   */
  public IngestFunction(Environment environment, Clock clock, Log log) {
    this(environment, new AwsClients(environment), clock, log);
  }

  private IngestFunction(Environment environment, AwsClients clients, Clock clock, Log log) {
    this(
        environment,
        new KeyTable(clients.dynamoDb(AWS_ANSWERS_WITHIN), environment.require("OM_CONTROL_TABLE")),
        clients.sqs(AWS_ANSWERS_WITHIN),
        clock,
        log);
  }

  private IngestFunction(
      Environment environment, KeyTable table, SqsClient sqs, Clock clock, Log log) {
    this(
        new KeyVerifier(Stage.of(environment).environment(), table, clock),
        new UsageQueue(sqs, environment.require("OM_USAGE_QUEUE_URL"), log),
        new Readiness(table, sqs, environment.require("OM_USAGE_QUEUE_URL")),
        Retention.of(environment),
        clock,
        log);
  }

  @Override
  public byte[] answer(Invocation invocation) throws MalformedPayloadException {
    return answer(HttpEvent.read(invocation.event())).toJson();
  }

  HttpReply answer(HttpEvent event) {
    String requestId = UUID.randomUUID().toString();
    Answers answers = new Answers(requestId);
    try {
      return route(new IngestRequest(event), answers, requestId);
    } catch (RuntimeException e) {
      log.error("request.failed", "request_id", requestId, "cause", e);
      return answers.error(
          500, "INTERNAL_ERROR", "Failed to process events. Please try again later.");
    }
  }

  private HttpReply route(IngestRequest request, Answers answers, String requestId) {
    return switch (request.path()) {
      case "/v1/events/ingest" ->
          allowed(request, answers, POST, () -> ingest(request, answers, requestId));
      case "/health" -> allowed(request, answers, PROBE, () -> health(answers));
      case "/ready" -> allowed(request, answers, PROBE, () -> ready(answers));
      case "/v1/info" -> allowed(request, answers, GET, () -> info(answers));
      default -> answers.error(404, "NOT_FOUND", "There is no such route");
    };
  }

  private static HttpReply allowed(
      IngestRequest request, Answers answers, List<String> methods, Supplier<HttpReply> answer) {
    return methods.contains(request.method()) ? answer.get() : answers.methodNotAllowed(methods);
  }

  private HttpReply ingest(IngestRequest request, Answers answers, String requestId) {
    long start = clock.millis();
    KeyVerdict verdict =
        request
            .key()
            .map(text -> keys.verify(text, Scope.INGEST, null))
            .orElseGet(KeyVerdict.Malformed::new);
    if (!(verdict instanceof KeyVerdict.Valid(ApiKey key))) {
      log.info(
          "key.refused", "request_id", requestId, "verdict", verdict.getClass().getSimpleName());
      return refused(verdict, answers);
    }
    EventBatch events;
    try {
      events = EventBatch.read(request);
    } catch (EventBatch.TooLargeException e) {
      return answers.error(413, "PAYLOAD_TOO_LARGE", "Request body is too large");
    } catch (InvalidFieldException e) {
      return answers.invalidBatch(e.field(), e.reason());
    }
    Intake.Result result = intake.take(events, key);
    log.info(
        "batch.taken",
        "request_id",
        requestId,
        "accepted",
        result.accepted(),
        "duplicates",
        result.duplicates(),
        "rejected",
        result.rejections().size(),
        "retryable",
        result.someRetryable());
    return result.accepted() == 0
        ? answers.nothingTaken(result)
        : answers.taken(result, Math.max(0, clock.millis() - start));
  }

  private static HttpReply refused(KeyVerdict verdict, Answers answers) {
    return switch (verdict) {
      case KeyVerdict.ScopeMissing _ ->
          answers.error(403, "FORBIDDEN", "This API key may not report events");
      case KeyVerdict.Unavailable _ ->
          answers.error(
              503, "SERVICE_UNAVAILABLE", "The API key could not be checked. Please try again.");
      case KeyVerdict.Malformed _,
          KeyVerdict.WrongEnvironment _,
          KeyVerdict.Unknown _,
          KeyVerdict.Revoked _,
          KeyVerdict.Expired _,
          KeyVerdict.OtherCustomer _ ->
          answers.error(401, "UNAUTHORIZED", "Invalid or missing API key");
      case KeyVerdict.Valid _ -> throw new IllegalArgumentException("a valid key is not refused");
    };
  }

  private HttpReply health(Answers answers) {
    return answers.json(
        200,
        Json.object()
            .put("status", "ok")
            .put("service", SERVICE)
            .put("version", VERSION)
            .put("timestamp", clock.instant().toString()));
  }

  private HttpReply ready(Answers answers) {
    boolean database = readiness.keysAnswer();
    boolean queue = readiness.queueAnswers();
    boolean all = database && queue;
    ObjectNode body = Json.object().put("status", all ? "ready" : "not_ready");
    body.put("timestamp", clock.instant().toString());
    if (!all) {
      body.put("error", "Service dependencies unavailable");
    }
    body.putObject("services")
        .put("database", database ? "connected" : "unavailable")
        .put("queue", queue ? "connected" : "unavailable");
    return answers.json(all ? 200 : 503, body);
  }

  private static HttpReply info(Answers answers) {
    ObjectNode body = Json.object().put("service", SERVICE).put("version", VERSION);
    body.putObject("endpoints")
        .put("health", "/health")
        .put("ready", "/ready")
        .put("ingest", "/v1/events/ingest");
    return answers.json(200, body);
  }
}
