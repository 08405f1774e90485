// Says how much JavaScript and CSS the page is, as it comes over the wire, and fails when there is
// more JavaScript than a page that opens at once may have.
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const MOST_JS_KB = 200;
const assets = "target/classes/META-INF/dashboard/assets";

function kilobytes(ending) {
  const bytes = readdirSync(assets)
    .filter((name) => name.endsWith(ending))
    .reduce((sum, name) => sum + gzipSync(readFileSync(`${assets}/${name}`)).length, 0);
  return bytes / 1000;
}

const js = kilobytes(".js");
console.log(
  `JavaScript ${js.toFixed(1)} kB of at most ${MOST_JS_KB}, CSS ${kilobytes(".css").toFixed(1)} kB (gzip)`,
);
if (js > MOST_JS_KB) {
  console.error("The page has grown too large: load a part of it later, or leave a package out.");
  process.exit(1);
}
