import type { ApiKey, UsageEvent } from "../src/api/types";

/** One whole event; a test names only what it is about. */
export function sampleEvent(fields: Partial<UsageEvent> = {}): UsageEvent {
  const event: UsageEvent = {
    id: "evt_1",
    event_id: "evt_1",
    event_type: "TOKEN_USAGE",
    timestamp: "2026-11-24T10:32:11.250Z",
    received_at: "2026-11-24T10:32:13.100Z",
    customer_id: "acme",
    user_id: "user-17",
    team_id: null,
    feature_id: "chat",
    metadata: { plan: "pro" },
    provider: "ANTHROPIC",
    model: "claude-sonnet-4-20250514",
    requested_model: null,
    endpoint: "messages",
    streamed: true,
    tokens: { input: 412, cache_read: 1800, output: 230 },
    input_tokens: 2212,
    output_tokens: 230,
    units: {},
    usage_status: "exact",
    quarantined: false,
    service_tier: "standard",
    speed: null,
    geography: null,
    cost_usd: "0.005226",
    known_cost_usd: "0.005226",
    cost_status: "priced",
    price_book: "2026-11-01",
    raw_usage: { input_tokens: 412, cache_read_input_tokens: 1800, output_tokens: 230 },
    status: "ok",
    http_status: 200,
    error_type: null,
    provider_request_id: "req_011CV3",
    provider_response_id: "msg_01XyZ",
    first_byte_ms: 640,
    duration_ms: 4210,
    attempt: 1,
    logical_call_id: null,
    source: "proxy",
    environment: "dev",
    api_key_id: "key_1",
    ...fields,
  };
  return {
    ...event,
    id: fields.id ?? `id-${event.event_id}`,
    known_cost_usd: fields.known_cost_usd ?? event.cost_usd ?? "0",
  };
}

export function sampleKey(fields: Partial<ApiKey> = {}): ApiKey {
  return {
    id: "key_1",
    name: "checkout service",
    prefix: "om_dev_7Fq2",
    environment: "dev",
    scopes: ["proxy", "ingest", "read"],
    customer_id: null,
    created_at: "2026-11-20T08:00:00Z",
    created_by: "admin",
    expires_at: null,
    revoked_at: null,
    ...fields,
  };
}

const CUSTOMERS = ["acme", "globex", "initech", "umbrella-health-eu-west-production"];
const FEATURES = ["chat", "summaries", "search", "support-triage"];

/** What one call after the other might have looked like; the same for the same number. */
const VARIANTS: Partial<UsageEvent>[] = [
  {},
  {
    provider: "OPENAI",
    model: "gpt-5-mini",
    endpoint: "chat_completions",
    tokens: { input: 1290, output: 88, reasoning: 640 },
    input_tokens: 1290,
    output_tokens: 728,
    cost_usd: "0.00177850",
    raw_usage: { prompt_tokens: 1290, completion_tokens: 728, total_tokens: 2018 },
    provider_request_id: "req_7d1f0c",
  },
  {
    provider: "GOOGLE",
    model: "gemini-2.5-flash",
    endpoint: "streamGenerateContent",
    tokens: { input: 90, input_image: 1032, output: 310 },
    input_tokens: 1122,
    output_tokens: 310,
    cost_usd: "0.0011116",
    provider_request_id: null,
  },
  {
    usage_status: "partial",
    usage_reason: "the stream broke off before the final usage",
    status: "interrupted",
    tokens: { input: 412, output: 1 },
    input_tokens: 412,
    output_tokens: 1,
    cost_usd: "0.001251",
  },
  {
    provider: "OPENAI",
    model: "text-embedding-3-small",
    endpoint: "embeddings",
    streamed: false,
    tokens: { input: 8 },
    input_tokens: 8,
    output_tokens: 0,
    cost_usd: "0.00000016",
    user_id: null,
  },
  {
    provider: "OPENAI",
    model: "gpt-6-preview-2026-11-20",
    endpoint: "responses",
    tokens: { input: 5230, cache_read: 12000, output: 1204, reasoning: 3300 },
    input_tokens: 17230,
    output_tokens: 4504,
    cost_usd: null,
    known_cost_usd: "0",
    cost_status: "unpriced",
    cost_reason: "the price book does not know this model",
    price_book: "2026-11-01",
  },
  {
    status: "error",
    error_type: "rate_limit_error",
    usage_status: "none",
    usage_reason: "the provider answered with an error",
    tokens: {},
    input_tokens: 0,
    output_tokens: 0,
    cost_usd: "0",
    raw_usage: null,
    first_byte_ms: 95,
    duration_ms: 96,
  },
];

