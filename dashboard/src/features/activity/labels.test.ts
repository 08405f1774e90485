import { expect, test } from "vitest";
import { providerLabel, tokenLines } from "./labels";

test("tokenLines_anyOrder_areSortedBySideAndClass", () => {
  const lines = tokenLines({ reasoning: 3, cache_read: 2, output: 4, input: 1 });
  expect(lines.input.map((line) => [line.label, line.tokens])).toEqual([
    ["Input", 1],
    ["Cache read", 2],
  ]);
  expect(lines.output.map((line) => line.tokenClass)).toEqual(["output", "reasoning"]);
});

test("tokenLines_classOfALaterVersion_isStillShown", () => {
  const lines = tokenLines({ output_smell: 7, cache_write_1y: 8 });
  expect(lines.output).toEqual([{ tokenClass: "output_smell", label: "output_smell", tokens: 7 }]);
  expect(lines.input).toEqual([
    { tokenClass: "cache_write_1y", label: "cache_write_1y", tokens: 8 },
  ]);
});

test("providerLabel_unknownProvider_isItsWireName", () => {
  expect(providerLabel("NEWCOMER")).toBe("NEWCOMER");
});
