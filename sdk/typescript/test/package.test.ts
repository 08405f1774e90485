import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let tarball: string;
let files: string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "om-package-"));
  const packed = run(
    "npm",
    ["pack", "--ignore-scripts", "--json", "--pack-destination", folder],
    ".",
  );
  const [pack] = JSON.parse(packed) as { filename: string; files: { path: string }[] }[];
  tarball = join(folder, pack!.filename);
  files = pack!.files.map(({ path }) => path);
  writeFileSync(join(folder, "package.json"), '{ "name": "empty", "private": true }');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball], folder);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(command: string, args: string[], cwd: string): string {
  const shell = process.platform === "win32";
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8", shell });
  if (status !== 0) {
    throw new Error(`${command} ${args.join(" ")} gave ${status}: ${stdout}${stderr}`);
  }
  return stdout;
}

const USE = `
const om = new OpenMonetize({ autoFlush: false, logger: { debug() {}, info() {}, warn() {}, error() {} } });
om.trackApiCall({ customerId: "acme", featureId: "chat" });
om.flush().then(({ failed }) => console.log(VERSION, failed[0].code));
`;

test("an empty project has one package more, and imports it", () => {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  expect(Object.keys(lock.packages)).toEqual(["", "node_modules/@openmonetize/sdk"]);

  writeFileSync(
    join(folder, "use.mjs"),
    `import { OpenMonetize, VERSION } from "@openmonetize/sdk";${USE}`,
  );
  expect(run("node", ["use.mjs"], folder)).toBe("0.1.0 no_api_key\n");
});

test("what the README links to within the package is in it", () => {
  const links = [...readFileSync("README.md", "utf8").matchAll(/\]\(((?!\.\.)[^):]+)\)/g)];

  expect(links.length).toBeGreaterThan(3);
  expect(files).toEqual(expect.arrayContaining(links.map(([, path]) => path)));
});

test("an empty project requires it", () => {
  writeFileSync(
    join(folder, "use.cjs"),
    `const { OpenMonetize, VERSION } = require("@openmonetize/sdk");${USE}`,
  );
  expect(run("node", ["use.cjs"], folder)).toBe("0.1.0 no_api_key\n");
});

const TYPED_USE = `
import { OpenMonetize, type FlushReport } from "@openmonetize/sdk";
const om = new OpenMonetize({ maxRetries: 0 });
const who = { customerId: "acme", featureId: "chat" };
om.trackTokenUsage({ ...who, provider: "OPENAI", model: "m", inputTokens: 1 });
// @ts-expect-error: there is no such provider
om.trackTokenUsage({ ...who, provider: "OPENER", model: "m" });
export const report: Promise<FlushReport> = om.flush();
export const cost: Promise<string> = om.getUsage().then((usage) => usage.cost_usd);
`;

test.each([
  ["ES modules and CommonJS", ["use.mts", "use.cts"], ["--module", "nodenext"]],
  ["bundlers", ["use.ts"], ["--module", "preserve", "--moduleResolution", "bundler"]],
])(
  "the types are right for %s",
  (_, files, flags) => {
    files.forEach((file) => writeFileSync(join(folder, file), TYPED_USE));
    const tsc = resolve("node_modules/typescript/bin/tsc");
    const strict = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom"];
    run("node", [tsc, ...strict, ...flags, ...files], folder);
  },
  120_000,
);

test("publint has nothing to say", async () => {
  const { messages, pkg } = await publint({ pkgDir: ".", strict: true, pack: "npm" });

  expect(messages.map((message) => formatMessage(message, pkg!))).toEqual([]);
}, 120_000);

test("the types are found by every way of resolving them", () => {
  const attw = resolve("node_modules/@arethetypeswrong/cli/dist/index.js");
  run("node", [attw, tarball, "--no-color"], ".");
}, 120_000);

test.each(["esm", "iife"] as const)(
  "a bundle for browsers (%s) has nothing of Node in it",
  async (format) => {
    mkdirSync(join(folder, "web"), { recursive: true });
    const entry = join(folder, "web", "entry.js");
    writeFileSync(
      entry,
      `import { OpenMonetize } from "@openmonetize/sdk"; globalThis.om = new OpenMonetize();`,
    );
    const bundle = await build({
      entryPoints: [entry],
      bundle: true,
      format,
      minify: true,
      platform: "browser",
      write: false,
      metafile: true,
      logLevel: "silent",
    });

    expect(bundle.warnings).toEqual([]);
    expect(
      Object.keys(bundle.metafile.inputs).filter((name) => /node-spool|node\.c?js/.test(name)),
    ).toEqual([]);
    expect(bundle.outputFiles[0]!.text).not.toMatch(/node:|require\(/);
    expect(bundle.outputFiles[0]!.contents.length).toBeLessThan(30_000);
  },
);
