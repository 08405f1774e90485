// Runs bench/track.ts against dist/.
import { buildSync } from "esbuild";

const file = "node_modules/.bench.mjs";
buildSync({
  entryPoints: ["bench/track.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  tsconfigRaw: "{}",
  outfile: file,
});
await import(`../${file}`);
