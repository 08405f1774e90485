package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.KeyText;
import io.openmonetize.keys.Scope;
import io.openmonetize.logging.Log;
import io.openmonetize.query.access.OperatorHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.JsonBody;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.AuditEntry;
import io.openmonetize.storage.KeyTable;
import io.openmonetize.storage.OperatorTable.Operator;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/api-keys}: makes a key and shows it, for the only time. */
public final class CreateApiKey implements OperatorHandler {
  private static final int NAME_CHARACTERS_AT_MOST = 100;

  /** As the proxy takes a customer's id. */
  private static final int CUSTOMER_ID_BYTES_AT_MOST = 256;

  private static final int ID_BYTES = 12;

  private final KeyTable keys;
  private final String environment;
  private final Clock clock;
  private final SecureRandom random;
  private final AuditTrail audit;
  private final Log log;

  /**
   * @param environment of the keys made here: {@code dev} or {@code live}
   */
  public CreateApiKey(
      KeyTable keys,
      String environment,
      Clock clock,
      SecureRandom random,
      AuditTrail audit,
      Log log) {
    this.keys = keys;
    this.environment = environment;
    this.clock = clock;
    this.random = random;
    this.audit = audit;
    this.log = log;
  }

  @Override
  public Answer handle(Request request, Operator operator) {
    JsonBody body = JsonBody.read(request, Set.of("name", "scopes", "customer_id", "expires_at"));
    KeyText text = KeyText.random(environment, random);
    ApiKey key =
        new ApiKey(
            newId(random),
            name(body),
            text.prefix(),
            environment,
            scopes(body),
            customerId(body),
            clock.instant(),
            operator.name(),
            expiresAt(body),
            null);
    audit.note(
        request,
        operator,
        AuditEntry.Action.KEY_CREATED,
        key.id(),
        Map.of("name", key.name(), "prefix", key.prefix()));
    if (!keys.add(key, text)) {
      throw new IllegalStateException("a new random key was there already");
    }
    log.info(
        "api_key_created",
        "api_key_id",
        key.id(),
        "operator",
        operator.name(),
        "request_id",
        request.requestId());
    return Answer.json(201, Json.data(ApiKeyJson.of(key).put("key", text.reveal())));
  }

  static String newId(SecureRandom random) {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "key_" + HexFormat.of().formatHex(bytes);
  }

  private static String name(JsonBody body) {
    String name = body.text("name", NAME_CHARACTERS_AT_MOST);
    if (name.isBlank()) {
      throw Refusal.invalid("name", "must not be blank");
    }
    return name;
  }

  private static Set<Scope> scopes(JsonBody body) {
    List<JsonNode> words = body.arrayOrNull("scopes");
    if (words == null) {
      return EnumSet.allOf(Scope.class);
    }
    Set<Scope> scopes = EnumSet.noneOf(Scope.class);
    for (JsonNode word : words) {
      scopes.add(
          Scope.ofWireName(word.asText())
              .orElseThrow(
                  () -> Refusal.invalid("scopes", "may hold proxy, ingest and read only")));
    }
    if (scopes.isEmpty()) {
      throw Refusal.invalid("scopes", "is empty; leave it out for all scopes");
    }
    return scopes;
  }

  private static @Nullable String customerId(JsonBody body) {
    String id = body.textOrNull("customer_id", CUSTOMER_ID_BYTES_AT_MOST);
    if (id != null && id.getBytes(StandardCharsets.UTF_8).length > CUSTOMER_ID_BYTES_AT_MOST) {
      throw Refusal.invalid(
          "customer_id", "is longer than " + CUSTOMER_ID_BYTES_AT_MOST + " bytes");
    }
    return id;
  }

  private @Nullable Instant expiresAt(JsonBody body) {
    Instant expiresAt = body.instantOrNull("expires_at");
    if (expiresAt != null && !expiresAt.isAfter(clock.instant())) {
      throw Refusal.invalid("expires_at", "must be in the future");
    }
    return expiresAt;
  }
}
