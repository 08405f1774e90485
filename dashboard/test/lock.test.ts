import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("lockFile_afterAnyChange_namesNoHost", () => {
  // npm writes addresses of donations and, with other settings, of the registry. `npm run lock` does not.
  expect(readFileSync("package-lock.json", "utf8")).not.toContain("://");
});
