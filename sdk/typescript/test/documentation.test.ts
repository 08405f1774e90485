import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";

const SLOW = 120_000;

function node(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return status === 0 ? "" : stdout + stderr;
}

test(
  "the code in the README and docs passes the compiler",
  () => {
    const text = ["README.md", "docs/tracking.md"].map((file) => readFileSync(file, "utf8"));
    const blocks = [...text.join("\n").matchAll(/^```ts\n(.*?)^```$/gms)];
    expect(blocks.length).toBeGreaterThan(1);
    rmSync("target/readme", { recursive: true, force: true });
    mkdirSync("target/readme", { recursive: true });
    blocks.forEach(([, code], i) => writeFileSync(`target/readme/block-${i}.ts`, code!));
    const config = { extends: "../../tsconfig.json", include: ["."] };
    writeFileSync("target/readme/tsconfig.json", JSON.stringify(config));

    expect(node("node_modules/typescript/bin/tsc", "-p", "target/readme")).toBe("");
  },
  SLOW,
);

test(
  "the API's documentation has no warning",
  () => {
    expect(node("node_modules/typedoc/bin/typedoc", "--emit", "none", "--logLevel", "Warn")).toBe(
      "",
    );
  },
  SLOW,
);
