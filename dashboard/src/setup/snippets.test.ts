import { expect, test } from "vitest";
import { snippets } from "./snippets";

const REQUIRED = ["X-OM-Customer-Id", "X-OM-User-Id", "X-OM-Feature-Id", "X-OM-Api-Key"];

test("snippets_each_namesTheProxyAndEveryRequiredHeader", () => {
  for (const { code } of snippets("https://meter.example/")) {
    expect(code).toMatch(/"https:\/\/meter\.example(\/v1)?"/);
    expect(REQUIRED.filter((header) => !code.includes(header))).toEqual([]);
  }
});

test("snippets_openAi_getsItsVersionInTheBaseUrl", () => {
  expect(snippets("https://meter.example").at(-1)?.code).toContain(
    'OPENAI_BASE_URL="https://meter.example/v1"',
  );
});
