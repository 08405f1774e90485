import { expect, test } from "vitest";
import {
  addDecimals,
  changeInTenths,
  compareDecimals,
  decimalText,
  subtractDecimals,
  sumDecimals,
} from "./decimal";

test.each([
  ["0.1", "0.2", "0.3"],
  ["-1", "0.25", "-0.75"],
  ["90071992547409931234.5", "0.000000000000000001", "90071992547409931234.500000000000000001"],
  ["0", "0", "0"],
])("addDecimals_%sAnd%s_is%s", (a, b, sum) => {
  expect(addDecimals(a, b)).toBe(sum);
});

test("subtractDecimals_finerScale_isExact", () => {
  expect(subtractDecimals("1.5", "0.25")).toBe("1.25");
  expect(subtractDecimals("0", "0.000001")).toBe("-0.000001");
});

test("sumDecimals_nothing_isZero", () => {
  expect(sumDecimals([])).toBe("0");
  expect(sumDecimals(["1.5", "2.25", "x"])).toBe("3.75");
});

test("compareDecimals_numbersNotTexts_areCompared", () => {
  const sorted = ["10", "9.5", "0.30", "0.3001", "-1"].sort(compareDecimals);
  expect(sorted).toEqual(["-1", "0.30", "0.3001", "9.5", "10"]);
  expect(compareDecimals("1.0", "1")).toBe(0);
});

test.each([
  ["100", "112.34", 123n],
  ["100", "100", 0n],
  ["3", "2", -333n],
  ["0.000001", "0.000003", 2000n],
  ["0", "5", null],
])("changeInTenths_from%sTo%s_is%s", (before, now, tenths) => {
  expect(changeInTenths(before, now)).toBe(tenths);
});

test.each([
  [15n, 1, "1.5"],
  [5n, 3, "0.005"],
  [-5n, 2, "-0.05"],
  [2n, -3, "2000"],
  [7n, 0, "7"],
])("decimalText_%sScaledBy%s_is%s", (digits, scale, text) => {
  expect(decimalText(digits, scale)).toBe(text);
});
