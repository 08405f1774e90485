import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const sha256 = (content: string | Buffer) => createHash("sha256").update(content).digest("hex");

test("apiTypes_afterAnyChangeOfTheApisDescription_areGeneratedAnew", () => {
  const [, from, made, ...types] = readFileSync("src/api/schema.ts", "utf8").split("\n");
  const source = readFileSync("../functions/query/src/main/resources/openapi.json");
  expect(from, "stale: npm run api-types").toContain(sha256(source));
  expect(made, "edited by hand: npm run api-types").toContain(sha256(types.join("\n")));
});
