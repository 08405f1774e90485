package io.openmonetize.query;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.logging.Log;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.query.access.Guard;
import io.openmonetize.query.files.StaticFiles;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Route;
import io.openmonetize.query.http.Router;
import io.openmonetize.query.operators.Operators;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.query.operators.SignInThrottle;
import io.openmonetize.query.routes.AnalyticsCostBreakdown;
import io.openmonetize.query.routes.AnalyticsCosts;
import io.openmonetize.query.routes.AnalyticsUsage;
import io.openmonetize.query.routes.AuditTrail;
import io.openmonetize.query.routes.BreakDownUsage;
import io.openmonetize.query.routes.CreateApiKey;
import io.openmonetize.query.routes.DownloadEvents;
import io.openmonetize.query.routes.ForecastUsage;
import io.openmonetize.query.routes.GetEvent;
import io.openmonetize.query.routes.GroupedUsage;
import io.openmonetize.query.routes.ListApiKeys;
import io.openmonetize.query.routes.ListAudit;
import io.openmonetize.query.routes.ListCustomers;
import io.openmonetize.query.routes.ListDeadLetters;
import io.openmonetize.query.routes.ListEvents;
import io.openmonetize.query.routes.ListLateChanges;
import io.openmonetize.query.routes.ListOperators;
import io.openmonetize.query.routes.ListOptions;
import io.openmonetize.query.routes.ListReratings;
import io.openmonetize.query.routes.OpenApiDocument;
import io.openmonetize.query.routes.ReadPipeline;
import io.openmonetize.query.routes.ReadPrices;
import io.openmonetize.query.routes.ReadUsageSeries;
import io.openmonetize.query.routes.RedriveDeadLetters;
import io.openmonetize.query.routes.RevokeApiKey;
import io.openmonetize.query.routes.RotateApiKey;
import io.openmonetize.query.routes.SessionJson;
import io.openmonetize.query.routes.ShowSession;
import io.openmonetize.query.routes.SignIn;
import io.openmonetize.query.routes.SignOut;
import io.openmonetize.query.routes.SignOutEverywhere;
import io.openmonetize.query.routes.SummarizeUsage;
import io.openmonetize.query.routes.UsageQueues;
import io.openmonetize.storage.AuditLog;
import io.openmonetize.storage.CustomerDays;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventHistory;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.LateChanges;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.ReratingRuns;
import io.openmonetize.storage.Retention;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.SessionTable;
import io.openmonetize.storage.UsageLayout;
import io.openmonetize.storage.UsageOptions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Puts the function together. {@code OM_CONTROL_TABLE} and {@code OM_USAGE_TABLE} must be set,
 * {@code OM_STAGE}, {@code OM_PROXY_URL} and {@code OM_EVENT_RETENTION_DAYS} may be.
 */
final class Composition {
  /** Three tries must fit well into the 30 seconds after which an HTTP API answers by itself. */
  private static final Duration DYNAMODB_ATTEMPT_WITHIN = Duration.ofSeconds(5);

  private static final Duration SQS_ATTEMPT_WITHIN = Duration.ofSeconds(3);
  private static final String DASHBOARD = "META-INF/dashboard";

  private final DynamoDbClient dynamoDb;
  private final String controlTable;
  private final String usageTable;
  private final UsageLayout layout;
  private final String environment;
  private final @Nullable URI proxyUrl;
  private final Retention retention;
  private final UsageQueues queues;
  private final Supplier<PriceBook> priceBook;
  private final Clock clock;
  private final SecureRandom random;
  private final Log log;

  Composition(Environment environment, Clock clock, SecureRandom random, Log log) {
    this(
        environment,
        new AwsClients(environment).dynamoDb(DYNAMODB_ATTEMPT_WITHIN),
        clock,
        random,
        log);
  }

  Composition(
      Environment environment, DynamoDbClient dynamoDb, Clock clock, SecureRandom random, Log log) {
    AwsClients clients = new AwsClients(environment);
    this.dynamoDb = dynamoDb;
    String queueUrl = environment.find("OM_USAGE_QUEUE_URL").orElse(null);
    this.queues =
        new UsageQueues(queueUrl == null ? null : clients.sqs(SQS_ATTEMPT_WITHIN), queueUrl);
    // Some hundred milliseconds that a cold start would wait for.
    this.priceBook = new ReadOnce<>(() -> PriceBook.of(environment));
    this.controlTable = environment.require("OM_CONTROL_TABLE");
    this.usageTable = environment.require("OM_USAGE_TABLE");
    this.layout = UsageLayout.of(environment);
    this.environment = Stage.of(environment).environment();
    this.proxyUrl = environment.findUrl("OM_PROXY_URL").orElse(null);
    this.retention = Retention.of(environment);
    this.clock = clock;
    this.random = random;
    this.log = log;
  }

  Handler handler() {
    StaticFiles files = new StaticFiles(Composition.class.getClassLoader(), DASHBOARD);
    return new Router(routes(), new Fallback(files));
  }

