import { expect, test } from "vitest";
import { hrefChanged, hrefKeeping } from "../address";
import { filterChange, readFilters } from "./filters";

test("readFilters_userWithoutCustomer_isLeftOut", () => {
  expect(readFilters("user_id=u&model=m")).toEqual({ model: "m" });
  expect(readFilters("user_id=u&customer_id=%20c%20")).toEqual({ user_id: "u", customer_id: "c" });
});

test("hrefKeeping_otherPage_keepsRangeAndFiltersOnly", () => {
  const search = "range=7d&tz=Europe%2FBerlin&model=m&group=model&status=ok";
  expect(hrefKeeping("/customers", search)).toBe("#/customers?range=7d&tz=Europe%2FBerlin&model=m");
});

test("hrefChanged_customerTakenAway_theUserGoesToo", () => {
  const search = "customer_id=c&user_id=u&group=model";
  expect(hrefChanged("/analytics", search, filterChange("customer_id", null))).toBe(
    "#/analytics?group=model",
  );
});
