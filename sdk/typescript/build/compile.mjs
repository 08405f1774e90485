// Writes dist/: the same sources as ES modules and as CommonJS, each with its types.
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";

rmSync("dist", { recursive: true, force: true });
for (const config of ["tsconfig.esm.json", "tsconfig.cjs.json"]) {
  const compiled = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", config], {
    stdio: "inherit",
  });
  if (compiled.status !== 0) {
    process.exit(1);
  }
}
// Names the module kind of these files, and chooses the platform as the package's own file does.
const cjs = {
  type: "commonjs",
  imports: { "#platform": { node: "./platform/node.js", default: "./platform/web.js" } },
};
writeFileSync("dist/cjs/package.json", `${JSON.stringify(cjs, null, 2)}\n`);
copyFileSync("../../LICENSE", "LICENSE");
