package io.openmonetize.storage;

import static io.openmonetize.storage.Attributes.longOrNull;
import static io.openmonetize.storage.Attributes.number;
import static io.openmonetize.storage.Attributes.put;
import static io.openmonetize.storage.Attributes.text;
import static io.openmonetize.storage.Attributes.textOrNull;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Provider;
import io.openmonetize.events.Source;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.Cost;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An event as an item of the usage table. Names are short, and what the key says is not said again,
 * because a write unit is one KB and an event is written three times: once in the table (twice the
 * price in a transaction) and once in each index.
 *
 * <p>Numbers are DynamoDB's: exact to 38 digits, without trailing zeros.
 */
public final class EventItem {
  private static final String FINGERPRINT = "fp";

  private EventItem() {}

  /**
   * @throws IllegalArgumentException when no key can be made of it: a year of other than four
   *     digits
   */
  public static Map<String, AttributeValue> write(StoredEvent stored, UsageLayout layout) {
    return write(stored, layout, 0);
  }

  /**
   * @param rollupShard that of the all-customer sums which count the event
   * @throws IllegalArgumentException when no key can be made of it: a year of other than four
   *     digits
   */
  public static Map<String, AttributeValue> write(
      StoredEvent stored, UsageLayout layout, int rollupShard) {
    UsageEvent event = stored.event();
    EventKey key = new EventKey(event.attribution().customerId(), event.identity());
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("pk", text(key.partition()));
    item.put("sk", text(EventKey.SORT));
    writeFeedKeys(item, event, FeedKey.digest(key), layout);
    if (!(event.identity() instanceof EventIdentity.ById(String id)
        && id.equals(event.eventId()))) {
      item.put("id", text(event.eventId()));
    }
    item.put("ty", text(event.type().name()));
    item.put("t", text(event.timestamp().toString()));
    item.put("at", text(stored.receivedAt().toString()));
    item.put("so", text(event.source().wireName()));
    item.put("en", text(event.environment()));
    put(item, "ak", event.apiKeyId());
    put(item, "us", event.attribution().userId());
    put(item, "te", event.attribution().teamId());
    item.put("fe", text(event.attribution().featureId()));
    put(item, "me", event.attribution().metadata());
    put(item, "p", event.provider() == null ? null : event.provider().name());
    put(item, "m", event.model());
    put(item, "rm", event.requestedModel());
    put(item, "ep", event.endpoint());
    if (event.streamed()) {
      item.put("sm", AttributeValue.fromBool(true));
    }
    writeUsage(item, event);
    writeCall(item, event);
    writeCost(item, stored.cost());
    item.put(FINGERPRINT, AttributeValue.fromB(SdkBytes.fromByteArray(Fingerprint.of(event))));
    item.put(SumLayout.ATTRIBUTE, SumLayout.NOW.stored());
    if (rollupShard != 0) {
      item.put(LedgerEntry.ROLLUP_SHARD, number(rollupShard));
    }
    return item;
  }

  public static StoredEvent read(Map<String, AttributeValue> item) {
    EventKey key = EventKey.ofPartition(required(item, "pk"));
    String provider = textOrNull(item, "p");
    UsageEvent event =
        new UsageEvent(
            readId(item, key.identity()),
            key.identity(),
            EventType.valueOf(required(item, "ty")),
            Instant.parse(required(item, "t")),
            wireName(Source.values(), Source::wireName, required(item, "so")),
            required(item, "en"),
            textOrNull(item, "ak"),
            new Attribution(
                key.customerId(),
                textOrNull(item, "us"),
                textOrNull(item, "te"),
                required(item, "fe"),
                textOrNull(item, "me")),
            provider == null ? null : Provider.valueOf(provider),
            textOrNull(item, "m"),
            textOrNull(item, "rm"),
            textOrNull(item, "ep"),
            item.containsKey("sm"),
            readUsage(item),
            readCall(item, key.identity()));
    return new StoredEvent(event, readCost(item), Instant.parse(required(item, "at")));
  }

  /** Whether the item, found under the event's identity, was made from the same report. */
  public static boolean saysTheSame(Map<String, AttributeValue> item, UsageEvent event) {
    AttributeValue fingerprint = item.get(FINGERPRINT);
    return fingerprint != null
        && Arrays.equals(fingerprint.b().asByteArray(), Fingerprint.of(event));
  }

  /** As {@link #saysTheSame(Map, UsageEvent)}, for two events of one identity. */
  public static boolean sayTheSame(UsageEvent one, UsageEvent other) {
    return Arrays.equals(Fingerprint.of(one), Fingerprint.of(other));
  }

