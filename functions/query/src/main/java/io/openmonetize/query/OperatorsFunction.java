package io.openmonetize.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.config.AwsClients;
import io.openmonetize.config.Environment;
import io.openmonetize.logging.Log;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.operators.OperatorAccounts;
import io.openmonetize.query.operators.OperatorChange;
import io.openmonetize.runtime.Invocation;
import io.openmonetize.runtime.PayloadHandler;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says who may sign in. It has no address: whoever may invoke it by IAM may do everything here,
 * which is how the first operator comes about.
 *
 * <pre>
 * {}                             {"names": […]}
 * {"name":"ann"}                 {"name":"ann","password":"…"}   makes an operator
 * {"name":"ann","reset":true}    {"name":"ann","password":"…"}   a new password; all sessions end
 * {"name":"ann","remove":true}   {"name":"ann","removed":true}
 * </pre>
 *
 * <p>What is wrong is answered as {@code {"error":…,"message":…}}, never thrown: Lambda would
 * answer with the stack trace. {@code OM_CONTROL_TABLE} must be set.
 */
public final class OperatorsFunction implements PayloadHandler {
  private static final Duration DYNAMODB_ATTEMPT_WITHIN = Duration.ofSeconds(5);
  private static final int BYTES_AT_MOST = 65_536;
  private static final Set<String> FIELDS = Set.of("name", "reset", "remove");

  /** In the audit log: which person or role of the account it was, CloudTrail knows. */
  private static final String ACTOR = "AWS account";

  private final OperatorAccounts accounts;
  private final Log log;

  public static OperatorsFunction create(
      Environment environment, Clock clock, SecureRandom random, Log log) {
    return new OperatorsFunction(
        OperatorAccounts.create(
            new AwsClients(environment).dynamoDb(DYNAMODB_ATTEMPT_WITHIN),
            environment.require("OM_CONTROL_TABLE"),
            clock,
            random,
            ACTOR),
        log);
  }

  OperatorsFunction(OperatorAccounts accounts, Log log) {
    this.accounts = accounts;
    this.log = log;
  }

  /** An invocation that is wrong, with what to say of it. */
  private static final class InvalidPayloadException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPayloadException(String message) {
      super(message);
    }
  }

  @Override
  public byte[] answer(Invocation invocation) {
    return Json.write(answer(invocation.event()));
  }

  private ObjectNode answer(byte[] payload) {
    try {
      return carryOut(read(payload));
    } catch (InvalidPayloadException e) {
      return error("VALIDATION_ERROR", String.valueOf(e.getMessage()));
    } catch (SdkException e) {
      log.error("store_failed", "cause", e);
      return error("UNAVAILABLE", "The store did not answer. Try again.");
    } catch (RuntimeException e) {
      log.error("call_failed", "cause", e);
      return error("INTERNAL_ERROR", "Something went wrong here.");
    }
  }

  private ObjectNode carryOut(JsonNode wish) throws InvalidPayloadException {
    boolean reset = flag(wish, "reset");
    boolean remove = flag(wish, "remove");
    JsonNode name = wish.path("name");
    if (name.isMissingNode()) {
      if (reset || remove) {
        throw new InvalidPayloadException("name is missing.");
      }
      return names();
    }
    if (!name.isTextual()) {
      throw new InvalidPayloadException("name must be text.");
    }
    if (reset && remove) {
      throw new InvalidPayloadException("Give either reset or remove.");
    }
    if (remove) {
      return told(accounts.remove(name.textValue()), "operator_removed");
    }
    return reset
        ? told(accounts.reset(name.textValue()), "operator_password_changed")
        : told(accounts.add(name.textValue()), "operator_created");
  }

  private ObjectNode names() {
    ObjectNode json = Json.object();
    ArrayNode names = json.putArray("names");
    accounts.names().forEach(names::add);
    return json;
  }

  private ObjectNode told(OperatorChange change, String event) {
    return switch (change) {
      case OperatorChange.Password(String name, String password) -> {
        log.info(event, "operator", name);
        yield Json.object().put("name", name).put("password", password);
      }
      case OperatorChange.Removed(String name) -> {
        log.info(event, "operator", name);
        yield Json.object().put("name", name).put("removed", true);
      }
      case OperatorChange.Refused(OperatorChange.Reason reason) ->
          error(reason.name(), reason.message());
    };
  }

  private static JsonNode read(byte[] payload) throws InvalidPayloadException {
    JsonNode wish = null;
    if (payload.length <= BYTES_AT_MOST) {
      try {
        wish = Json.read(payload);
      } catch (IOException e) {
        // Falls through to the one message for every bad payload; the parser's would repeat it.
      }
    }
    if (wish == null || !wish.isObject()) {
      throw new InvalidPayloadException("The payload is not a JSON object.");
    }
    for (var field : wish.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new InvalidPayloadException(
            "The payload has an unknown field; known are name, reset and remove.");
      }
    }
    return wish;
  }

  private static boolean flag(JsonNode wish, String name) throws InvalidPayloadException {
    JsonNode value = wish.path(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new InvalidPayloadException(name + " must be true or false.");
    }
    return value.asBoolean();
  }

  private static ObjectNode error(String error, String message) {
    return Json.object().put("error", error).put("message", message);
  }
}
