import { expect, test } from "vitest";
import { labelledEvery, shortCount, ticksUpTo } from "./ticks";

const amounts = (most: number) => ticksUpTo(most, 4).map(({ amount }) => amount);

test.each([
  [0.3, ["0.0", "0.1", "0.2", "0.3"]],
  [0.00031, ["0.0000", "0.0001", "0.0002", "0.0003", "0.0004"]],
  [18, ["0", "5", "10", "15", "20"]],
  [950, ["0", "200", "400", "600", "800", "1000"]],
  [0, ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]],
])("ticksUpTo_%s_areExactAndReachIt", (most, expected) => {
  expect(amounts(most)).toEqual(expected);
  expect(ticksUpTo(most, 4).at(-1)!.at).toBeGreaterThanOrEqual(most);
});

test.each([
  ["0", "0"],
  ["250", "250"],
  ["2000", "2K"],
  ["1500000", "1.5M"],
  ["3000000000", "3B"],
])("shortCount_%s_is%s", (amount, shown) => {
  expect(shortCount(amount)).toBe(shown);
});

test("labelledEvery_moreBarsThanRoom_leavesSomeOut", () => {
  expect(labelledEvery(30, 900, 50)).toBe(2);
  expect(labelledEvery(7, 900, 50)).toBe(1);
});
