package io.openmonetize.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.sdk.BillableFields;
import io.openmonetize.sdk.Provider;
import io.openmonetize.sdk.answers.StreamedAnswer;
import io.openmonetize.usage.AnswerEnd;
import io.openmonetize.usage.UsageReading;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the SDK makes of an answer is read here as the whole answer is, and as the proxy reads it:
 * the same classes, units and terms, and so the same cost.
 */
class ReducedAnswerTest {
  private static final String CANARY = "the canary sings";

  /** The names of the members that hold ids, types and tiers, and may hold no text. */
  private static final Set<String> NAMES =
      Set.of(
          "id",
          "object",
          "type",
          "model",
          "status",
          "service_tier",
          "responseId",
          "modelVersion",
          "serviceTier",
          "trafficType",
          "speed",
          "inference_geo",
          "modality",
          "code",
          "event_type",
          "seconds",
          "duration",
          "blockReason");

  /**
   * Of these the proxy knows more than an answer says of itself. It books a batch by its lines, an
   * unknown path as estimated, a retrieval of what is not finished not at all, and a cache as one;
   * it sees a name that stands twice, and reads an event as far as it is JSON.
   */
  private static final List<String> ONLY_FOR_THE_PROXY =
      List.of(
          "_batch_results/",
          "batch_generate_content/",
          "batch_output/",
          "batches/",
          "_batches/",
          "/other/",
          "/in-progress.json",
          "cached_contents/",
          "/usage-twice.json",
          "/stream-broken-delta.sse",
          "/stream-cut-behind-usage.sse");

  /** What of a reading decides who pays what. */
  record Said(
      UsageStatus status,
      List<UsageLine> lines,
      PricingTerms terms,
      @Nullable String model,
      @Nullable String responseId) {
    static Said of(UsageReading reading) {
      return new Said(
          reading.usage().status(),
          reading.usage().lines(),
          reading.usage().terms(),
          reading.model(),
          reading.responseId());
    }
  }

  static Stream<ReportedCorpus.Answer> unary() {
    return ReportedCorpus.answers().stream().filter(answer -> !answer.streamed());
  }

  static Stream<ReportedCorpus.Answer> streams() {
    return ReportedCorpus.answers().stream().filter(ReportedCorpus.Answer::streamed);
  }

  static Stream<ReportedCorpus.Answer> unaryOfTheProxy() {
    return unary().filter(ReducedAnswerTest::saysAllItself);
  }

  static Stream<ReportedCorpus.Answer> streamsOfTheProxy() {
    return streams().filter(ReducedAnswerTest::saysAllItself);
  }

  private static boolean saysAllItself(ReportedCorpus.Answer answer) {
    return ONLY_FOR_THE_PROXY.stream().noneMatch(answer.file()::contains);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unary")
  void reduced_unary_isReadAsTheWhole(ReportedCorpus.Answer answer) {
    JsonNode whole = answer.documents().getFirst();

    assertThat(Said.of(read(answer, reduced(answer, whole), false)))
        .isEqualTo(Said.of(read(answer, whole, false)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unaryOfTheProxy")
  void reduced_unary_isReadAsByTheProxy(ReportedCorpus.Answer answer) {
    JsonNode reduced = reduced(answer, answer.documents().getFirst());

    assertThat(Said.of(read(answer, reduced, false)))
        .as(answer.file())
        .isEqualTo(Said.of(answer.readByProxy()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streamsOfTheProxy")
  void merged_stream_isReadAsByTheProxy(ReportedCorpus.Answer answer) {
    StreamedAnswer merged = merged(answer, answer.documents());

    assertThat(Said.of(read(answer, merged.answer(), !merged.isWhole())))
        .as(answer.file())
        .isEqualTo(Said.of(answer.readByProxy()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unary")
  void reduced_unaryWithTextEverywhere_holdsNone(ReportedCorpus.Answer answer) {
    JsonNode everywhere = withCanary(answer.documents().getFirst(), "", Set.of());
    JsonNode besideNames = withCanary(answer.documents().getFirst(), "", NAMES, "canary");

    assertThat(reduced(answer, everywhere).toString()).doesNotContain("canary");
    assertThat(withoutUsage(reduced(answer, besideNames)).toString()).doesNotContain("canary");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("streams")
  void merged_streamWithTextEverywhere_holdsNone(ReportedCorpus.Answer answer) {
    List<JsonNode> events =
        answer.documents().stream()
            .map(event -> withCanary(event, "", Set.of("type", "event_type", "object")))
            .toList();

    assertThat(merged(answer, events).answer().toString()).doesNotContain("canary");
  }

  private static ObjectNode reduced(ReportedCorpus.Answer answer, JsonNode whole) {
    return BillableFields.of(Provider.valueOf(answer.provider().name()), whole);
  }

  private static StreamedAnswer merged(ReportedCorpus.Answer answer, List<JsonNode> events) {
    StreamedAnswer merged = StreamedAnswer.of(Provider.valueOf(answer.provider().name()));
    events.forEach(merged::add);
    if (answer.end() == AnswerEnd.WHOLE) {
      merged.ended();
    }
    return merged;
  }

  private static UsageReading read(ReportedCorpus.Answer answer, JsonNode reported, boolean cut) {
    return ProviderResponse.read(
        reported, answer.provider(), answer.request().requestedModel(), answer.streamed(), cut);
  }

  /** A word of one's own may be anywhere in a usage object, where no provider has text. */
  private static ObjectNode withoutUsage(ObjectNode reduced) {
    return reduced.without(List.of("usage", "usageMetadata", "tool_usage", "svg_usage"));
  }

  private static JsonNode withCanary(JsonNode value, String name, Set<String> spared) {
    return withCanary(value, name, spared, CANARY);
  }

  /** The value with the canary in the place of each string but those of the names spared. */
  private static JsonNode withCanary(
      JsonNode value, String name, Set<String> spared, String canary) {
    if (value instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object
          .properties()
          .forEach(
              member ->
                  copy.set(
                      member.getKey(),
                      withCanary(member.getValue(), member.getKey(), spared, canary)));
      return copy;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(element -> copy.add(withCanary(element, name, spared, canary)));
      return copy;
    }
    return value.isTextual() && !spared.contains(name) ? TextNode.valueOf(canary) : value;
  }
}
