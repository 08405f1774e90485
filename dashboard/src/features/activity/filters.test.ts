import { expect, test } from "vitest";
import { readRange } from "../../range/range";
import { eventQuery, isFiltered, listAddress, readStateFilters, summaryQuery } from "./filters";

const NOW = new Date("2026-11-24T10:32:00Z");
const ALL =
  "range=7d&customer_id=acme&user_id=u&feature_id=f&provider=OPENAI&model=m&status=error" +
  "&usage_status=partial&cost_status=unpriced&quarantined=true&source=proxy";

test("eventQuery_everyFilter_isAskedOfTheServer", () => {
  expect(eventQuery(ALL, readRange(ALL, NOW))).toEqual({
    customer_id: "acme",
    user_id: "u",
    feature_id: "f",
    provider: "OPENAI",
    model: "m",
    status: "error",
    usage_status: "partial",
    cost_status: "unpriced",
    quarantined: "true",
    source: "proxy",
    from: "2026-11-18T00:00:00Z",
  });
});

test("eventQuery_chosenDaysOrAPastMonth_haveAnEnd", () => {
  const days = "from=2026-11-20&to=2026-11-21";
  expect(eventQuery(days, readRange(days, NOW))).toEqual({
    from: "2026-11-20T00:00:00Z",
    to: "2026-11-22T00:00:00Z",
  });
  const month = "range=last-month";
  expect(eventQuery(month, readRange(month, NOW))).toEqual({
    from: "2026-10-01T00:00:00Z",
    to: "2026-11-01T00:00:00Z",
  });
});

test("eventQuery_anHourPasses_asksForTheSameList", () => {
  const later = new Date(NOW.getTime() + 3_600_000);
  expect(eventQuery(ALL, readRange(ALL, later))).toEqual(eventQuery(ALL, readRange(ALL, NOW)));
});

test("summaryQuery_states_areLeftOut", () => {
  expect(summaryQuery(ALL, readRange(ALL, NOW))).toEqual({
    customer_id: "acme",
    user_id: "u",
    feature_id: "f",
    provider: "OPENAI",
    model: "m",
    from: "2026-11-18T00:00:00Z",
    to: "2026-11-24T11:00:00Z",
  });
});

test("listAddress_openedEventAndOrder_makeNoOtherList", () => {
  expect(listAddress("event=e-1&status=ok&customer_id=a")).toBe(
    listAddress("customer_id=a&status=ok&colour=red"),
  );
});

test("isFiltered_rangeAlone_isNot", () => {
  expect(isFiltered("range=7d&event=e-1")).toBe(false);
  expect(isFiltered("quarantined=true")).toBe(true);
  expect(readStateFilters("quarantined=true&status=")).toEqual({ quarantined: "true" });
});
