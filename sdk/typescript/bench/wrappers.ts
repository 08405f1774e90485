// What a wrapper adds to a call, and to a piece of a stream: the difference between the same call
// wrapped and not. `npm run bench` runs it after track.ts.
import { OpenMonetize, withAnthropicTracking } from "@openmonetize/sdk";

const RUNS = 60;
const WARM_UP_RUNS = 20;
const CALLS = 500;
const PIECES = 20_000;
const TARGET_US = 50;

const who = { customerId: "acme", userId: "ann", featureId: "chat" };
const answer = {
  id: "msg_01XFDUDYJgAACzvnptvVoYEL",
  type: "message",
  model: "claude-sonnet-4-5",
  content: [{ type: "text", text: "word ".repeat(2000) }],
  usage: { input_tokens: 2095, output_tokens: 503, cache_read_input_tokens: 1024 },
};
const om = new OpenMonetize({ apiKey: "om_test_key", autoFlush: false, fetch: taken });

async function* stream() {
  yield { type: "message_start", message: answer };
  for (let i = 0; i < PIECES; i++) {
    yield { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "word " } };
  }
  yield { type: "message_delta", usage: { output_tokens: 503 } };
  yield { type: "message_stop" };
}

async function calls(wrap: <T>(fn: () => T) => T): Promise<void> {
  for (let i = 0; i < CALLS; i++) {
    await wrap(async () => answer);
  }
}

async function read(wrap: <T>(fn: () => T) => T): Promise<void> {
  for await (const _ of wrap(stream));
}

const call = await added(calls, CALLS);
const piece = await added(read, PIECES);
await om.close();
console.log("what a wrapper adds, microseconds each: median of runs");
console.log(`call: ${call.toFixed(1)}`);
console.log(`piece of a stream: ${piece.toFixed(2)}`);
process.exitCode ||= call < TARGET_US && piece < TARGET_US ? 0 : 1;

async function added(
  work: (wrap: <T>(fn: () => T) => T) => Promise<void>,
  count: number,
): Promise<number> {
  const differences: number[] = [];
  for (let run = 0; run < WARM_UP_RUNS + RUNS; run++) {
    const bare = await time(() => work((fn) => fn()));
    const wrapped = await time(() => work((fn) => withAnthropicTracking(om, fn, who)));
    await om.flush();
    if (run >= WARM_UP_RUNS) {
      differences.push(((wrapped - bare) * 1000) / count);
    }
  }
  return differences.sort((a, b) => a - b)[RUNS / 2]!;
}

async function time(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** A server that takes everything at once. */
async function taken(_url: string, init: { body?: string }) {
  const accepted = (init.body!.match(/"event_id"/g) ?? []).length;
  const body = JSON.stringify({ accepted, rejected: 0, duplicates: 0 });
  return { status: 202, headers: { get: () => null }, text: async () => body };
}
