// Takes what npm adds for people's information (where to donate) out of the lock file, which then
// holds no address at all. `npm run lock` does this after every change of a dependency.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
}
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
