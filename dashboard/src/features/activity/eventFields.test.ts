import { expect, test } from "vitest";
import { sampleEvent } from "../../../test/sample-events";
import { otherFields, prettyJson } from "./eventFields";

test("otherFields_fieldOfALaterVersion_isKept", () => {
  const event = { ...sampleEvent(), tariff: "night", batch_id: null };
  expect(otherFields(event)).toEqual({ tariff: "night" });
});

test.each([
  [{ a: 1 }, '{\n  "a": 1\n}'],
  ['{"a":1}', '{\n  "a": 1\n}'],
  ["not json", "not json"],
])("prettyJson_%j_isIndented", (value, shown) => {
  expect(prettyJson(value)).toBe(shown);
});
