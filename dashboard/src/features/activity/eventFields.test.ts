import { expect, test } from "vitest";
import { sampleEvent } from "../../../test/sample-events";
import { otherFields, prettyJson } from "./eventFields";

test("otherFields_fieldOfALaterVersion_isKept", () => {
  const event = { ...sampleEvent(), requested_model: "m-latest", batch_id: null };
  expect(otherFields(event)).toEqual({ requested_model: "m-latest" });
});

test.each([
  [{ a: 1 }, '{\n  "a": 1\n}'],
  ['{"a":1}', '{\n  "a": 1\n}'],
  ["not json", "not json"],
])("prettyJson_%j_isIndented", (value, shown) => {
  expect(prettyJson(value)).toBe(shown);
});
