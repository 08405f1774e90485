import { expect, test } from "vitest";
import { lookAgainAfter } from "./useLandedEvent";

test("lookAgainAfter_manyLooks_isSeldom", () => {
  expect([0, 29].map(lookAgainAfter)).toEqual([1_000, 1_000]);
  expect([30, 1_000].map(lookAgainAfter)).toEqual([10_000, 10_000]);
});
