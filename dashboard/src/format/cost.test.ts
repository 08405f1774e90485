import { expect, test } from "vitest";
import type { UsageEvent } from "../api/types";
import { sampleEvent } from "../../test/sample-events";
import { costOfEvent, costOfSum } from "./cost";

const sum = (fields: object) => ({
  events: 3,
  input_tokens: 10,
  output_tokens: 1,
  cost_usd: "1.5",
  unpriced_events: 0,
  ...fields,
});

test("costOfSum_allExact_isAnAmountWithoutAMark", () => {
  expect(costOfSum(sum({ usage_status: { exact: 3 } }))).toEqual({
    kind: "amount",
    usd: "1.5",
    mark: "exact",
    why: null,
  });
});

test.each([
  [{ unpriced_events: 1, unpriced_known_usd: "0.25" }, "1.75", "at-least"],
  [{ usage_status: { exact: 2, partial: 1 } }, "1.5", "at-least"],
  [{ usage_status: { exact: 2, missing: 1 } }, "1.5", "at-least"],
  [{ usage_status: { exact: 2, estimated: 1 } }, "1.5", "about"],
])("costOfSum_%j_is%s%s", (fields, usd, mark) => {
  expect(costOfSum(sum(fields))).toMatchObject({ kind: "amount", usd, mark });
});

test.each([
  [{ cost_usd: "0", unpriced_events: 2 }, "unknown"],
  [{ cost_usd: "0", usage_status: { missing: 1 } }, "unknown"],
  [{ cost_usd: "0.00" }, "free"],
  [{ cost_usd: "0", input_tokens: 0, output_tokens: 0 }, "nothing"],
  [{ cost_usd: "0", events: 0, input_tokens: 0, output_tokens: 0 }, "nothing"],
])("costOfSum_%j_is%s", (fields, kind) => {
  expect(costOfSum(sum(fields)).kind).toBe(kind);
});

test.each<[Partial<UsageEvent>, object]>([
  [{}, { kind: "amount", usd: "0.005226", mark: "exact" }],
  [{ usage_status: "partial" }, { kind: "amount", mark: "at-least" }],
  [{ usage_status: "estimated" }, { kind: "amount", mark: "about" }],
  [
    { cost_status: "unpriced", cost_usd: null, cost_reason: "new" },
    { kind: "unknown", why: "new" },
  ],
  [
    { cost_status: "unpriced", cost_usd: null, known_cost_usd: "0.1" },
    { kind: "amount", usd: "0.1", mark: "at-least" },
  ],
  [{ cost_usd: "0", usage_status: "none", input_tokens: 0, output_tokens: 0 }, { kind: "nothing" }],
  [{ cost_usd: "0" }, { kind: "free" }],
  [{ cost_usd: "0", usage_status: "missing" }, { kind: "unknown" }],
])("costOfEvent_%j_is%j", (fields, shown) => {
  expect(costOfEvent(sampleEvent(fields))).toMatchObject(shown);
});
