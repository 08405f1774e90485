package io.openmonetize.query.routes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.openmonetize.query.http.Json;
import io.openmonetize.storage.Rollup;
import io.openmonetize.storage.RollupDimension;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What matched, by use and by time. All parts of an answer come of one reading, so they agree.
 *
 * @param edges of the times that each list has a sum for
 */
record AnalyticsSums(Map<RollupDimension.Use, List<Rollup>> byUse, List<Instant> edges) {
  private static final int ROWS_AT_MOST = 1_000;

  /** A credit was a thousandth of a dollar there. */
  private static final int DIGITS_OF_CREDIT = 3;

  record Row<K>(K key, Rollup sum) {}

  static AnalyticsSums read(GroupedUsage usage, AnalyticsQuery query, List<Instant> edges) {
    Map<RollupDimension.Use, List<Rollup>> all =
        new HashMap<>(usage.byUse(query.customerId(), query.userId(), edges));
    all.keySet().removeIf(use -> !query.matches(use));
    return new AnalyticsSums(all, edges);
  }

  Rollup total() {
    return byUse.values().stream().flatMap(List::stream).reduce(Rollup.NONE, Rollup::plus);
  }

  /** One sum for each time between two edges. */
  List<Rollup> timeline() {
    List<Rollup> sums = new ArrayList<>();
    for (int i = 0; i < edges.size() - 1; i++) {
      int part = i;
      sums.add(
          byUse.values().stream().map(parts -> parts.get(part)).reduce(Rollup.NONE, Rollup::plus));
    }
    return sums;
  }

  /** The greatest cost first. */
  <K> List<Row<K>> rows(Function<RollupDimension.Use, K> group) {
    Map<K, Rollup> sums = new HashMap<>();
    byUse.forEach(
        (use, parts) ->
            sums.merge(
                group.apply(use), parts.stream().reduce(Rollup.NONE, Rollup::plus), Rollup::plus));
    List<Row<K>> rows = new ArrayList<>();
    sums.forEach((key, sum) -> rows.add(new Row<>(key, sum)));
    rows.sort(
        Comparator.comparing((Row<K> row) -> Metric.COST.of(row.sum))
            .reversed()
            .thenComparing(row -> row.key.toString()));
    return rows;
  }

  /** A list of the answer; false when not all rows were put in. */
  <K> boolean put(
      ObjectNode into,
      String field,
      Function<RollupDimension.Use, K> group,
      BiConsumer<ObjectNode, Row<K>> write) {
    List<Row<K>> rows = rows(group);
    ArrayNode list = into.putArray(field);
    rows.stream().limit(ROWS_AT_MOST).forEach(row -> write.accept(list.addObject(), row));
    return rows.size() <= ROWS_AT_MOST;
  }

  /** Provider and model, without the feature. */
  static RollupDimension.Model model(RollupDimension.Use use) {
    return new RollupDimension.Model(use.provider(), use.model());
  }

  static ObjectNode putModel(ObjectNode json, RollupDimension.Model model) {
    return json.put("provider", model.provider() == null ? null : model.provider().name())
        .put("model", model.model());
  }

  /** The cost is of the priced events alone, so each says how many it leaves out. */
  static void putCost(ObjectNode json, Rollup sum) {
    json.put("eventCount", sum.events())
        .put("creditsBurned", credits(sum.costUsd()))
        .put("costUsd", text(sum.costUsd()))
        .put("unpricedEvents", sum.unpriced());
  }

  ObjectNode times() {
    return Json.object()
        .put("startDate", edges.getFirst().toString())
        .put("endDate", edges.getLast().toString());
  }

  /** Exactly so many credits as the dollars are, where theirs were rounded up at each event. */
  static String credits(BigDecimal usd) {
    return text(usd.movePointRight(DIGITS_OF_CREDIT));
  }

  static String text(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
