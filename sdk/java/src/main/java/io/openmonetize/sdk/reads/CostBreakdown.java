package io.openmonetize.sdk.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Costs by something, the greatest first.
 *
 * @param from the whole hour with which they begin
 * @param to the whole hour before which they end
 * @param rows one a group
 * @param total of all groups, those not among the rows included
 * @param groups how many there are
 * @param nextCursor for the query after this; null when no more follow
 */
public record CostBreakdown(
    Instant from,
    Instant to,
    List<CostRow> rows,
    UsageSum total,
    long groups,
    @Nullable String nextCursor) {
  static CostBreakdown of(JsonNode data) {
    List<CostRow> rows = new ArrayList<>();
    data.path("rows").forEach(row -> rows.add(CostRow.of(row)));
    return new CostBreakdown(
        Values.instant(data, "from"),
        Values.instant(data, "to"),
        List.copyOf(rows),
        UsageSum.of(data.path("total")),
        data.path("groups").asLong(),
        Values.textOrNull(data, "next_cursor"));
  }
}
