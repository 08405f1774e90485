package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.events.TokenClass;
import io.openmonetize.events.TokenCounts;
import io.openmonetize.events.UsageEvent;
import io.openmonetize.pricing.Cost;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.storage.EventFeed;
import io.openmonetize.storage.EventFilter;
import io.openmonetize.storage.EventPage;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.StoredEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code GET /v1/events} with an {@code offset}, as the existing TypeScript package's users call
 * it, answered in their shape. What is skipped must be read, so an offset has a bound; a cursor has
 * none. How many there are in all comes from the sums.
 */
final class EventsByOffset {
  /** Offset and limit together. */
  static final int EVENTS_AT_MOST = 1_000;

  /** Of {@link EventFeed#ITEMS_AT_MOST} items at most. */
  private static final int PAGES_AT_MOST = 5;

  private static final int DECIMALS_AT_LEAST = 10;

  private final EventFeed feed;
  private final GroupedUsage usage;

  EventsByOffset(EventFeed feed, GroupedUsage usage) {
    this.feed = feed;
    this.usage = usage;
  }

  /**
   * @throws Refusal when it cannot be had in bounded reads
   */
  Answer answer(EventQuery query, int limit, int offset) {
    if (offset + limit > EVENTS_AT_MOST) {
      throw Refusal.invalid(
          "offset",
          "and limit may be " + EVENTS_AT_MOST + " together; use cursor to read further back");
    }
    TimeRange hours = new TimeRange(query.from(), query.to()).wholeHours();
    EventQuery whole = new EventQuery(query.filter(), hours.from(), hours.to());
    long total =
        usage.whole(sums(query.filter()), List.of(hours.from(), hours.to())).getFirst().events();
    ObjectNode json = Json.object();
    ArrayNode data = json.putArray("data");
    read(whole, offset + limit).stream().skip(offset).map(EventsByOffset::json).forEach(data::add);
    json.putObject("pagination").put("total", total).put("limit", limit).put("offset", offset);
    return Answer.json(200, json);
  }

  private List<StoredEvent> read(EventQuery query, int count) {
    List<StoredEvent> events = new ArrayList<>();
    String cursor = null;
    for (int pages = 0; events.size() < count; pages++) {
      if (pages == PAGES_AT_MOST) {
        throw Refusal.invalid(
            "offset", "lies too far back among events that do not match; use cursor instead");
      }
      EventPage page =
          query.page(feed, Math.min(EventFeed.LIMIT_AT_MOST, count - events.size()), cursor);
      events.addAll(page.events());
      cursor = page.nextCursor();
      if (cursor == null) {
        break;
      }
    }
    return events;
  }

  /** The sums know nothing of the other filters. */
  private static RollupFilter sums(EventFilter filter) {
    if (filter.status() != null
        || filter.usageStatus() != null
        || filter.source() != null
        || filter.priced() != null
        || filter.quarantined() != null) {
      throw Refusal.invalid(
          "offset",
          "goes with customer, user, feature, provider, model and times only; use cursor");
    }
    if (filter.userId() != null && filter.customerId() == null) {
      throw Refusal.invalid("user_id", "needs customer_id where there is an offset; use cursor");
    }
    return new RollupFilter(
        filter.customerId(),
        filter.userId(),
        filter.featureId(),
        filter.provider(),
        filter.model());
  }

  private static ObjectNode json(StoredEvent stored) {
    UsageEvent event = stored.event();
    TokenCounts tokens = event.usage().tokens();
    BigDecimal usd = stored.cost() instanceof Cost.Priced priced ? priced.usd() : null;
    ObjectNode json =
        Json.object()
            .put("id", event.eventId())
            .put("eventType", event.type().name())
            .put("customerId", event.attribution().customerId())
            .put("userId", event.attribution().userId())
            .put("featureId", event.attribution().featureId())
            .put("provider", event.provider() == null ? null : event.provider().name())
            .put("model", event.model())
            .put("inputTokens", Long.toString(tokens.total(TokenClass.Side.INPUT)))
            .put("outputTokens", Long.toString(tokens.total(TokenClass.Side.OUTPUT)))
            .put("creditsBurned", usd == null ? null : AnalyticsSums.credits(usd))
            .put("costUsd", usd == null ? null : tenDecimals(usd))
            .put("timestamp", event.timestamp().toString());
    Json.putVerbatim(json, "metadata", event.attribution().metadata());
    return json;
  }

  /** Theirs has ten; ours has more where the cost has. */
  private static String tenDecimals(BigDecimal usd) {
    BigDecimal exact = usd.stripTrailingZeros();
    return exact.setScale(Math.max(exact.scale(), DECIMALS_AT_LEAST)).toPlainString();
  }
}
