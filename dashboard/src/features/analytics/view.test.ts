import { expect, test } from "vitest";
import { readRange } from "../../range/range";
import { breakdownQuery, readView, seriesQuery } from "./view";

const NOW = new Date("2026-11-24T10:32:11Z");
const RANGE = readRange("range=7d&tz=Europe/Berlin", NOW);

test("readView_nothingSaid_isCostByModelByDay", () => {
  const view = readView("", RANGE, {});
  expect(view).toMatchObject({ metric: "cost", group: "model", rollup: "day" });
  expect(view.rollups).toContain("hour");
});

test("readView_userWithoutCustomer_isModel", () => {
  expect(readView("group=user", RANGE, {}).group).toBe("model");
});

test("readView_unknownWords_areLeftOut", () => {
  expect(readView("metric=x&group=y&rollup=z", RANGE, {})).toMatchObject({
    metric: "cost",
    group: "model",
    rollup: "day",
  });
});

test("readView_rollupTooFineForTheRange_isLeftOut", () => {
  const long = readRange("from=2025-01-01&to=2026-11-01", NOW);
  expect(readView("rollup=hour", long, {}).rollup).toBe("week");
});

test("seriesQuery_byUser_isByDayOfUtc", () => {
  const filters = { customer_id: "acme" };
  const view = readView("group=user&rollup=hour", RANGE, filters);
  expect(seriesQuery(view, RANGE, filters)).toMatchObject({
    customer_id: "acme",
    group_by: "user",
    bucket: "day",
    time_zone: "UTC",
  });
});

test("breakdownQuery_tokens_areSortedByTokens", () => {
  const view = readView("metric=output_tokens", RANGE, {});
  expect(breakdownQuery(view, RANGE, {})).toMatchObject({ sort: "tokens", group_by: "model" });
  expect(breakdownQuery(readView("group=none", RANGE, {}), RANGE, {})).toBeNull();
});
