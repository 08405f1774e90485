package io.openmonetize.local.load;

import io.openmonetize.events.Attribution;
import io.openmonetize.events.Call;
import io.openmonetize.events.CallIntent;
import io.openmonetize.events.CallStatus;
import io.openmonetize.events.EventIdentity;
import io.openmonetize.events.EventType;
import io.openmonetize.events.PricingTerms;
import io.openmonetize.events.Source;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.Usage;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.events.UsageLine;
import io.openmonetize.events.UsageStatus;
import io.openmonetize.pricing.PriceBook;
import io.openmonetize.storage.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes up what a user does in a row: one feature of a product, and so one model. */
final class MadeUpSession {
  private static final List<String> FEATURES =
      List.of("chat", "search", "summaries", "mail-drafts", "transcripts", "reports");
  private static final int USERS_AT_LEAST = 3;
  private static final int USERS_MORE = 10;

  /** Of a thousand calls. */
  private static final int UNACCOUNTED = 3;

  private static final int TIMED_OUT = 3;
  private static final int REFUSED = 20;
  private static final int BROKEN_OFF = 10;
  private static final int UNLISTED = 10;

  private final LoadShape shape;
  private final PriceBook prices;
  private final String environment;

  MadeUpSession(LoadShape shape, PriceBook prices, String environment) {
    this.shape = shape;
    this.prices = prices;
    this.environment = environment;
  }

  /** One call of the session. */
  private record Asked(
      String requestId, Instant at, Source source, Attribution whose, MadeUpModel model) {}

  /** Within the time, which is no longer than a day. */
  List<StoredEvent> make(SplittableRandom random, Instant from, Instant to, int length) {
    // The product of chances: the first customers use the most, and many hardly anything.
    int customer = random.nextInt(1 + random.nextInt(1 + random.nextInt(shape.customers())));
    int users = USERS_AT_LEAST + customer % USERS_MORE;
    int user = random.nextInt(1 + random.nextInt(users));
    int feature = random.nextInt(FEATURES.size());
    // A background job reports for itself, and has no user.
    Source source = random.nextInt(20) == 0 ? Source.SDK : Source.PROXY;
    String customerId = "customer-%04d".formatted(customer + 1);
    Attribution whose =
        new Attribution(
            customerId,
            source == Source.SDK ? null : customerId + "-user-" + (user + 1),
            null,
            FEATURES.get(feature),
            null);
    MadeUpModel model = MadeUpModel.ALL.get((customer + feature) % MadeUpModel.ALL.size());
    long space = Duration.between(from, to).toMillis();
    long offset = random.nextLong(space);
    List<StoredEvent> events = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Instant at = from.plusMillis(Math.min(offset, space - 1));
      events.add(stored(random, new Asked(id(random), at, source, whose, model)));
      offset += 2_000 + random.nextInt(60_000);
    }
    return events;
  }

  private StoredEvent stored(SplittableRandom random, Asked asked) {
    UsageEvent event = event(random, asked);
    Long duration = event.call().durationMs();
    Instant receivedAt =
        asked.at.plusMillis(250 + random.nextInt(1_500) + (duration == null ? 0 : duration));
    return new StoredEvent(event, prices.price(event), receivedAt);
  }

  private UsageEvent event(SplittableRandom random, Asked asked) {
    int fate = asked.source == Source.SDK ? 1_000 : random.nextInt(1_000);
    if ((fate -= UNACCOUNTED) < 0) {
      return unaccounted(asked);
    }
    if ((fate -= TIMED_OUT) < 0) {
      Usage usage = Usage.missing("no answer came in time");
      return unanswered(asked, usage, call(CallStatus.TIMEOUT, null, null, null, 60_000));
    }
    if ((fate -= REFUSED) < 0) {
      Usage usage = Usage.none("the provider answered with an error");
      String request = "req_" + hex(random);
      return unanswered(asked, usage, call(CallStatus.ERROR, 429, "rate_limit_error", request, 90));
    }
    if ((fate -= BROKEN_OFF) < 0) {
      return answered(random, asked, asked.model, UsageStatus.PARTIAL);
    }
    boolean unlisted = fate < UNLISTED;
    return answered(
        random, asked, unlisted ? asked.model.unlisted() : asked.model, UsageStatus.EXACT);
  }

  private UsageEvent unaccounted(Asked asked) {
    return new CallIntent(
            asked.requestId,
            asked.at,
            asked.at,
            environment,
            null,
            asked.whose,
            asked.model.provider(),
            asked.model.endpoint(),
            asked.model.name(),
            true,
            null,
            null)
        .unaccounted();
  }

  private UsageEvent unanswered(Asked asked, Usage usage, Call call) {
    return new UsageEvent(
        asked.requestId,
        new EventIdentity.ById(asked.requestId),
        EventType.TOKEN_USAGE,
        asked.at,
        asked.source,
        environment,
        null,
        asked.whose,
        asked.model.provider(),
        null,
        asked.model.name(),
        asked.model.endpoint(),
        true,
        usage,
        call);
  }

  private UsageEvent answered(
      SplittableRandom random, Asked asked, MadeUpModel model, UsageStatus status) {
    boolean exact = status == UsageStatus.EXACT;
    TokenCounts tokens = model.tokens(random);
    String responseId = model.responseId() + hex(random);
    Usage usage =
        new Usage(
            status,
            exact ? null : "the answer broke off",
            new PricingTerms(model.tier(), null, null),
            List.of(new UsageLine(model.name(), tokens)),
            model.raw(tokens));
    Call call =
        asked.source == Source.SDK
            ? Call.REPORTED
            : new Call(
                exact ? CallStatus.OK : CallStatus.INTERRUPTED,
                200,
                null,
                "req_" + hex(random),
                responseId,
                200L + random.nextInt(2_000),
                2_500L + random.nextInt(20_000));
    return new UsageEvent(
        asked.requestId,
        asked.source == Source.SDK
            ? new EventIdentity.ById(asked.requestId)
            : new EventIdentity.ByResponse(model.provider(), responseId),
        EventType.TOKEN_USAGE,
        asked.at,
        asked.source,
        environment,
        null,
        asked.whose,
        model.provider(),
        model.name(),
        null,
        asked.source == Source.SDK ? null : model.endpoint(),
        asked.source == Source.PROXY,
        usage,
        call);
  }

  private static Call call(
      CallStatus status,
      @Nullable Integer http,
      @Nullable String error,
      @Nullable String request,
      long duration) {
    return new Call(status, http, error, request, null, null, duration);
  }

  private static String id(SplittableRandom random) {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  private static String hex(SplittableRandom random) {
    return HexFormat.of().toHexDigits(random.nextLong())
        + HexFormat.of().toHexDigits(random.nextInt());
  }
}
