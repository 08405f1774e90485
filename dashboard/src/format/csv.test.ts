import { expect, test } from "vitest";
import { toCsv } from "./csv";

test("toCsv_rows_haveAHeaderAndCrlf", () => {
  const columns = [
    { heading: "model", value: (row: { model: string; cost: string }) => row.model },
    { heading: "cost_usd", value: (row: { model: string; cost: string }) => row.cost },
  ];
  expect(toCsv(columns, [{ model: "m", cost: "0.10" }])).toBe("model,cost_usd\r\nm,0.10\r\n");
});

test.each([
  ["a,b", '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ["two\nlines", '"two\nlines"'],
  ["=1+1", "'=1+1"],
  ["+49", "'+49"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["-2+3", "'-2+3"],
  ["\tx", "'\tx"],
  ["\r=x", '"\'\r=x"'],
  ["-0.50", "-0.50"],
  ["0.100000000000000001", "0.100000000000000001"],
  [-3, "-3"],
  [null, ""],
])("toCsv_%j_is%j", (value, shown) => {
  // A field may hold a line break: what follows the header, without the last CRLF.
  const text = toCsv([{ heading: "x", value: () => value }], [0]);
  expect(text.slice("x\r\n".length, -2)).toBe(shown);
});
