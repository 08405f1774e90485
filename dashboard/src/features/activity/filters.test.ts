import { expect, test } from "vitest";
import {
  activeFilters,
  eventQuery,
  lastDays,
  NO_FILTERS,
  readFilters,
  hasTotals,
  summaryQuery,
  writeFilters,
} from "./filters";

test("readFilters_whatWriteFiltersWrote_isTheSame", () => {
  const filters = {
    ...NO_FILTERS,
    customer_id: "a&b=c d/ü",
    provider: "OPENAI",
    from: "2026-11-01",
    to: "2026-11-24",
  };
  expect(readFilters(writeFilters(filters).toString())).toEqual(filters);
});

test("readFilters_unknownNamesAndDaysThatAreNone_areLeftOut", () => {
  expect(readFilters("colour=red&from=yesterday&to=2026-02-30")).toEqual(NO_FILTERS);
});

test("writeFilters_blankValues_areLeftOut", () => {
  expect(writeFilters({ ...NO_FILTERS, user_id: "  ", model: " m " }).toString()).toBe("model=m");
});

test("activeFilters_noFilters_isEmpty", () => {
  expect(activeFilters(NO_FILTERS)).toEqual([]);
});

test("eventQuery_days_coverTheLastDayWhole", () => {
  expect(eventQuery({ ...NO_FILTERS, from: "2026-11-24", to: "2026-11-30" })).toEqual({
    from: "2026-11-24T00:00:00Z",
    to: "2026-12-01T00:00:00Z",
  });
});

test("summaryQuery_status_isNotAskedFor", () => {
  expect(summaryQuery({ ...NO_FILTERS, status: "error", model: "m" })).toEqual({ model: "m" });
});

test("lastDays_seven_endsToday", () => {
  expect(lastDays(7, new Date("2026-11-24T23:59:59Z"))).toEqual({
    from: "2026-11-18",
    to: "2026-11-24",
  });
});

test("hasTotals_userWithoutCustomer_no", () => {
  expect(hasTotals({ ...NO_FILTERS, user_id: "ann" })).toBe(false);
  expect(hasTotals({ ...NO_FILTERS, user_id: "ann", customer_id: "acme" })).toBe(true);
  expect(hasTotals(NO_FILTERS)).toBe(true);
});
