// Generates the price book from the newest release of genai-prices, in a folder of its own.
//
//   node build/prices/refresh.mjs book.json
//
// Nothing of this repository changes. Prints the release. Needs the npm registry.
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const PACKAGE = '@pydantic/genai-prices'
const out = resolve(process.argv[2] ?? 'price-book.json')
const here = fileURLToPath(new URL('.', import.meta.url))
const work = mkdtempSync(join(tmpdir(), 'om-prices-'))
try {
  for (const file of ['package.json', '.npmrc', 'generate.mjs']) {
    copyFileSync(join(here, file), join(work, file))
  }
  const run = (command, ...args) =>
    execFileSync(command, args, { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] })
  run('npm', 'install', '--ignore-scripts', '--save-dev', '--save-exact', `${PACKAGE}@latest`)
  run('node', 'generate.mjs', out)
  const pinned = JSON.parse(readFileSync(join(work, 'package.json'), 'utf8'))
  console.log(pinned.devDependencies[PACKAGE])
} finally {
  rmSync(work, { recursive: true, force: true })
}
