import { expect, test } from "vitest";
import type { EventQuery, GroupBy } from "../api/types";
import { isKeptByDayOnly, whyNotKept } from "./kept";

// [grouping, filters, kept, by day only]
const CASES: [GroupBy, EventQuery, boolean, boolean][] = [
  ["model", { feature_id: "f", provider: "P" }, true, false],
  ["none", { model: "m" }, true, false],
  ["customer", {}, true, false],
  ["customer", { feature_id: "f" }, true, true],
  ["customer", { provider: "P", model: "m" }, true, true],
  ["customer", { provider: "P" }, false, true],
  ["customer", { model: "m" }, false, true],
  ["customer", { feature_id: "f", provider: "P", model: "m" }, false, true],
  ["customer", { customer_id: "c", provider: "P" }, true, false],
  ["user", {}, false, true],
  ["user", { customer_id: "c" }, true, true],
  ["user", { customer_id: "c", model: "m" }, false, true],
  ["user", { customer_id: "c", user_id: "u", model: "m" }, true, false],
];

test.each(CASES)("sumsBy_%s_of%j_areKept%s", (group, query, kept, byDay) => {
  expect(whyNotKept(group, query) === null).toBe(kept);
  expect(isKeptByDayOnly(group, query)).toBe(byDay);
});
