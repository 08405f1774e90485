package io.openmonetize.query;

import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.config.Stage;
import io.openmonetize.keys.KeyVerifier;
import io.openmonetize.logging.Log;
import io.openmonetize.query.access.Guard;
import io.openmonetize.query.files.StaticFiles;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Handler;
import io.openmonetize.query.http.Route;
import io.openmonetize.query.http.Router;
import io.openmonetize.query.operators.Operators;
import io.openmonetize.query.operators.Sessions;
import io.openmonetize.query.operators.SignInThrottle;
import io.openmonetize.query.routes.CreateApiKey;
import io.openmonetize.query.routes.ListApiKeys;
import io.openmonetize.query.routes.ListEvents;
import io.openmonetize.query.routes.OpenApiDocument;
import io.openmonetize.query.routes.RevokeApiKey;
import io.openmonetize.query.routes.SessionJson;
import io.openmonetize.query.routes.ShowSession;
import io.openmonetize.query.routes.SignIn;
import io.openmonetize.query.routes.SignOut;
import io.openmonetize.query.routes.SummarizeUsage;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.RollupReader;
import io.openmonetize.storage.SessionTable;
import io.openmonetize.storage.UsageLayout;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Puts the function together. {@code OM_CONTROL_TABLE} and {@code OM_USAGE_TABLE} must be set,
 * {@code OM_STAGE} and {@code OM_PROXY_URL} may be.
 */
final class Composition {
  /** Three tries must fit well into the 30 seconds after which an HTTP API answers by itself. */
  private static final Duration DYNAMODB_ATTEMPT_WITHIN = Duration.ofSeconds(5);

  private static final String DASHBOARD = "META-INF/dashboard";

  private final DynamoDbClient dynamoDb;
  private final String controlTable;
  private final String usageTable;
  private final UsageLayout layout;
  private final String environment;
  private final @Nullable URI proxyUrl;
  private final Clock clock;
  private final SecureRandom random;
  private final Log log;

  Composition(Environment environment, Clock clock, SecureRandom random, Log log) {
    this.dynamoDb = new AwsClients(environment).dynamoDb(DYNAMODB_ATTEMPT_WITHIN);
    this.controlTable = environment.require("OM_CONTROL_TABLE");
    this.usageTable = environment.require("OM_USAGE_TABLE");
    this.layout = UsageLayout.of(environment);
    this.environment = Stage.of(environment).environment();
    this.proxyUrl = environment.findUrl("OM_PROXY_URL").orElse(null);
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
    Operators operators = Operators.create(dynamoDb, controlTable, clock, random);
    Sessions sessions =
        new Sessions(new SessionTable(dynamoDb, controlTable), operatorTable, clock, random);
    SignInThrottle throttle = new SignInThrottle(dynamoDb, controlTable, operatorTable, clock);
    SessionJson sessionJson = new SessionJson(environment, proxyUrl);
    Guard guard = new Guard(sessions, new KeyVerifier(environment, keys, clock));
    EventFeed feed = new EventFeed(dynamoDb, usageTable, layout);
    RollupReader rollups = new RollupReader(dynamoDb, usageTable, layout);
    return List.of(
        // The address that the guide names; the page itself is routed by the fragment.
        new Route(
            "GET", "/api-keys", _ -> Answer.empty(302).with("location", "./#/settings/api-keys")),
        new Route("GET", "/v1/openapi.json", new OpenApiDocument()),
        new Route(
            "POST", "/v1/session", new SignIn(operators, sessions, throttle, sessionJson, log)),
        new Route("GET", "/v1/session", guard.operator(new ShowSession(sessionJson))),
        new Route("DELETE", "/v1/session", new SignOut(sessions)),
        new Route("GET", "/v1/events", guard.reader(new ListEvents(feed, clock))),
        new Route("GET", "/v1/usage/summary", guard.reader(new SummarizeUsage(rollups, clock))),
        new Route("GET", "/v1/api-keys", guard.operator(new ListApiKeys(keys))),
        new Route(
            "POST",
            "/v1/api-keys",
            guard.operator(new CreateApiKey(keys, environment, clock, random, log))),
        new Route(
            "POST", RevokeApiKey.PATH.text(), guard.operator(new RevokeApiKey(keys, clock, log))));
  }
}
