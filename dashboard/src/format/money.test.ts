import { expect, test } from "vitest";
import { columnDigits, formatUsd, isZeroUsd } from "./money";

test.each([
  ["0", "$0.00"],
  ["0.00", "$0.00"],
  ["0.1", "$0.10"],
  ["0.0042150", "$0.004215"],
  ["0.0000004", "<$0.000001"],
  ["0.0000005", "$0.000001"],
  ["0.000000000000000001", "<$0.000001"],
  ["0.9999996", "$1.00"],
  ["1", "$1.00"],
  ["1.005", "$1.01"],
  ["1.004999999999999999999", "$1.00"],
  ["19.999", "$20.00"],
  ["1234567.891", "$1,234,567.89"],
  ["90071992547409931234.56", "$90,071,992,547,409,931,234.56"],
  ["007.5", "$7.50"],
  ["-0.5", "-$0.50"],
  ["-1234.5", "-$1,234.50"],
  ["-0.0000001", ">-$0.000001"],
  ["-0.00", "$0.00"],
])("formatUsd_%s_is%s", (amount, shown) => {
  expect(formatUsd(amount)).toBe(shown);
});

test.each([
  ["0", 6, "$0.000000"],
  ["0.0042", 6, "$0.004200"],
  ["12.5", 6, "$12.500000"],
  ["0.00000049", 6, "<$0.000001"],
  ["0.4", 0, "<$1"],
  ["1.5", 0, "$2"],
])("formatUsd_%sWith%sDigits_is%s", (amount, digits, shown) => {
  expect(formatUsd(amount, { digits })).toBe(shown);
});

test.each(["1E-7", "", "abc", "1,5"])("formatUsd_notADecimal%s_isShownAsItCame", (amount) => {
  expect(formatUsd(amount)).toBe(`$${amount}`);
});

test("isZeroUsd_zeroInAnyWriting_isTrue", () => {
  expect(["0", "0.000", "-0"].every(isZeroUsd)).toBe(true);
  expect(["0.0001", "1", "abc"].some(isZeroUsd)).toBe(false);
});

test.each([
  [["0.5", "0.000001"], 6],
  [["2.5", "0.000001"], 4],
  [["-120", "3"], 2],
  [[], 6],
])("columnDigits_%j_is%s", (amounts, digits) => {
  expect(columnDigits(amounts)).toBe(digits);
});
