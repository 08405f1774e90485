import { expect, test } from "vitest";
import { cachedTokens } from "./Figures";

test("cachedTokens_allKindsOfCacheRead_areCounted", () => {
  const tokens = { input: 1, cache_read: 2, cache_read_audio: 4, cache_write: 8, output: 16 };
  expect(cachedTokens({ tokens })).toBe(6);
});
