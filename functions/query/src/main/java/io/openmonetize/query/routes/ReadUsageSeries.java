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
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupFilter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/usage/series}: sums of each hour, day, week or month of a time zone. */
public final class ReadUsageSeries implements ReaderHandler {
  private static final Set<String> PARAMETERS =
      UsageFilter.with("from", "to", "bucket", "time_zone", "group_by", "top", "metric");
  private static final String NO_GROUPS = "none";
  private static final int TOP_BY_DEFAULT = 8;
  private static final int TOP_AT_MOST = 50;

  /** A point takes up to 200 bytes of an answer, of which there are 6 MB. */
  static final int POINTS_AT_MOST = 25_000;

  private final GroupedUsage usage;
  private final Clock clock;

  public ReadUsageSeries(GroupedUsage usage, Clock clock) {
    this.usage = usage;
    this.clock = clock;
  }

  /**
   * @param key null for everything, or for the rest
   */
  private record Group(
      Grouping.@Nullable Key key, boolean other, List<Rollup> points, Rollup total) {
    static Group of(Grouping.@Nullable Key key, boolean other, List<Rollup> points) {
      return new Group(key, other, points, points.stream().reduce(Rollup.NONE, Rollup::plus));
    }
  }

  @Override
  public Answer handle(Request request, Caller caller) {
    QueryParameters parameters = QueryParameters.read(request, PARAMETERS);
    RollupFilter filter = UsageFilter.read(parameters, caller);
    Buckets bucket =
        Objects.requireNonNullElse(
            parameters.oneOf("bucket", Buckets.values(), Buckets::wireName), Buckets.DAY);
    ZoneId zone = zone(parameters);
    Grouping by = grouping(parameters);
    Metric metric =
        Objects.requireNonNullElse(
            parameters.oneOf("metric", Metric.values(), Metric::wireName), Metric.COST);
    int top = parameters.wholeNumber("top", TOP_BY_DEFAULT, 1, TOP_AT_MOST);
    TimeRange range =
        TimeRange.read(parameters, clock.instant(), SummarizeUsage.LENGTH_BY_DEFAULT).wholeHours();
    if (by != null && GroupedUsage.needsWholeDays(by, filter)) {
      if (bucket == Buckets.HOUR || !zone.getRules().equals(ZoneOffset.UTC.getRules())) {
        throw Refusal.invalid(
            "group_by",
            by.wireName()
                + " with these filters is known by day of UTC only: choose a longer bucket and"
                + " time_zone UTC");
      }
      range = range.wholeDays();
    }
    List<Instant> edges = bucket.edges(range, zone, "bucket");
    if (by != null && (top + 1) * (edges.size() - 1) > POINTS_AT_MOST) {
      throw Refusal.invalid(
          "top",
          "is too great for so many buckets: together there may be %d points of (top + 1) groups"
              .formatted(POINTS_AT_MOST));
    }
    List<Group> groups =
        by == null
            ? List.of(Group.of(null, false, usage.whole(filter, edges)))
            : top(usage.read(by, filter, edges), metric, top);
    ObjectNode json =
        Json.object()
            .put("bucket", bucket.wireName())
            .put("time_zone", zone.getId())
            .put("from", range.from().toString())
            .put("to", range.to().toString())
            .put("updated_at", updatedAt(groups));
    ArrayNode starts = json.putArray("buckets");
    edges.subList(0, edges.size() - 1).forEach(start -> starts.add(start.toString()));
    ArrayNode list = json.putArray("groups");
    groups.forEach(group -> list.add(json(group)));
    return Answer.json(200, Json.data(json));
  }

  private static @Nullable Grouping grouping(QueryParameters parameters) {
    String[] words =
        Stream.concat(
                Stream.of(NO_GROUPS), Arrays.stream(Grouping.values()).map(Grouping::wireName))
            .toArray(String[]::new);
    String word = parameters.oneOf("group_by", words, each -> each);
    return word == null || word.equals(NO_GROUPS)
        ? null
        : parameters.oneOf("group_by", Grouping.values(), Grouping::wireName);
  }

  private static ZoneId zone(QueryParameters parameters) {
    String name = parameters.text("time_zone");
    if (name == null) {
      return ZoneId.of("UTC");
    }
    if (!ZoneId.getAvailableZoneIds().contains(name)) {
      throw Refusal.invalid("time_zone", "must be a name of the IANA database, like Europe/Berlin");
    }
    return ZoneId.of(name);
  }

  /** The greatest of them, and all others as one. */
  private static List<Group> top(Map<Grouping.Key, List<Rollup>> sums, Metric metric, int atMost) {
    List<Group> sorted = new ArrayList<>();
    sums.forEach((key, points) -> sorted.add(Group.of(key, false, points)));
    sorted.sort(
        Comparator.comparing((Group group) -> metric.of(group.total))
            .reversed()
            .thenComparing(group -> group.key == null ? "" : group.key.order()));
    if (sorted.size() <= atMost) {
      return sorted;
    }
    List<Group> shown = new ArrayList<>(sorted.subList(0, atMost));
    List<Rollup> rest = new ArrayList<>(sorted.get(atMost).points);
    for (Group group : sorted.subList(atMost + 1, sorted.size())) {
      for (int i = 0; i < rest.size(); i++) {
        rest.set(i, rest.get(i).plus(group.points.get(i)));
      }
    }
    shown.add(Group.of(null, true, rest));
    return shown;
  }

  private static @Nullable String updatedAt(List<Group> groups) {
    Rollup all = groups.stream().map(Group::total).reduce(Rollup.NONE, Rollup::plus);
    return SumJson.text(all.updatedAt());
  }

  private static ObjectNode json(Group group) {
    ObjectNode json = Json.object();
    json.set("key", group.key == null ? null : group.key.json());
    json.put("other", group.other).set("total", SumJson.of(group.total));
    ArrayNode points = json.putArray("points");
    for (Rollup point : group.points) {
      points
          .addObject()
          .put("events", point.events())
          .put("input_tokens", point.inputTokens())
          .put("output_tokens", point.outputTokens())
          .put("cached_tokens", Metric.cachedTokens(point))
          .put("cost_usd", point.costUsd().toPlainString())
          .put("unpriced_events", point.unpriced());
    }
    return json;
  }
}
