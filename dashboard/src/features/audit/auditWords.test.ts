import { expect, test } from "vitest";
import { actionWords, detailWords } from "./auditWords";

test("actionWords_knownAndNewer_areSaid", () => {
  expect(actionWords("api_key.revoked")).toBe("revoked the API key");
  expect(actionWords("budget.created")).toBe("budget.created");
});

test("detailWords_several_areListed", () => {
  const entry = { details: { name: "nightly", overlap_seconds: "3600" } };
  expect(detailWords(entry as never)).toBe("name: nightly, overlap seconds: 3600");
});
