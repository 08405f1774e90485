package io.openmonetize.bench.worker;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.QueueMessage;
import io.openmonetize.events.QueueMessageJson;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Batches as the queue delivers them, of proxied calls that just ended: three providers' models,
 * two features, metadata, the provider's own words on use, cached tokens. No two are alike.
 */
final class MadeUpBatches {
  static final int EVENTS = 100;

  private record Model(Provider provider, String name, String endpoint) {}

  private static final List<Model> MODELS =
      List.of(
          new Model(Provider.ANTHROPIC, "claude-sonnet-4-5", "messages"),
          new Model(Provider.OPENAI, "gpt-4.1-mini", "chat_completions"),
          new Model(Provider.GOOGLE, "gemini-2.5-flash", "stream_generate_content"));

  private static final List<String> FEATURES = List.of("chat", "summaries");

  private MadeUpBatches() {}

  /** The messages' bodies. */
  static List<String> batch(Mix mix, Instant now) {
    List<String> messages = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      messages.add(QueueMessageJson.write(new QueueMessage.Event(event(mix, i, now))));
    }
    return messages;
  }

  private static UsageEvent event(Mix mix, int number, Instant now) {
    Model model = MODELS.get(number % MODELS.size());
    String feature = FEATURES.get(number / MODELS.size() % FEATURES.size());
    String id = UUID.randomUUID().toString();
    String responseId = "msg_01" + id.replace("-", "").substring(0, 22);
    long input = 900 + number * 7L;
    long output = 200 + number * 3L;
    return new UsageEvent(
        id,
        new EventIdentity.ByResponse(model.provider, responseId),
        EventType.TOKEN_USAGE,
        now.minusMillis(4_000 - number),
        Source.PROXY,
        "live",
        "key_01J8ZQ4T6M",
        new Attribution(
            mix.customer(number),
            mix.user(number),
            "team-7",
            feature,
            "{\"conversation\":\"c-%d\",\"plan\":\"pro\",\"region\":\"eu\"}".formatted(number)),
        model.provider,
        model.name,
        null,
        model.endpoint,
        true,
        new Usage(
            UsageStatus.EXACT,
            null,
            new PricingTerms("standard", null, null),
            List.of(
                new UsageLine(
                    model.name,
                    new TokenCounts(
                        Map.of(
                            TokenClass.INPUT, input,
                            TokenClass.CACHE_READ, 512L,
                            TokenClass.OUTPUT, output)))),
            ("{\"input_tokens\":%d,\"cache_creation_input_tokens\":0,"
                    + "\"cache_read_input_tokens\":512,\"output_tokens\":%d,"
                    + "\"service_tier\":\"standard\"}")
                .formatted(input, output)),
        new Call(CallStatus.OK, 200, null, "req_" + id, responseId, 412L, 3_871L));
  }
}
