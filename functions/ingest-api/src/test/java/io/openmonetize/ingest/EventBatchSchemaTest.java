package io.openmonetize.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.openmonetize.events.EventType;
import io.openmonetize.events.Provider;
import io.openmonetize.events.TokenClass;
import io.openmonetize.keys.ApiKey;
import io.openmonetize.keys.Scope;
import io.openmonetize.storage.Retention;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published schema says what the code does. */
class EventBatchSchemaTest {
  private static final Instant NOW = Instant.parse("2026-07-01T12:00:00Z");
  private static final ApiKey KEY =
      new ApiKey("key_1", "k", "om_dev_1", "dev", Set.of(Scope.INGEST), null, NOW, "t", null, null);
  private static final String TEXT = text();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(TEXT);

  @Test
  void schema_wordLists_areThoseOfTheCode() {
    JsonNode event = Requests.parse(TEXT).at("/properties/events/items/properties");

    assertThat(words(event.at("/event_type/enum")))
        .isEqualTo(Arrays.stream(EventType.values()).map(Enum::name).toList());
    assertThat(words(event.at("/provider/enum")))
        .isEqualTo(Arrays.stream(Provider.values()).map(Enum::name).toList());
    List<String> classes = new ArrayList<>();
    event.at("/tokens/properties").fieldNames().forEachRemaining(classes::add);
    assertThat(classes)
        .isEqualTo(Arrays.stream(TokenClass.values()).map(TokenClass::wireName).toList());
  }

  @Test
  void event_ofEachField_isGoodForBoth() throws Exception {
    ObjectNode event =
        Requests.event(1)
            .put("team_id", "team")
            .put("idempotency_key", "order-7")
            .put("provider_response_id", "resp_1")
            .put("cached_input_tokens", 3)
            .put("image_count", 2)
            .put("duration_seconds", 1.5)
            .put("streamed", true)
            .put("response_cut", true)
            .put("unit_type", "pages")
            .put("quantity", 2);
    event.putObject("metadata").put("plan", "pro");
    event.putObject("provider_response").put("id", "resp_1");

    assertThat(isValid(event)).isTrue();
    assertThat(reader().read(event)).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "event_id, 7",
    "feature_id, ''",
    "event_type, EMBEDDING",
    "provider, openai",
    "input_tokens, -1",
    "image_count, 0",
    "unit_type, pages",
    "metadata, x",
    "provider_response_id, ''",
    "streamed, 'true'"
  })
  void event_badField_isBadForBoth(String field, String value) {
    ObjectNode event = Requests.event(1);
    if (value.matches("-?\\d+")) {
      event.put(field, Integer.parseInt(value));
    } else {
      event.put(field, value);
    }

    assertBadForBoth(event);
  }

  @Test
  void event_answersIdWithoutProvider_isBadForBoth() {
    ObjectNode event = Requests.event(1).put("provider_response_id", "resp_1");
    event.remove("provider");

    assertBadForBoth(event);
  }

  @Test
  void event_cutWithoutAnAnswer_isBadForBoth() {
    assertBadForBoth(Requests.event(1).put("response_cut", true));
  }

  private static void assertBadForBoth(ObjectNode event) {
    assertThat(isValid(event)).isFalse();
    assertThatThrownBy(() -> reader().read(event)).isInstanceOf(InvalidFieldException.class);
  }

  private static boolean isValid(ObjectNode event) {
    return SCHEMA.validate(Requests.batch(event), InputFormat.JSON).isEmpty();
  }

  private static EventReader reader() {
    return new EventReader(KEY, NOW, Retention.FOR_EVER);
  }

  private static List<String> words(JsonNode list) {
    List<String> words = new ArrayList<>();
    list.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static String text() {
    try (InputStream schema = EventBatch.class.getResourceAsStream("event-batch.schema.json")) {
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
