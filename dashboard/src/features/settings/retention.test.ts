import { expect, test } from "vitest";
import { retentionWords } from "./retention";

test("retentionWords_setAndNotSet_areToldApart", () => {
  expect(retentionWords(90)).toContain("90 days");
  expect(retentionWords(1)).toContain("1 day from");
  expect(retentionWords(null)).toContain("not set");
});
