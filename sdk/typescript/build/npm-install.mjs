// `npm ci` takes seconds and deletes node_modules first, so it runs only when the lock file differs
// from the one that was installed. The stamp lies inside node_modules: `mvn clean` does not cost a
// new installation, and removing node_modules removes the stamp with it.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const lock = readFileSync("package-lock.json");
const stamp = "node_modules/.installed-lock";
const wanted = createHash("sha256").update(lock).update(process.version).digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const installed = spawnSync(npm, ["ci", "--prefer-offline", "--no-audit", "--no-fund"], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (installed.status !== 0) {
    console.error(installed.error ?? "npm ci failed: see above.");
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}
