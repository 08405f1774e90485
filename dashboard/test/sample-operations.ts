import type {
  AuditEntry,
  DeadLetter,
  EventPrice,
  LateChange,
  Operator,
  Pipeline,
  PriceBook,
  Rerating,
  UsageEvent,
} from "../src/api/types.ts";

/** What the API says of itself: prices, pipeline, audit, operators. */
export interface Operations {
  pipeline: Pipeline;
  deadLetters: DeadLetter[];
  prices: PriceBook;
  reratings: Rerating[];
  lateChanges: LateChange[];
  audit: AuditEntry[];
  operators: Operator[];
}

export function sampleOperations(): Operations {
  return {
    pipeline: samplePipeline(),
    deadLetters: [sampleDeadLetter()],
    prices: samplePrices(),
    reratings: [sampleRerating()],
    lateChanges: [
      {
        day: "2026-11-20",
        changes: 2,
        events: 14,
        cost_usd: "-0.004210",
        last_changed_at: "2026-11-22T07:00:12Z",
      },
    ],
    audit: sampleAudit(),
    operators: [
      {
        name: "admin",
        role: "owner",
        created_at: "2026-10-01T08:00:00Z",
        last_sign_in_at: "2026-11-24T08:12:00Z",
      },
    ],
  };
}

export function samplePipeline(fields: Partial<Pipeline> = {}): Pipeline {
  return {
    queue: "ok",
    waiting: 3,
    in_hand: 1,
    watched: 12,
    dead_letters: 1,
    unaccounted_events: 2,
    quarantined_events: 1,
    unpriced_events: 41,
    settled_events: 10_482,
    updated_at: "2026-11-24T10:32:14Z",
    ...fields,
  };
}

export function sampleDeadLetter(fields: Partial<DeadLetter> = {}): DeadLetter {
  return {
    id: "dl_1",
    sent_at: "2026-11-24T09:58:02Z",
    attempts: 5,
    cause: "The message is no event: customer_id is missing.",
    customer_id: "acme",
    body: '{"event_type":"TOKEN_USAGE","model":"gpt-5-mini"}',
    ...fields,
  };
}

function sampleRerating(): Rerating {
  return {
    id: "rr_1",
    started_at: "2026-11-22T07:00:00Z",
    finished_at: "2026-11-22T07:00:41Z",
    from: "2026-11-01T00:00:00Z",
    to: "2026-11-22T00:00:00Z",
    customer_id: null,
    only_unpriced: true,
    dry_run: false,
    price_book: "2026-11-21",
    events: 812,
    corrected: 790,
    before_usd: "0",
    after_usd: "12.418220",
    unpriced_before: 812,
    unpriced_after: 22,
  };
}

export function samplePrices(): PriceBook {
  return {
    version: "2026-11-21",
    sources: ["genai-prices 0.0.71 (MIT)", "the providers' published price lists"],
    models: [
      {
        provider: "ANTHROPIC",
        names: ["claude-sonnet-4-20250514", "claude-sonnet-4-0"],
        periods: [
          {
            from: null,
            per_million_tokens: {
              input: "3",
              output: "15",
              cache_read: "0.3",
              cache_write: "3.75",
              cache_write_1h: "6",
            },
            units: { web_searches: { usd: "10", per: "1000" } },
            above_input_tokens: [
              { input_tokens: 200_000, per_million_tokens: { input: "6", output: "22.5" } },
            ],
          },
        ],
      },
      {
        provider: "OPENAI",
        names: ["gpt-5-mini"],
        periods: [
          {
            from: "2026-06-01T00:00:00Z",
            per_million_tokens: { input: "0.2", output: "1.6", cache_read: "0.02" },
            units: {},
            above_input_tokens: [],
          },
          {
            from: null,
            per_million_tokens: { input: "0.25", output: "2", cache_read: "0.025" },
            units: {},
            above_input_tokens: [],
          },
        ],
      },
      {
        provider: "GOOGLE",
        names: ["gemini-2.5-flash"],
        periods: [
          {
            from: null,
            per_million_tokens: { input: "0.3", input_audio: "1", output: "2.5" },
            units: {},
            above_input_tokens: [],
          },
        ],
      },
    ],
    terms: [
      {
        provider: "OPENAI",
        term: "service_tier",
        values: ["flex"],
        models: ["gpt-5-mini"],
        classes: ["input", "output"],
        from: null,
        input_tokens_most: null,
        times: "0.5",
        per_million_tokens: null,
      },
    ],
    unpriced: [
      {
        provider: "OPENAI",
        kind: "unit",
        name: "code_interpreter_sessions",
        reason: "A session may serve several calls.",
      },
    ],
  };
}

function sampleAudit(): AuditEntry[] {
  const actions: AuditEntry["action"][] = [
    "session.created",
    "api_key.created",
    "session.failed",
    "api_key.revoked",
    "dead_letters.redriven",
  ];
  return Array.from({ length: 60 }, (_, index): AuditEntry => {
    const action = actions[index % actions.length]!;
    return {
      at: new Date(Date.parse("2026-11-24T10:00:00Z") - index * 5_400_000).toISOString(),
      actor: action === "session.failed" ? "" : "admin",
      action,
      subject: action.startsWith("api_key") ? `key_${index}` : "admin",
      details: action === "api_key.created" ? { name: "checkout service" } : {},
      source_ip: index % 4 === 3 ? null : "203.0.113.7",
    };
  });
}

/** How the cost of an event of one token class of each side might come about. */
export function samplePriceOf(event: UsageEvent): EventPrice {
  return {
    price_book: "2026-11-21",
    cost_usd: event.cost_usd,
    lines: Object.entries(event.tokens).map(([name, quantity]) => ({
      model: event.model,
      class: name,
      quantity: String(quantity),
      ...(event.cost_status === "priced"
        ? { usd_per: "3", per: "1000000", usd: ((quantity * 3) / 1e6).toFixed(6) }
        : { usd_per: null, per: null, usd: null, reason: "There is no price for this model." }),
    })),
  };
}
