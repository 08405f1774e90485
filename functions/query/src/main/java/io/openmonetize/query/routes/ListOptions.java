package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.access.Caller;
import io.openmonetize.query.access.ReaderHandler;
import io.openmonetize.query.http.Answer;
import io.openmonetize.query.http.Json;
import io.openmonetize.query.http.QueryParameters;
import io.openmonetize.query.http.Refusal;
import io.openmonetize.query.http.Request;
import io.openmonetize.storage.RollupFilter;
import io.openmonetize.storage.UsageOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/options}: what there is to filter by, whatever else is filtered. */
public final class ListOptions implements ReaderHandler {
  private static final Set<String> PARAMETERS =
      Set.of("kind", "customer_id", "prefix", "limit", "from", "to");
  private static final Duration LENGTH_BY_DEFAULT = Duration.ofDays(90);
  private static final int LIMIT_BY_DEFAULT = 50;
  private static final int LIMIT_AT_MOST = 500;

  private final GroupedUsage usage;
  private final UsageOptions options;
  private final Clock clock;

  public ListOptions(GroupedUsage usage, UsageOptions options, Clock clock) {
    this.usage = usage;
    this.options = options;
    this.clock = clock;
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    Grouping kind = parameters.oneOf("kind", Grouping.values(), Grouping::wireName);
    if (kind == null) {
      throw Refusal.invalid("kind", "is missing");
    }
    String customerId = caller.confine(parameters.text("customer_id"));
    String prefix = parameters.text("prefix");
    int limit = parameters.wholeNumber("limit", LIMIT_BY_DEFAULT, 1, LIMIT_AT_MOST);
    TimeRange range = TimeRange.read(parameters, clock.instant(), LENGTH_BY_DEFAULT).wholeDays();
    List<ObjectNode> found =
        kind == Grouping.CUSTOMER && customerId == null
            ? customers(prefix, range, limit + 1)
            : others(kind, customerId, prefix, range);
    ObjectNode json = Json.object();
    ArrayNode data = json.putArray("data");
    found.stream().limit(limit).forEach(data::add);
    return Answer.json(200, json.put("more", found.size() > limit));
  }

  private List<ObjectNode> customers(@Nullable String prefix, TimeRange range, int atMost) {
    return GroupedUsage.bounded(() -> options.customers(prefix, range.from(), range.to(), atMost))
        .stream()
        .map(customerId -> Json.object().put("value", customerId))
        .toList();
  }

  private List<ObjectNode> others(
      Grouping kind, @Nullable String customerId, @Nullable String prefix, TimeRange range) {
    RollupFilter filter = new RollupFilter(customerId, null, null, null, null);
    return usage.read(kind, filter, List.of(range.from(), range.to())).keySet().stream()
        .map(ListOptions::option)
        .filter(option -> prefix == null || option.path("value").asText("").startsWith(prefix))
        .sorted(Comparator.comparing(ListOptions::order))
        .toList();
  }

  private static ObjectNode option(Grouping.Key key) {
    String provider = key.provider() == null ? null : key.provider().name();
    return switch (key.by()) {
      case PROVIDER -> Json.object().put("value", provider);
      case MODEL -> Json.object().put("value", key.value()).put("provider", provider);
      case FEATURE, CUSTOMER, USER -> Json.object().put("value", key.value());
    };
  }

  private static String order(ObjectNode option) {
    return option.path("value").asText("") + " " + option.path("provider").asText("");
  }
}
