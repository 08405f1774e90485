package io.openmonetize.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.openmonetize.config.Environment;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.lambda.MalformedPayloadException;
import io.openmonetize.local.parts.DynamoDbServer;
import io.openmonetize.logging.Log;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.query.operators.Operators;
import io.openmonetize.query.operators.PasswordHasher;
import io.openmonetize.storage.AuditLog;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.OperatorTable;
import io.openmonetize.storage.StoredEvent;
import io.openmonetize.storage.Tables;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The query function on empty tables, with a clock that stands still. */
final class QuerySystem {
  static final Instant START = Instant.parse("2026-10-05T12:34:56Z");
  static final String NAME = "ada@example.com";
  static final String PASSWORD = "correct horse battery staple";

  /** So cheap that tests need not wait; the stored hash says it. */
  static final PasswordHasher.Cost CHEAP = new PasswordHasher.Cost(8, 1, 1);

  final TestClock clock = new TestClock(START);
  final SecureRandom random = new SecureRandom();
  final Tables tables;
  final DynamoDbClient dynamoDb;
  final OpenApi openApi = new OpenApi();
  final Operators operators;
  final OperatorAccounts accounts;
  final KeyTable keys;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final String endpoint;
  private QueryFunction function;

  QuerySystem(DynamoDbServer server) {
    String suffix = UUID.randomUUID().toString();
    tables = new Tables("control-" + suffix, "usage-" + suffix);
    dynamoDb = server.client();
    tables.create(dynamoDb);
    OperatorTable operatorTable = new OperatorTable(dynamoDb, tables.control());
    operators = new Operators(operatorTable, new PasswordHasher(CHEAP, random));
    accounts =
        new OperatorAccounts(
            operatorTable,
            new PasswordHasher(CHEAP, random),
            new AuditLog(dynamoDb, tables.control(), random),
            clock,
            random,
            "a test");
    keys = new KeyTable(dynamoDb, tables.control());
    endpoint = server.endpoint().toString();
    function = function(Map.of("OM_DYNAMODB_ENDPOINT", endpoint));
  }

  /** Another instance of the function on the same tables. */
  QueryFunction function(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("OM_CONTROL_TABLE", tables.control());
    variables.put("OM_USAGE_TABLE", tables.usage());
    variables.put("OM_PROXY_URL", "http://127.0.0.1:8082/");
    variables.putAll(more);
    return QueryFunction.create(
        new Environment(variables), clock, random, new Log(log, Log.Level.DEBUG, clock));
  }

  /** From now on with a usage queue. */
  void useQueue(URI server, String queueUrl) {
    function =
        function(
            Map.of(
                "OM_DYNAMODB_ENDPOINT", endpoint,
                "OM_SQS_ENDPOINT", server.toString(),
                "OM_USAGE_QUEUE_URL", queueUrl));
  }

  Call get(String target) {
    return call("GET", target);
  }

  Call post(String target) {
    return call("POST", target);
  }

  Call call(String method, String target) {
    return new Call(this::send, method, target);
  }

  /** Makes the operator and signs in. Returns the session's token. */
  String signIn() {
    accounts.ensure(NAME, PASSWORD);
    Reply reply = signIn(NAME, PASSWORD).send();
    assertThat(reply.status()).isEqualTo(200);
    return token(reply);
  }

  Call signIn(String name, String password) {
    return post("/v1/session")
        .json("{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }

  static String token(Reply reply) {
    String cookie = reply.cookies().getFirst();
    return cookie.substring("om_session=".length(), cookie.indexOf(';'));
  }

  String addKey(Scope... scopes) {
    return addKey("dev", null, scopes);
  }

  String addKey(String environment, @Nullable String customerId, Scope... scopes) {
    KeyText text = KeyText.random(environment, random);
    keys.add(
        new ApiKey(
            "key_" + UUID.randomUUID(),
            "a key",
            text.prefix(),
            environment,
            Set.of(scopes),
            customerId,
            clock.instant(),
            NAME,
            null,
            null),
        text);
    return text.reveal();
  }

  /** Books events and rollups as the worker does. */
  void book(StoredEvent... events) {
    BookedEvents.book(dynamoDb, tables.usage(), List.of(events));
  }

  String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  /** Every item of the control table, as text. */
  String controlTable() {
    return dynamoDb.scan(scan -> scan.tableName(tables.control())).items().toString();
  }

  private Reply send(Call call) {
    Reply reply = send(function, call);
    if (call.apiPath().startsWith("/v1")) {
      openApi.check(call, reply);
    }
    return reply;
  }

  static Reply send(QueryFunction function, Call call) {
    Reply reply;
    try {
      reply = Reply.of(function.answer(call.invocation()));
    } catch (MalformedPayloadException e) {
      throw new AssertionError(e);
    }
    assertThat(reply.header("x-om-request-id")).isNotNull();
    return reply;
  }
}
