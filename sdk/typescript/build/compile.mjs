// Writes dist/: the same sources as ES modules and as CommonJS, each with its types. With
// --if-stale only where a source is newer than what was written.
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";

// Written last.
const RESULT = "dist/cjs/index.d.cts";

function isStale() {
  if (!existsSync(RESULT)) {
    return true;
  }
  const written = statSync(RESULT).mtimeMs;
  return [
    ...readdirSync("src", { recursive: true }).map((name) => `src/${name}`),
    ...["package.json", "tsconfig.json", "tsconfig.esm.json", "tsconfig.cjs.json"],
    "build/compile.mjs",
  ].some((name) => statSync(name).mtimeMs > written);
}

function compile(config) {
  const compiled = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", config], {
    stdio: "inherit",
  });
  if (compiled.status !== 0) {
    process.exit(1);
  }
}

// The package is of ES modules: CommonJS beside them has names of its own, and names them so.
function renameToCommonJs(name) {
  const path = `dist/cjs/${name}`;
  const text = readFileSync(path, "utf8").replace(/(["'])(\.\.?\/[^"']*)\.js\1/g, "$1$2.cjs$1");
  writeFileSync(path, text);
  renameSync(path, path.replace(/\.d\.ts$/, ".d.cts").replace(/\.js$/, ".cjs"));
}

if (process.argv.includes("--if-stale") && !isStale()) {
  process.exit(0);
}
rmSync("dist", { recursive: true, force: true });
compile("tsconfig.esm.json");
compile("tsconfig.cjs.json");
readdirSync("dist/cjs", { recursive: true })
  .filter((name) => /\.(js|d\.ts)$/.test(name) && name !== "index.d.ts")
  .forEach(renameToCommonJs);
copyFileSync("../../LICENSE", "LICENSE");
renameToCommonJs("index.d.ts");
