// How long a tracked call takes, after warming up: `npm run bench`. Runs of 1,000 calls are timed;
// between them the events are delivered, so that no call meets a full queue.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenMonetize, type OpenMonetizeOptions } from "@openmonetize/sdk";

const CALLS = 1000;
const RUNS = 200;
const WARM_UP_RUNS = 50;
const TARGET_US = 50;

const who = { customerId: "acme", userId: "ann", featureId: "chat", metadata: { plan: "pro" } };
const answer = {
  id: "msg_01XFDUDYJgAACzvnptvVoYEL",
  type: "message",
  role: "assistant",
  model: "claude-sonnet-4-5",
  content: [{ type: "text", text: "word ".repeat(2000) }],
  stop_reason: "end_turn",
  usage: { input_tokens: 2095, output_tokens: 503, cache_read_input_tokens: 1024 },
};

const usage = (om: OpenMonetize) =>
  om.trackTokenUsage({
    ...who,
    provider: "ANTHROPIC",
    model: "claude-sonnet-4-5",
    inputTokens: 2095,
    outputTokens: 503,
  });
const response = (om: OpenMonetize) => om.trackProviderResponse(who, "ANTHROPIC", answer);

class Subject {
  readonly name: string;
  readonly #track: (om: OpenMonetize) => void;
  readonly #om: OpenMonetize;
  readonly #times: number[] = [];

  constructor(name: string, track: (om: OpenMonetize) => void, options: OpenMonetizeOptions = {}) {
    this.name = name;
    this.#track = track;
    this.#om = new OpenMonetize({ ...options, apiKey: "k", autoFlush: false, fetch: taken });
  }

  async run(isMeasured: boolean): Promise<void> {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) {
      this.#track(this.#om);
    }
    const each = ((performance.now() - start) * 1000) / CALLS;
    if (isMeasured) {
      this.#times.push(each);
    }
    const { accepted } = await this.#om.flush();
    if (accepted !== CALLS) {
      throw new Error(`Only ${accepted} events were taken on`);
    }
  }

  /** In microseconds. */
  async result(): Promise<{ least: number; median: number; p99: number }> {
    await this.#om.close();
    const sorted = this.#times.sort((a, b) => a - b);
    return { least: sorted[0]!, median: sorted[RUNS / 2]!, p99: sorted[Math.floor(RUNS * 0.99)]! };
  }
}

const spoolDirectory = mkdtempSync(join(tmpdir(), "om-bench-"));
try {
  const subjects = [
    new Subject("trackTokenUsage", usage),
    new Subject("trackProviderResponse", response),
    new Subject("trackTokenUsage with a spool", usage, { spoolDirectory }),
  ];
  // By turns, so that a busy moment of the machine is nobody's alone.
  for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
    for (const subject of subjects) {
      await subject.run(run >= WARM_UP_RUNS);
    }
  }
  console.log("call, microseconds each: least, median and 99th percentile of the runs");
  for (const subject of subjects) {
    const { least, median, p99 } = await subject.result();
    const times = [least, median, p99].map((time) => time.toFixed(1));
    console.log(`${subject.name}: ${times.join(", ")}`);
    if (median >= TARGET_US) {
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(spoolDirectory, { recursive: true, force: true });
}

/** A server that takes everything at once. */
async function taken(_url: string, init: { body?: string }) {
  const accepted = (init.body!.match(/"event_id"/g) ?? []).length;
  const body = JSON.stringify({ accepted, rejected: 0, duplicates: 0 });
  return { status: 202, headers: { get: () => null }, text: async () => body };
}
