import { expect, test } from "vitest";
import { shownPriceLines } from "./priceLines";

const LINE = { model: "m", quantity: "1800", usd_per: "0.3", per: "1000000", usd: "0.00054" };

test("lines_tokensAndUnits_sayQuantityPriceAndAmount", () => {
  expect(
    shownPriceLines([
      { ...LINE, class: "cache_read" },
      { model: "m", unit: "web_searches", quantity: "2", usd_per: "10", per: "1000", usd: "0.02" },
      { model: "m", unit: "images", quantity: "3", usd_per: "0.04", per: "1", usd: "0.12" },
    ]),
  ).toEqual([
    {
      label: "Cache read",
      model: null,
      quantity: "1,800",
      price: "$0.30 per million",
      usd: "0.00054",
      reason: null,
    },
    {
      label: "Web searches",
      model: null,
      quantity: "2",
      price: "$10.00 per 1,000",
      usd: "0.02",
      reason: null,
    },
    {
      label: "Images",
      model: null,
      quantity: "3",
      price: "$0.04 each",
      usd: "0.12",
      reason: null,
    },
  ]);
});

test("lines_withoutAPrice_haveTheReasonAndNoAmount", () => {
  const [line] = shownPriceLines([
    {
      model: "m",
      class: "output",
      quantity: "5",
      usd_per: null,
      per: null,
      usd: null,
      reason: "x",
    },
  ]);
  expect(line).toMatchObject({ price: null, usd: null, reason: "x" });
});

test("lines_ofSeveralModels_nameThem", () => {
  const lines = shownPriceLines([
    { ...LINE, class: "input" },
    { ...LINE, class: "input", model: "n" },
  ]);
  expect(lines.map(({ model }) => model)).toEqual(["m", "n"]);
});
