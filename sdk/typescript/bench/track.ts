// How long a tracked call takes, after warming up: `npm run bench`. Runs of 1,000 calls are timed,
// and between them the events are let go, so that no call meets a full queue.
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

const spoolDirectory = mkdtempSync(join(tmpdir(), "om-bench-"));
try {
  const results = [
    await measure("trackTokenUsage", usage, {}),
    await measure("trackProviderResponse", response, {}),
    await measure("trackTokenUsage with a spool", usage, { spoolDirectory }),
  ];
  console.log("call, microseconds each: median of runs, 99th percentile of runs");
  for (const { name, median, p99 } of results) {
    console.log(`${name}: ${median.toFixed(1)}, ${p99.toFixed(1)}`);
  }
  process.exitCode = results.every(({ median }) => median < TARGET_US) ? 0 : 1;
} finally {
  rmSync(spoolDirectory, { recursive: true, force: true });
}

async function measure(
  name: string,
  track: (om: OpenMonetize) => void,
  options: OpenMonetizeOptions,
): Promise<{ name: string; median: number; p99: number }> {
  const om = new OpenMonetize({
    ...options,
    apiKey: "om_test_key",
    autoFlush: false,
    fetch: taken,
  });
  const times: number[] = [];
  for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) {
      track(om);
    }
    const each = ((performance.now() - start) * 1000) / CALLS;
    await om.flush();
    if (run >= WARM_UP_RUNS) {
      times.push(each);
    }
  }
  const { accepted } = om.stats();
  if (accepted !== CALLS * (WARM_UP_RUNS + RUNS)) {
    throw new Error(`Only ${accepted} events were taken on`);
  }
  await om.close();
  times.sort((a, b) => a - b);
  return { name, median: times[RUNS / 2]!, p99: times[Math.floor(RUNS * 0.99)]! };
}

/** A server that takes everything at once. */
async function taken(_url: string, init: { body?: string }) {
  const accepted = (init.body!.match(/"event_id"/g) ?? []).length;
  const body = JSON.stringify({ accepted, rejected: 0, duplicates: 0 });
  return { status: 202, headers: { get: () => null }, text: async () => body };
}
