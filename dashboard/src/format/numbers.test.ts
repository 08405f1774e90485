import { expect, test } from "vitest";
import { formatDecimal } from "./numbers";

test.each([
  ["1800", "1,800"],
  ["1234567.50", "1,234,567.5"],
  ["0.000", "0"],
  ["-12.05", "-12.05"],
  ["007", "7"],
  ["90071992547409931", "90,071,992,547,409,931"],
  ["1e9", "1e9"],
])("formatDecimal_%s_is%s", (amount, shown) => {
  expect(formatDecimal(amount)).toBe(shown);
});
