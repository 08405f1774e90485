// Writes into the conformance manifest what each body costs, with the sum that anyone can check by hand.
//
// This shares nothing with the Java price book but the two price files: it is what the Java is held against. It
// is deliberately plain, and knows prices only as the decimals that are published.
import { readFileSync, writeFileSync } from 'node:fs'

const AS_OF = '2026-11-24'
const ROOT = new URL('../../', import.meta.url)
const MANIFEST = new URL('events/src/main/resources/conformance/manifest.json', ROOT)
const PRICES = 'shared/src/main/resources/io/openmonetize/pricing/'
const read = path => JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'))

const book = read(PRICES + 'price-book.json')
const overlay = read(PRICES + 'price-overlay.json')

// Decimals as whole numbers of 10^-24.
const SCALE = 24
const exact = text => {
  const [whole, fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(SCALE, '0'))
}
const ONE = 10n ** BigInt(SCALE)
const times = (a, b) => {
  if ((a * b) % ONE !== 0n) throw new Error('more than 24 decimals')
  return (a * b) / ONE
}
const shown = number => {
  const digits = number.toString().padStart(SCALE + 1, '0')
  return (digits.slice(0, -SCALE) + '.' + digits.slice(-SCALE)).replace(/\.?0+$/, '')
}

/** The names and the current prices of a model, or nothing. */
function find(provider, name) {
  const lists = [...(overlay.providers[provider] ?? []), ...(book.providers[provider] ?? [])]
  const byName = wanted => {
    const alias = overlay.aliases[provider]?.[wanted]
    return lists.find(model => model.names.includes(alias ?? wanted))
  }
  const plain = name.replace(/^.*\bmodels\//, '')
  const model =
    byName(plain) ??
    byName(plain.replace(/-(\d{8}|\d{4}-\d{2}-\d{2})$/, '').replace(/:\d{8}-v\d+$/, ''))
  if (!model) return undefined
  const period = model.periods.filter(p => !p.from || p.from <= AS_OF).at(-1)
  return { names: model.names, period }
}

const FALLS_BACK_ON = {
  reasoning: 'output',
  input_image: 'input',
  input_video: 'input',
  cache_read_image: 'cache_read',
  cache_read_video: 'cache_read',
}

/** What so many of a unit cost: with the model, else with all of the provider's models. */
function perUnit(provider, model, unit) {
  const listing = a => a.provider === provider && a.units?.[unit]
  const named = overlay.additions.find(
    a => listing(a) && a.models?.some(name => model.names.includes(name)),
  )
  const general = overlay.additions.find(a => listing(a) && !a.models)
  return named?.units[unit] ?? model.period.units?.[unit] ?? general?.units[unit]
}

/** The price of a class in US dollars per million, as text, in a call with so many input tokens. */
function perMillion(provider, model, tokenClass, inputTokens, reasoned) {
  const additions = overlay.additions.filter(
    a => a.provider === provider && a.models?.some(name => model.names.includes(name)),
  )
  const own = name => {
    let price = model.period.per_million_tokens[name]
    if (reasoned) price = model.period.with_reasoning?.[name] ?? price
    for (const above of model.period.above_input_tokens ?? []) {
      if (inputTokens > above.input_tokens) price = above.per_million_tokens[name] ?? price
    }
    return price
  }
  for (const name of [tokenClass, FALLS_BACK_ON[tokenClass] ?? tokenClass]) {
    for (const addition of additions) {
      if (addition.same_price?.[name]) return own(addition.same_price[name])
      if (addition.per_million_tokens?.[name]) return addition.per_million_tokens[name]
    }
    if (own(name) !== undefined) return own(name)
  }
  return undefined
}

const ORDINARY = [
  'standard',
  'default',
  'auto',
  'on_demand',
  'traffic_type_unspecified',
  'global',
  'not_available',
]
const SAME_TIER = { on_demand_flex: 'flex', on_demand_priority: 'priority' }

/** Price and working of a class under the terms that the answer named. */
function underTerms(provider, model, tokenClass, inputTokens, terms, standard, aside) {
  let price = exact(standard)
  let working = standard
  for (const [term, said] of Object.entries(terms)) {
    const lower = said?.toLowerCase()
    const value = SAME_TIER[lower] ?? lower
    if (!value || ORDINARY.includes(value)) continue
    // Another model than the one that answered: whether it ran at that speed is not said.
    if (term === 'speed' && aside) return undefined
    const rule = overlay.terms.find(
      t =>
        t.provider === provider &&
        t[term]?.includes(value) &&
        (!t.models || t.models.some(name => model.names.includes(name))) &&
        (!t.classes || t.classes.includes(tokenClass)) &&
        (!t.from || t.from <= AS_OF) &&
        inputTokens <= (t.up_to_input_tokens ?? Infinity),
    )
    if (!rule) return undefined
    if (rule.times) {
      price = times(price, exact(rule.times))
      working += ` x ${rule.times}`
    } else {
      const text =
        rule.per_million_tokens[tokenClass] ?? rule.per_million_tokens[FALLS_BACK_ON[tokenClass]]
      if (!text) return undefined
      price = exact(text)
      working = text
    }
  }
  return { price, working }
}

/**
 * What a reading costs: dollars and the sum. Where a part has no price, `usd` is null and `known` what the others come
 * to; a service tier, speed or geography without a price leaves none for the tokens it is said of.
 */
function cost(provider, requested, reading) {
  if (reading.status === 'none') return { usd: '0', known: '0', sum: null }
  let usd = 0n
  let whole = reading.lines.length > 0
  const sums = []
  const called = line => line.model ?? reading.model ?? requested
  for (const line of reading.lines) {
    const name = called(line)
    const aside = name !== called(reading.lines[0])
    const model = name && find(provider, name)
    if (!model) {
      whole = false
      continue
    }
    const input = Object.entries(line.tokens)
      .filter(([tokenClass]) => /^(input|cache)/.test(tokenClass))
      .reduce((sum, [, count]) => sum + count, 0)
    for (const [tokenClass, count] of Object.entries(line.tokens)) {
      const standard = perMillion(provider, model, tokenClass, input, line.tokens.reasoning > 0)
      const priced =
        standard && underTerms(provider, model, tokenClass, input, reading.terms, standard, aside)
      if (priced) {
        usd += times(priced.price, exact('0.000001')) * BigInt(count)
        sums.push(`${count} ${tokenClass} x ${priced.working} / 1000000`)
      } else {
        whole = false
      }
    }
    for (const [unit, quantity] of Object.entries(line.units ?? {})) {
      const price = perUnit(provider, model, unit)
      if (price) {
        usd += (times(exact(quantity), exact(price.usd)) * ONE) / exact(price.per)
        sums.push(`${quantity} ${unit} x ${price.usd} / ${price.per}`)
      } else {
        whole = false
      }
    }
  }
  return { usd: whole ? shown(usd) : null, known: shown(usd), sum: sums.join(' + ') || null }
}

const manifest = JSON.parse(readFileSync(MANIFEST, 'utf8'))
const priced = (provider, requested, reading) => {
  const { usd, known, sum } = cost(provider, requested, reading)
  for (const old of ['cost_usd', 'known_cost_usd', 'cost_sum']) delete reading[old]
  reading.cost_usd = usd
  if (usd === null && known !== '0') reading.known_cost_usd = known
  if (sum) reading.cost_sum = sum
}
for (const entry of manifest.cases) {
  priced(entry.provider, entry.requested_model, entry.expected)
  for (const line of entry.expected.batch ?? []) {
    priced(entry.provider, entry.requested_model, line)
  }
}
manifest.prices_as_of = AS_OF
const spaced = value =>
  JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ').replace(/([[{]) /g, '$1').replace(/ ([\]}])/g, '$1')
const lines = manifest.cases.map(entry => '  ' + spaced(entry))
writeFileSync(
  MANIFEST,
  `{\n "version": ${manifest.version},\n "prices_as_of": "${AS_OF}",\n "cases": [\n${lines.join(',\n')}\n ]\n}\n`,
)
