import { expect, test } from "vitest";
import { samplePrices } from "../../../test/sample-operations";
import type { PriceTerm } from "../../api/types";
import {
  currentPeriod,
  findPrices,
  modelKey,
  moreOf,
  readPriceSearch,
  termEffect,
  unitRows,
} from "./prices";

const NOW = new Date("2026-11-24T12:00:00Z");
const BOOK = samplePrices();

test("findPrices_partOfAnyName_findsTheModelAndItsTerms", () => {
  const found = findPrices(BOOK, { provider: "", text: " 5-MINI" });
  expect(found.models.map(modelKey)).toEqual(["OPENAI:gpt-5-mini"]);
  expect(found.terms).toHaveLength(1);
  expect(findPrices(BOOK, { provider: "", text: "sonnet-4-0" }).models.map(modelKey)).toEqual([
    "ANTHROPIC:claude-sonnet-4-20250514",
  ]);
});

test("findPrices_provider_leavesOutTheOthers", () => {
  const found = findPrices(BOOK, { provider: "GOOGLE", text: "" });
  expect(found.models.map(modelKey)).toEqual(["GOOGLE:gemini-2.5-flash"]);
  expect(found.terms).toEqual([]);
  expect(found.unpriced).toEqual([]);
});

test("currentPeriod_oneThatLiesAhead_doesNotHoldYet", () => {
  const [, mini] = BOOK.models;
  expect(currentPeriod(mini!, NOW)?.from).toBe("2026-06-01T00:00:00Z");
  expect(currentPeriod(mini!, new Date("2026-05-01T00:00:00Z"))?.from).toBeNull();
});

test("moreOf_saysWhatTheRowLeavesOut", () => {
  const [sonnet, mini] = BOOK.models;
  expect(moreOf(sonnet!, NOW)).toBe("2 more, long context");
  expect(moreOf(mini!, NOW)).toBe("2 periods");
});

test("termEffect_timesAndPricesOfItsOwn_areSaid", () => {
  const [flex] = BOOK.terms;
  expect(termEffect(flex!)).toBe("× 0.5, of input, output");
  const priority: PriceTerm = {
    ...flex!,
    times: null,
    per_million_tokens: { input: "3.5" },
    from: "2026-06-01T00:00:00Z",
    input_tokens_most: 128_000,
  };
  expect(termEffect(priority)).toBe(
    "Input $3.50 per million, from 2026-06-01, up to 128,000 input tokens; longer calls have no published price",
  );
});

test("unitRows_sayForHowMany", () => {
  expect(
    unitRows({ web_searches: { usd: "10", per: "1000" }, images: { usd: "0.04", per: "1" } }),
  ).toEqual([
    { label: "Web searches", price: "$10.00 per 1,000" },
    { label: "Images", price: "$0.04 each" },
  ]);
});

test("readPriceSearch_modelOfAnotherPagesFilter_isSearchedFor", () => {
  expect(readPriceSearch("model=gpt&provider=OPENAI")).toEqual({ provider: "OPENAI", text: "gpt" });
  expect(readPriceSearch("model=gpt&q=")).toEqual({ provider: "", text: "" });
});
