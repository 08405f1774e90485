import { expect, test } from "vitest";
import { hrefTo, parseHash } from "./router";

test.each([
  ["", { path: "/", search: "" }],
  ["#", { path: "/", search: "" }],
  ["#/activity", { path: "/activity", search: "" }],
  ["#/activity?user_id=a%3Fb&model=x", { path: "/activity", search: "user_id=a%3Fb&model=x" }],
])("parseHash_%s_isSplit", (hash, route) => {
  expect(parseHash(hash)).toEqual(route);
});

test("hrefTo_valueWithSpecialCharacters_comesBackWhole", () => {
  const value = "a&b=c?d#e f/ü";
  const route = parseHash(hrefTo("/activity", new URLSearchParams({ customer_id: value })));
  expect(new URLSearchParams(route.search).get("customer_id")).toBe(value);
});