  /** All routes but the dashboard's files; {@code openapi.json} describes those below /v1. */
  List<Route> routes() {
    KeyTable keys = new KeyTable(dynamoDb, controlTable);
    OperatorTable operatorTable = new OperatorTable(dynamoDb, controlTable);
    Operators operators = Operators.create(dynamoDb, controlTable, random);
    Sessions sessions =
        new Sessions(new SessionTable(dynamoDb, controlTable), operatorTable, clock, random);
    SignInThrottle throttle = new SignInThrottle(dynamoDb, controlTable, operatorTable, clock);
    SessionJson sessionJson = new SessionJson(environment, proxyUrl, retention);
    Guard guard = new Guard(sessions, new KeyVerifier(environment, keys, clock));
    AuditLog auditLog = new AuditLog(dynamoDb, controlTable, random);
    AuditTrail audit = new AuditTrail(auditLog, clock);
    List<Route> routes = new ArrayList<>(usageRoutes(guard));
    routes.addAll(compatibleRoutes(guard));
    routes.addAll(pipelineRoutes(guard, audit));
    routes.addAll(keyRoutes(guard, audit));
    routes.addAll(
        List.of(
            // The address that the guide names; the page itself is routed by the fragment.
            new Route(
                "GET",
                "/api-keys",
                _ -> Answer.empty(302).with("location", "./#/settings/api-keys")),
            new Route("GET", "/v1/openapi.json", new OpenApiDocument()),
            new Route(
                "POST",
                "/v1/session",
                new SignIn(operators, sessions, throttle, sessionJson, audit, log)),
            new Route("GET", "/v1/session", guard.operator(new ShowSession(sessionJson))),
            new Route("DELETE", "/v1/session", new SignOut(sessions, audit)),
            new Route(
                "POST",
                "/v1/session/sign-out-everywhere",
                guard.operator(new SignOutEverywhere(sessions, audit))),
            new Route("GET", "/v1/audit", guard.operator(new ListAudit(auditLog, clock))),
            new Route("GET", "/v1/operators", guard.operator(new ListOperators(operatorTable)))));
    return routes;
  }

  private List<Route> usageRoutes(Guard guard) {
    EventFeed feed = new EventFeed(dynamoDb, usageTable, layout);
    EventHistory history = new EventHistory(dynamoDb, usageTable);
    GroupedUsage usage = new GroupedUsage(new RollupReader(dynamoDb, usageTable, layout, clock));
    CustomerDays days = new CustomerDays(dynamoDb, usageTable);
    UsageOptions options = new UsageOptions(dynamoDb, usageTable);
    return List.of(
        new Route("GET", "/v1/events", guard.reader(new ListEvents(feed, usage, clock))),
        new Route("GET", "/v1/events.csv", guard.reader(new DownloadEvents(feed, clock))),
        new Route("GET", GetEvent.PATH.text(), guard.reader(new GetEvent(history, priceBook))),
        new Route("GET", "/v1/usage/summary", guard.reader(new SummarizeUsage(usage, clock))),
        new Route("GET", "/v1/usage/series", guard.reader(new ReadUsageSeries(usage, clock))),
        new Route("GET", "/v1/usage/breakdown", guard.reader(new BreakDownUsage(usage, clock))),
        new Route("GET", "/v1/usage/forecast", guard.reader(new ForecastUsage(usage, clock))),
        new Route("GET", "/v1/customers", guard.reader(new ListCustomers(usage, days, clock))),
        new Route("GET", "/v1/options", guard.reader(new ListOptions(usage, options, clock))),
        new Route("GET", "/v1/prices", guard.reader(new ReadPrices(priceBook))),
        new Route(
            "GET",
            "/v1/late-changes",
            guard.reader(
                new ListLateChanges(new LateChanges(dynamoDb, usageTable, layout), clock))));
  }

  /** What clients call that were written for the existing TypeScript package's server. */
  private List<Route> compatibleRoutes(Guard guard) {
    GroupedUsage usage = new GroupedUsage(new RollupReader(dynamoDb, usageTable, layout, clock));
    return List.of(
        new Route("GET", "/v1/analytics/usage", guard.reader(new AnalyticsUsage(usage, clock))),
        new Route("GET", "/v1/analytics/costs", guard.reader(new AnalyticsCosts(usage, clock))),
        new Route(
            "GET",
            "/v1/analytics/cost-breakdown",
            guard.reader(new AnalyticsCostBreakdown(usage, clock))));
  }

  private List<Route> pipelineRoutes(Guard guard, AuditTrail audit) {
    GroupedUsage usage = new GroupedUsage(new RollupReader(dynamoDb, usageTable, layout, clock));
    RedriveDeadLetters redrive = new RedriveDeadLetters(queues, audit);
    return List.of(
        new Route(
            "GET",
            "/v1/reratings",
            guard.operator(new ListReratings(new ReratingRuns(dynamoDb, usageTable)))),
        new Route(
            "GET", "/v1/pipeline", guard.operator(new ReadPipeline(queues, usage, clock, log))),
        new Route("GET", "/v1/pipeline/dead-letters", guard.operator(new ListDeadLetters(queues))),
        new Route("POST", "/v1/pipeline/dead-letters/redrive", guard.operator(redrive::all)),
        new Route("POST", RedriveDeadLetters.ONE.text(), guard.operator(redrive::one)));
  }

  private List<Route> keyRoutes(Guard guard, AuditTrail audit) {
    KeyTable keys = new KeyTable(dynamoDb, controlTable);
    return List.of(
        new Route("GET", "/v1/api-keys", guard.operator(new ListApiKeys(keys))),
        new Route(
            "POST",
            "/v1/api-keys",
            guard.operator(new CreateApiKey(keys, environment, clock, random, audit, log))),
        new Route(
            "POST",
            RevokeApiKey.PATH.text(),
            guard.operator(new RevokeApiKey(keys, clock, audit, log))),
        new Route(
            "POST",
            RotateApiKey.PATH.text(),
            guard.operator(new RotateApiKey(keys, clock, random, audit, log))));
  }
}
