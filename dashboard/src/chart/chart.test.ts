import { expect, test } from "vitest";
import { groupFilter } from "./chart";

test("groupFilter_group_leavesItOnly", () => {
  expect(groupFilter({ provider: "OPENAI", model: "gpt-5" })).toEqual({
    provider: "OPENAI",
    model: "gpt-5",
  });
  expect(groupFilter({ feature_id: "chat" })).toEqual({ feature_id: "chat" });
});

test("groupFilter_groupOfNoName_isNone", () => {
  expect(groupFilter({ provider: "OPENAI", model: null })).toBeNull();
  expect(groupFilter({ provider: null, model: "gpt-5" })).toBeNull();
  expect(groupFilter({ user_id: null })).toBeNull();
  expect(groupFilter(null)).toBeNull();
});
