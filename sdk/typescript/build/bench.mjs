// Runs each file of bench/ against dist/.
import { buildSync } from "esbuild";

for (const name of ["track", "wrappers"]) {
  const file = `node_modules/.bench-${name}.mjs`;
  buildSync({
    entryPoints: [`bench/${name}.ts`],
    bundle: true,
    platform: "node",
    format: "esm",
    tsconfigRaw: "{}",
    outfile: file,
  });
  await import(`../${file}`);
}
