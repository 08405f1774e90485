package io.openmonetize.sdk.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.openmonetize.sdk.delivery.Answer.Judged;
import io.openmonetize.sdk.delivery.Answer.NotAllowed;
import io.openmonetize.sdk.delivery.Answer.Refusal;
import io.openmonetize.sdk.delivery.Answer.SomethingWrong;
import io.openmonetize.sdk.delivery.Answer.TryLater;
import io.openmonetize.sdk.transport.HttpReply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the server answered. Only the API's own JSON is believed: anything else is of
 * something between here and there, whatever its status, and says nothing about the events.
 */
final class AnswerReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TEXT_CHARACTERS_AT_MOST = 256;

  private final RetryAfter retryAfter;

  AnswerReader(Clock clock) {
    this.retryAfter = new RetryAfter(clock);
  }

  /**
   * @param events how many the batch had
   */
  Answer read(HttpReply reply, int events) {
    Duration wait = retryAfter.read(reply.retryAfter());
    int status = reply.status();
    if (status == 413) {
      // A front door says so too, in a form of its own.
      return new SomethingWrong(new Refusal("too_large", "", "Is too large for the server"));
    }
    JsonNode body = ownJson(reply);
    if (body == null) {
      return new TryLater("answered " + status + " with something not of its API", wait);
    }
    if (status >= 200 && status < 300) {
      return judged(body, events, true, wait);
    }
    boolean each = status == 400 || status == 403 || status == 503;
    if (each && body.path("errors").isArray() && !body.path("errors").isEmpty()) {
      return judged(body, events, false, wait);
    }
    String code = text(body, "error");
    if (status == 401 || status == 403) {
      return new NotAllowed(new Refusal(code, "", text(body, "message")));
    }
    if (status == 400) {
      return new SomethingWrong(new Refusal(code, "", text(body, "message")));
    }
    return new TryLater("answered " + status, wait);
  }

  /** Null for anything that is not of the API: no JSON, or JSON of something else. */
  private static @Nullable JsonNode ownJson(HttpReply reply) {
    JsonNode body;
    try {
      body = JSON.readTree(reply.body());
    } catch (IOException notJson) {
      return null;
    }
    if (body == null || !body.isObject()) {
      return null;
    }
    boolean good = reply.status() >= 200 && reply.status() < 300;
    boolean own = good ? body.path("accepted").isIntegralNumber() : body.path("error").isTextual();
    return own ? body : null;
  }

  /**
   * @param restIsTaken whether what is not listed is accepted; else nothing is known of it
   */
  private static Answer judged(
      JsonNode body, int events, boolean restIsTaken, @Nullable Duration wait) {
    Map<Integer, Refusal> refused = new HashMap<>();
    Set<Integer> again = new HashSet<>();
    for (JsonNode error : body.path("errors")) {
      int index = error.path("index").asInt(-1);
      if (index < 0 || index >= events) {
        return new TryLater("answered about an event that was not sent", wait);
      }
      if (error.path("retryable").asBoolean()) {
        again.add(index);
      } else {
        refused.put(
            index, new Refusal(text(error, "code"), text(error, "field"), text(error, "reason")));
      }
    }
    boolean unavailable = !again.isEmpty();
    for (int i = 0; i < events && !restIsTaken; i++) {
      if (!refused.containsKey(i)) {
        again.add(i);
      }
    }
    int taken = events - refused.size() - again.size();
    long said = body.path("duplicates").asLong();
    if (restIsTaken && body.path("accepted").asLong() + said < taken) {
      return new TryLater("took fewer events than it did not refuse", wait);
    }
    long duplicates = Math.max(0, Math.min(said, taken));
    return new Judged(refused, again, duplicates, unavailable, wait);
  }

  private static String text(JsonNode node, String field) {
    String text = node.path(field).asText();
    return text.length() > TEXT_CHARACTERS_AT_MOST
        ? text.substring(0, TEXT_CHARACTERS_AT_MOST)
        : text;
  }
}
