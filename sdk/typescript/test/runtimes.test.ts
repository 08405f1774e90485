// The same package in Bun, Deno and a Worker. They weigh over 100 MB together, so that the build
// does not fetch them: README.md says how to have them, and OM_RUNTIMES names the folder.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, test } from "vitest";
import { IngestionServer } from "./ingestion-server.js";

const folder = process.env["OM_RUNTIMES"];
const absent = folder === undefined ? " (skipped: OM_RUNTIMES names no folder with it)" : "";

const RUNTIMES = [
  { name: "Bun", binary: "@oven/bun-linux-x64/bin/bun", args: [] },
  { name: "Deno", binary: "@deno/linux-x64-glibc/deno", args: ["run", "--allow-all"] },
];

let server: IngestionServer;
let spool: string;

beforeEach(async () => {
  server = await IngestionServer.started();
  spool = mkdtempSync(join(tmpdir(), "om-spool-"));
});

afterEach(async () => {
  await server.stop();
  rmSync(spool, { recursive: true, force: true });
});

function run(runtime: (typeof RUNTIMES)[number], program: string, args: string[]) {
  const file = fileURLToPath(new URL(`programs/${program}.mjs`, import.meta.url));
  const binary = join(resolve(folder!), "node_modules", runtime.binary);
  const env = { ...process.env, OPENMONETIZE_BASE_URL: server.url };
  const child = spawn(binary, [...runtime.args, file, ...args], { env, stdio: "inherit" });
  return new Promise((done, failed) => child.once("error", failed).once("close", done));
}

for (const runtime of RUNTIMES) {
  test.skipIf(absent)(`${runtime.name} delivers before it ends${absent}`, async () => {
    expect(await run(runtime, "track-and-end", ["20000", "20000"])).toBe(0);
    expect(server.booked.size).toBe(250);
  });

  test.skipIf(absent)(`${runtime.name} has a spool${absent}`, async () => {
    expect(await run(runtime, "flush-spool", [spool])).toBe(0);
    expect(server.booked.size).toBe(1);
    expect(readdirSync(spool)).toEqual([]);
  });
}

test.skipIf(absent)(`a Worker delivers after its answer${absent}`, async () => {
  const bundle = await build({
    entryPoints: ["examples/worker.ts"],
    bundle: true,
    format: "esm",
    platform: "neutral",
    conditions: ["workerd", "worker", "browser"],
    // From dist/, as a project gets it, and not as this one's own settings say.
    tsconfigRaw: "{}",
    write: false,
  });
  const find = createRequire(join(resolve(folder!), "package.json"));
  const { Miniflare } = await import(find.resolve("miniflare"));
  const worker = new Miniflare({
    modules: true,
    script: bundle.outputFiles[0]!.text,
    compatibilityDate: "2025-01-01",
    bindings: { OPENMONETIZE_API_KEY: "om_test_key", OPENMONETIZE_BASE_URL: server.url },
  });
  try {
    const answer = await worker.dispatchFetch("http://localhost/chat");
    expect(await answer.text()).toBe("ok");
    await expect.poll(() => server.booked.size, { timeout: 10_000 }).toBe(1);
  } finally {
    await worker.dispose();
  }
});