/** The events of so many calls, newest first, the newest at `newest` (milliseconds since 1970). */
export function sampleEvents(count: number, newest: number): UsageEvent[] {
  return Array.from({ length: count }, (_, index) =>
    sampleCall(count - index, newest - index * 37_250),
  );
}

/** The event of the call with this number, at `time` (milliseconds since 1970). */
export function sampleCall(number: number, time: number): UsageEvent {
  return sampleEvent({
    ...identified(number, time),
    customer_id: CUSTOMERS[number % CUSTOMERS.length]!,
    feature_id: FEATURES[Math.floor(number / 3) % FEATURES.length]!,
    user_id: `user-${(number * 7) % 40}`,
    ...VARIANTS[number % VARIANTS.length],
  });
}

function identified(number: number, time: number) {
  const event_id = `evt_${String(number).padStart(6, "0")}`;
  return {
    id: `id-${event_id}`,
    event_id,
    timestamp: new Date(time).toISOString(),
    received_at: new Date(time + 1850).toISOString(),
  };
}

const DAY_MS = 86_400_000;

const MANY_CUSTOMERS = [
  "acme",
  "globex",
  "umbrella-health-eu-west-production",
  "initech",
  "hooli",
  "stark-industries",
  "wayne-enterprises",
  "wonka",
  "tyrell",
  "cyberdyne",
  "soylent",
  "vandelay",
  "pied-piper",
  "dunder-mifflin",
];
/** The exact, the unpriced and the failed ones among the variants, by how often they come. */
const COMMON = [0, 0, 0, 0, 1, 1, 1, 2, 2, 4];
const RARE = [3, 5, 6];

/**
 * The events of so many days before `newest`, newest first: more by day than by night, fewer at
 * weekends, a little more every week; the same for the same arguments.
 */
export function sampleHistory(days: number, newest: number, perDay = 60): UsageEvent[] {
  const random = randomNumbers(7);
  const pick = <T>(from: readonly T[], number: number) => from[Math.floor(number * from.length)]!;
  const events: UsageEvent[] = [];
  let number = 1_000_000;
  for (let day = 0; day < days; day++) {
    const weekday = new Date(newest - day * DAY_MS).getUTCDay();
    const weekend = weekday === 0 || weekday === 6 ? 0.4 : 1;
    const growth = 1 - (day / days) * 0.5;
    const count = Math.round(perDay * weekend * growth * (0.8 + random() * 0.4));
    const times = Array.from({ length: count }, () => (random() + random()) / 2).sort();
    for (const time of times) {
      number -= 1;
      // What is unpriced lies in the last days only: a model that came out then.
      const rare = random() < 0.04 ? RARE.filter((each) => each !== 5 || day < 3) : COMMON;
      const event = {
        ...sampleEvent(VARIANTS[pick(rare, random())]),
        ...identified(number, newest - (day + time) * DAY_MS),
        customer_id: pick(MANY_CUSTOMERS, random() * random()),
        user_id: `user-${Math.floor(random() * random() * 40)}`,
        feature_id: pick(FEATURES, random() * random()),
      };
      events.push(bigger(event, random()));
    }
  }
  return events;
}

/** The same call with more of everything, so that a few events come to a sum worth looking at. */
function bigger(event: UsageEvent, random: number): UsageEvent {
  const times = BigInt(Math.round(20 + random * random * 400));
  const scaled = (count: number) => count * Number(times);
  const usd = event.cost_usd === null ? null : multiplied(event.cost_usd, times);
  return {
    ...event,
    tokens: Object.fromEntries(
      Object.entries(event.tokens).map(([name, count]) => [name, scaled(count)]),
    ),
    input_tokens: scaled(event.input_tokens),
    output_tokens: scaled(event.output_tokens),
    cost_usd: usd,
    known_cost_usd: usd ?? "0",
  };
}

function multiplied(amount: string, times: bigint): string {
  const [whole, fraction = ""] = amount.split(".");
  const digits = String(BigInt(whole + fraction) * times).padStart(fraction.length + 1, "0");
  const point = digits.length - fraction.length;
  return fraction === "" ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** Numbers from 0 up to 1, the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
