package io.openmonetize.queue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.MalformedEventException;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.UsageEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds, in a line of a log, what the ledger can be completed from: {@code call.start}, {@code
 * usage.record}, {@code call.unreached}. The line may be the log's own, with anything before it (an
 * export to S3 puts the time there), or stand as a JSON string inside what CloudWatch's tools write
 * ({@code message}, {@code @message}, or a {@code value} beside {@code field}), many to a line, or
 * as a field of a CSV file.
 */
final class LoggedRecords {
  /** What a line tells. */
  sealed interface Found {
    record Used(UsageEvent event) implements Found {}

    record Started(CallIntent call) implements Found {}

    /**
     * @param customerId null where the line does not say it, as earlier versions did not
     */
    record Unreached(String requestId, @Nullable String customerId) implements Found {}

    /** A record that is cut off or altered. */
    record Malformed() implements Found {}
  }

  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> EVENTS =
      List.of("usage.record", "call.start", "call.unreached");
  private static final Pattern WRAPPER = Pattern.compile("\"(?:@?message|value)\"\\s*:\\s*(?=\")");

  private LoggedRecords() {}

  static List<Found> in(String line) {
    if (EVENTS.stream().noneMatch(line::contains)) {
      return List.of();
    }
    List<Found> found = new ArrayList<>();
    Found own = ownLine(line);
    if (own != null) {
      found.add(own);
      return found;
    }
    Matcher wrapper = WRAPPER.matcher(line);
    while (wrapper.find()) {
      String inner = string(line.substring(wrapper.end()));
      if (inner != null) {
        found.addAll(in(inner));
      }
    }
    if (found.isEmpty() && line.contains("\"\"event\"\"")) {
      return in(line.replace("\"\"", "\""));
    }
    if (found.isEmpty()) {
      found.add(new Found.Malformed());
    }
    return found;
  }

  /** Null when the line's object, if there is one, is none of ours. */
  private static @Nullable Found ownLine(String line) {
    int start = line.indexOf('{');
    Map<String, String> fields = start < 0 ? null : fields(line.substring(start));
    if (fields == null) {
      return null;
    }
    String event = fields.getOrDefault("event", "");
    return switch (event) {
      case "usage.record" -> message(fields.get("usage"));
      case "call.start" -> message(fields.get("intent"));
      case "call.unreached" -> {
        String id = fields.get("request_id");
        yield id == null
            ? new Found.Malformed()
            : new Found.Unreached(id, fields.get("customer_id"));
      }
      default -> null;
    };
  }

  private static Found message(@Nullable String text) {
    if (text == null) {
      return new Found.Malformed();
    }
    try {
      return switch (QueueMessageJson.read(text)) {
        case QueueMessage.Event(UsageEvent event) -> new Found.Used(event);
        case QueueMessage.Intent(CallIntent call) -> new Found.Started(call);
        case QueueMessage.Withdrawal _ -> new Found.Malformed();
      };
    } catch (MalformedEventException e) {
      return new Found.Malformed();
    }
  }

  /**
   * The first object's fields, strings as their text and the rest as JSON; null when it is none.
   */
  private static @Nullable Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (json.nextToken() == JsonToken.VALUE_STRING) {
          fields.put(name, json.getText());
          continue;
        }
        StringWriter value = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(value)) {
          copy.copyCurrentStructure(json);
        }
        fields.put(name, value.toString());
      }
      return json.currentToken() == JsonToken.END_OBJECT ? fields : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable String string(String text) {
    try (JsonParser json = JSON.createParser(text)) {
      return json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
    } catch (IOException e) {
      return null;
    }
  }
}
