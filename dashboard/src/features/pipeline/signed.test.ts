import { expect, test } from "vitest";
import { signed } from "./signed";

test.each([
  ["3", "+3"],
  ["-3", "-3"],
  ["0", "0"],
  ["$1.50", "+$1.50"],
  ["-$1.50", "-$1.50"],
  ["$0.000000", "$0.000000"],
  ["<$0.000001", "<$0.000001"],
  [">-$0.000001", ">-$0.000001"],
])("signed_%s_is%s", (amount, shown) => {
  expect(signed(amount)).toBe(shown);
});