  private static void writeFeedKeys(
      Map<String, AttributeValue> item, UsageEvent event, byte[] digest, UsageLayout layout) {
    LocalDate day = FeedKey.day(event.timestamp());
    if (day.getYear() < 0 || day.getYear() > 9999) {
      throw new IllegalArgumentException("a timestamp's year must have four digits");
    }
    String sort = FeedKey.sort(event.timestamp(), digest);
    int shard = FeedKey.shard(digest, layout.feedShards());
    item.put("cfpk", text(FeedKey.customerPartition(event.attribution().customerId(), day)));
    item.put("cfsk", text(sort));
    item.put("dfpk", text(FeedKey.dayPartition(day, shard)));
    item.put("dfsk", text(sort));
  }

  private static String readId(Map<String, AttributeValue> item, EventIdentity identity) {
    String id = textOrNull(item, "id");
    if (id != null) {
      return id;
    }
    if (identity instanceof EventIdentity.ById(String eventId)) {
      return eventId;
    }
    throw new IllegalArgumentException("an event's item has no id");
  }

  private static void writeUsage(Map<String, AttributeValue> item, UsageEvent event) {
    Usage usage = event.usage();
    item.put("st", text(usage.status().wireName()));
    put(item, "sr", usage.reason());
    put(item, "ti", usage.terms().serviceTier());
    put(item, "sp", usage.terms().speed());
    put(item, "ge", usage.terms().geography());
    if (!usage.lines().isEmpty()) {
      item.put("ln", UsageLineAttributes.write(usage.lines(), event.model()));
    }
    put(item, "rw", usage.raw());
  }

  private static Usage readUsage(Map<String, AttributeValue> item) {
    return new Usage(
        wireName(UsageStatus.values(), UsageStatus::wireName, required(item, "st")),
        textOrNull(item, "sr"),
        new PricingTerms(textOrNull(item, "ti"), textOrNull(item, "sp"), textOrNull(item, "ge")),
        UsageLineAttributes.read(item.get("ln"), textOrNull(item, "m")),
        textOrNull(item, "rw"));
  }

  private static void writeCall(Map<String, AttributeValue> item, UsageEvent event) {
    Call call = event.call();
    item.put("cs", text(call.status().wireName()));
    put(item, "hs", call.httpStatus() == null ? null : Long.valueOf(call.httpStatus()));
    put(item, "et", call.errorType());
    put(item, "pr", call.providerRequestId());
    if (!Objects.equals(call.providerResponseId(), responseId(event.identity()))) {
      item.put(
          "ri",
          call.providerResponseId() == null
              ? AttributeValue.fromNul(true)
              : text(call.providerResponseId()));
    }
    put(item, "fb", call.firstByteMs());
    put(item, "du", call.durationMs());
    put(item, "an", call.attempt() == null ? null : Long.valueOf(call.attempt()));
    put(item, "lc", call.logicalCallId());
  }

  private static Call readCall(Map<String, AttributeValue> item, EventIdentity identity) {
    Long httpStatus = longOrNull(item, "hs");
    Long attempt = longOrNull(item, "an");
    return new Call(
        wireName(CallStatus.values(), CallStatus::wireName, required(item, "cs")),
        httpStatus == null ? null : Math.toIntExact(httpStatus),
        textOrNull(item, "et"),
        textOrNull(item, "pr"),
        item.containsKey("ri") ? textOrNull(item, "ri") : responseId(identity),
        longOrNull(item, "fb"),
        longOrNull(item, "du"),
        attempt == null ? null : Math.toIntExact(attempt),
        textOrNull(item, "lc"));
  }

  /** The answer's id where the key says it already. */
  private static @Nullable String responseId(EventIdentity identity) {
    return identity instanceof EventIdentity.ByResponse(Provider _, String id) ? id : null;
  }

  private static void writeCost(Map<String, AttributeValue> item, Cost cost) {
    switch (cost) {
      case Cost.Priced(BigDecimal usd, String priceBook) -> {
        item.put("c", number(usd));
        item.put("pb", text(priceBook));
      }
      case Cost.Unpriced(String reason, String priceBook, BigDecimal knownUsd) -> {
        item.put("cr", text(reason));
        item.put("pb", text(priceBook));
        if (knownUsd.signum() != 0) {
          item.put("ck", number(knownUsd));
        }
      }
    }
  }

  private static Cost readCost(Map<String, AttributeValue> item) {
    String priceBook = required(item, "pb");
    AttributeValue usd = item.get("c");
    if (usd != null) {
      return new Cost.Priced(new BigDecimal(usd.n()), priceBook);
    }
    AttributeValue known = item.get("ck");
    return new Cost.Unpriced(
        required(item, "cr"),
        priceBook,
        known == null ? BigDecimal.ZERO : new BigDecimal(known.n()));
  }

  private static String required(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(textOrNull(item, name), () -> "an event's item has no " + name);
  }

  private static <T> T wireName(T[] values, Function<T, String> name, String wanted) {
    for (T value : values) {
      if (name.apply(value).equals(wanted)) {
        return value;
      }
    }
    throw new IllegalArgumentException("an event's item holds the unknown word " + wanted);
  }
}
