package io.openmonetize.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageEventJsonTest {
  private static final String SCHEMA = schemaText();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SCHEMA, InputFormat.JSON);

  /** Small and whole, to be spoiled. */
  private static final String EVENT =
      """
      {"v":1,"event_id":"e","identity":{"event_id":"e"},"event_type":"TOKEN_USAGE",\
      "timestamp":"2026-07-01T12:00:00Z","source":"proxy","environment":"dev",\
      "customer_id":"c","feature_id":"f","streamed":false,\
      "usage":{"status":"exact","lines":[{"tokens":{"input":1},"units":{"images":"2"}}]},\
      "call":{"status":"ok","http_status":200}}\
      """;

  @Property(tries = 500)
  void read_whatWasWritten_isTheSameEvent(@ForAll long seed) throws Exception {
    UsageEvent event = RandomEvent.of(seed);

    assertThat(UsageEventJson.read(UsageEventJson.write(event))).isEqualTo(event);
  }

  @Property(tries = 300)
  void write_anyEvent_isAsTheSchemaSays(@ForAll long seed) {
    String text = UsageEventJson.write(RandomEvent.of(seed));

    assertThat(VALIDATOR.validate(text, InputFormat.JSON)).isEmpty();
  }

  @Test
  void write_charactersThatSqsRefuses_areEscaped() throws Exception {
    String id = "\ufffe \uffff \ud800 ü";
    UsageEvent event =
        UsageEventJson.read(
            EVENT.replace("\"event_id\":\"e\",\"id", "\"event_id\":\"" + id + "\",\"id"));

    String text = UsageEventJson.write(event);

    assertThat(text).isPrintable().isASCII();
    assertThat(UsageEventJson.read(text).eventId()).isEqualTo(id);
  }

  @Test
  void usageLine_unitsOfAnotherScale_areTheSameLine() {
    assertThat(new UsageLine("m", TokenCounts.NONE, Map.of("seconds", new BigDecimal("5.620"))))
        .isEqualTo(new UsageLine("m", TokenCounts.NONE, Map.of("seconds", new BigDecimal("5.62"))));
  }

  @Test
  void schema_wordLists_areThoseOfTheCode() throws Exception {
    JsonNode schema = new ObjectMapper().readTree(SCHEMA);

    assertThat(words(schema.at("/properties/event_type/enum")))
        .isEqualTo(names(EventType.values()));
    assertThat(words(schema.at("/$defs/provider/enum"))).isEqualTo(names(Provider.values()));
    assertThat(words(schema.at("/properties/source/enum")))
        .isEqualTo(Stream.of(Source.values()).map(Source::wireName).toList());
    assertThat(words(schema.at("/$defs/usage/properties/status/enum")))
        .isEqualTo(Stream.of(UsageStatus.values()).map(UsageStatus::wireName).toList());
    assertThat(words(schema.at("/$defs/call/properties/status/enum")))
        .isEqualTo(Stream.of(CallStatus.values()).map(CallStatus::wireName).toList());
    List<String> classes = new ArrayList<>();
    schema
        .at("/$defs/line/properties/tokens/properties")
        .fieldNames()
        .forEachRemaining(classes::add);
    assertThat(classes)
        .isEqualTo(Stream.of(TokenClass.values()).map(TokenClass::wireName).toList());
  }

  @Test
  void read_unknownFields_arePassedOver() throws Exception {
    String more = EVENT.replace("\"v\":1", "\"v\":1,\"new\":{\"deep\":[1,null,{\"x\":2.5}]}");

    assertThat(UsageEventJson.read(more)).isEqualTo(UsageEventJson.read(EVENT));
  }

  @Test
  void read_textCutAnywhere_isMalformed() throws Exception {
    assertThat(UsageEventJson.read(EVENT).eventId()).isEqualTo("e");
    for (int length = 0; length < EVENT.length(); length++) {
      String cut = EVENT.substring(0, length);
      assertThatThrownBy(() -> UsageEventJson.read(cut))
          .as("the first %d characters", length)
          .isInstanceOf(MalformedEventException.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"v\":1                      | \"v\":2                    | v is not 1",
        "\"event_id\":\"e\",\"id      | \"event_id\":7,\"id        | event_id is no string",
        "\"customer_id\":\"c\",       | ''                         | customer_id is missing",
        "\"source\":\"proxy\"         | \"source\":\"secret\"      | source is not a known word",
        "\"TOKEN_USAGE\"              | \"SECRET\"                 | a field is out of its range",
        "2026-07-01T12:00:00Z         | secret                     | a field is out of its range",
        "\"streamed\":false           | \"streamed\":\"secret\"    | streamed is neither true nor"
            + " false",
        "{\"input\":1}                | {\"secret\":1}             | usage.lines.tokens has no such"
            + " class",
        "{\"input\":1}                | {\"input\":-1}             | a field is out of its range",
        "{\"input\":1}                | {\"input\":1.5}            | tokens.input is no whole"
            + " number",
        "{\"images\":\"2\"}           | {\"images\":\"secret\"}    | a field is out of its range",
        "\"lines\":[                  | \"lines\":[\"secret\",     | usage.lines is no object",
        "\"http_status\":200          | \"http_status\":9999999999 | a field is out of its range",
        "{\"event_id\":\"e\"}         | {}                         | identity.provider is missing",
        "{\"v\"                       | [{\"v\"                    | not a JSON object",
        "200}}                        | 200}} x                    | not JSON"
      })
  void read_spoiltEvent_saysWhatIsWrongAndNoValue(String good, String bad, String reason) {
    String spoilt = EVENT.replace(good.strip(), bad.strip());
    assertThat(spoilt).isNotEqualTo(EVENT);

    assertThatThrownBy(() -> UsageEventJson.read(spoilt))
        .isInstanceOf(MalformedEventException.class)
        .hasMessageContaining(reason.strip())
        .hasMessageNotContaining("secret");
  }

  private static List<String> words(JsonNode array) {
    List<String> words = new ArrayList<>();
    array.forEach(word -> words.add(word.asText()));
    return words;
  }

  private static List<String> names(Enum<?>[] values) {
    return Stream.of(values).map(Enum::name).toList();
  }

  private static String schemaText() {
    try (InputStream schema = UsageEventJson.class.getResourceAsStream("usage-event.schema.json")) {
      return new String(schema.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    } catch (IOException e) {
      return fail("the schema could not be read", e);
    }
  }
}
