import { expect, test } from "vitest";
import { dayAfter, daysBefore, formatAge, formatUtc, formatUtcExact, isDay } from "./time";

test("formatUtc_timeWithOffset_isShownInUtc", () => {
  expect(formatUtc("2026-11-24T01:30:00+02:00")).toBe("2026-11-23 23:30:00");
});

test("formatUtcExact_nanoseconds_keepsMilliseconds", () => {
  expect(formatUtcExact("2026-11-24T10:32:11.250987654Z")).toBe("2026-11-24 10:32:11.250");
});

test("formatUtc_notATime_isShownAsItCame", () => {
  expect(formatUtc("yesterday")).toBe("yesterday");
});

test.each([
  [-500, "just now"],
  [999, "just now"],
  [1000, "1 s ago"],
  [59_999, "59 s ago"],
  [60_000, "1 min ago"],
  [3_599_999, "59 min ago"],
  [7_200_000, "2 h ago"],
])("formatAge_%sMilliseconds_is%s", (age, shown) => {
  expect(formatAge(age)).toBe(shown);
});

test("isDay_onlyDaysThatExist_areDays", () => {
  expect(isDay("2028-02-29")).toBe(true);
  expect(["2026-02-29", "2026-13-01", "2026-1-1", "", "24.11.2026"].some(isDay)).toBe(false);
});

test("dayAfter_endOfYear_isNewYear", () => {
  expect(dayAfter("2026-12-31")).toBe("2027-01-01");
});

test("daysBefore_acrossMonths_countsDays", () => {
  expect(daysBefore("2026-03-01", 1)).toBe("2026-02-28");
});
