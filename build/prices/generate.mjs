// Writes the price book from the release of genai-prices that package.json pins: into its place in the sources,
// or into the file that is named.
//
// Only exact names are taken over. The source's loose rules (starts_with, contains) would give a new
// model the price of its older namesake; a name with a date behind it is matched by the reader instead.
import { findProvider } from '@pydantic/genai-prices'
import { readFileSync, writeFileSync } from 'node:fs'

const OUT =
  process.argv[2] ??
  new URL('../../shared/src/main/resources/io/openmonetize/pricing/price-book.json', import.meta.url)
const PROVIDERS = { ANTHROPIC: 'anthropic', OPENAI: 'openai', GOOGLE: 'google' }
const TOKENS = {
  input_mtok: 'input',
  input_audio_mtok: 'input_audio',
  input_image_mtok: 'input_image',
  input_video_mtok: 'input_video',
  cache_read_mtok: 'cache_read',
  cache_audio_read_mtok: 'cache_read_audio',
  cache_image_read_mtok: 'cache_read_image',
  cache_write_mtok: 'cache_write',
  cache_write_1h_mtok: 'cache_write_1h',
  output_mtok: 'output',
  output_audio_mtok: 'output_audio',
  output_image_mtok: 'output_image',
  output_video_mtok: 'output_video',
}
// What one unit of the source's price counts, and our name of the unit.
const UNITS = {
  web_searches_kcount: ['web_searches', '1000'],
  storage_searches_kcount: ['file_searches', '1000'],
  audio_hours: ['seconds', '3600'],
  input_audio_hours: ['seconds', '3600'],
}

/** A JSON number of the source as the decimal that was meant: its shortest form, never in exponents. */
function decimal(number) {
  const text = String(number)
  if (!/^\d+(\.\d+)?$/.test(text)) {
    throw new Error(`not a plain decimal: ${text}`)
  }
  return text
}

function names(model) {
  const found = new Set()
  const visit = rule => {
    if (rule.or) rule.or.forEach(visit)
    if (rule.equals) found.add(rule.equals)
    // A prefix that is the model's own id names the model; any other prefix is a guess.
    if (rule.starts_with === model.id) found.add(model.id)
    if (rule.and) rule.and.forEach(visit)
  }
  visit(model.match)
  // The id of a "-latest" entry is an alias; its prefix is the family's proper name.
  if (model.id.endsWith('-latest')) {
    found.add(model.id.slice(0, -'-latest'.length))
  }
  found.add(model.id)
  // Claude entries give their real names as prefixes (claude-sonnet-4-5, then the date).
  for (const rule of model.match.or ?? [model.match]) {
    if (rule.starts_with && /^claude-[a-z0-9-]+[a-z0-9]$/.test(rule.starts_with) && !/-20\d*$/.test(rule.starts_with)) {
      found.add(rule.starts_with)
    }
  }
  return [...found].sort()
}

function period({ constraint, prices }) {
  const entry = {}
  if (constraint) {
    if (constraint.type !== 'start_date') {
      throw new Error(`a constraint that is not understood: ${constraint.type}`)
    }
    entry.from = constraint.start_date
  }
  entry.per_million_tokens = {}
  const above = {}
  for (const [key, price] of Object.entries(prices)) {
    if (TOKENS[key]) {
      if (typeof price === 'object') {
        entry.per_million_tokens[TOKENS[key]] = decimal(price.base)
        for (const tier of price.tiers) {
          above[tier.start] ??= {}
          above[tier.start][TOKENS[key]] = decimal(tier.price)
        }
      } else {
        entry.per_million_tokens[TOKENS[key]] = decimal(price)
      }
    } else if (UNITS[key]) {
      const [unit, per] = UNITS[key]
      entry.units ??= {}
      entry.units[unit] = { usd: decimal(price), per }
    } else {
      throw new Error(`a price that is not understood: ${key}`)
    }
  }
  const tiers = Object.entries(above).sort(([a], [b]) => Number(a) - Number(b))
  if (tiers.length > 0) {
    entry.above_input_tokens = tiers.map(([start, per_million_tokens]) => ({
      input_tokens: Number(start),
      per_million_tokens,
    }))
  }
  return entry
}

const pinned = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const book = {
  source: `@pydantic/genai-prices ${pinned.devDependencies['@pydantic/genai-prices']} (MIT)`,
  providers: {},
}
for (const [provider, providerId] of Object.entries(PROVIDERS)) {
  const taken = new Set()
  book.providers[provider] = findProvider({ providerId })
    .models.filter(model => provider !== 'GOOGLE' || /^(gemini|gemma|imagen|veo|text)/.test(model.id))
    .map(model => {
      const own = names(model).filter(name => !taken.has(name))
      own.forEach(name => taken.add(name))
      const periods = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }]
      return { names: own, periods: periods.map(period) }
    })
    .filter(model => model.names.length > 0)
}
writeFileSync(OUT, JSON.stringify(book, null, 1) + '\n')
