import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  BatchTracker,
  formatCredits,
  normalizeProviderResponse,
  type OpenMonetize,
  trackUsage,
  validateConfig,
} from "../../src/index.js";
import { type Ingestion, startIngestion, WHO } from "../tracking/support/ingestion.js";

const USAGE = {
  ...WHO,
  provider: "MISTRAL" as const,
  model: "mistral-large",
  inputTokens: 12,
  outputTokens: 5,
};

let ingestion: Ingestion;

beforeEach(async () => {
  ingestion = await startIngestion();
});

afterEach(async () => {
  await ingestion.close();
});

test.each([
  ["OPENAI", { usage: { prompt_tokens: 12, completion_tokens: 5 } }],
  ["OPENAI", { usage: { input_tokens: 12, output_tokens: 5 } }],
  ["ANTHROPIC", { usage: { input_tokens: 12, output_tokens: 5 } }],
  [
    "GOOGLE",
    { usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 2, thoughtsTokenCount: 3 } },
  ],
  ["GOOGLE", { response: { usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 5 } } }],
  ["COHERE", { meta: { billed_units: { input_tokens: 12, output_tokens: 5 } } }],
  ["MISTRAL", { usage: { prompt_tokens: 12, completion_tokens: 5 } }],
] as const)("normalizeProviderResponse_%s_%o", (provider, response) => {
  expect(normalizeProviderResponse(provider, response)).toEqual({
    inputTokens: 12,
    outputTokens: 5,
  });
});

test.each([undefined, null, "text", {}, { usage: "text" }])(
  "normalizeProviderResponse_%o_isNothing",
  (response) => {
    expect(normalizeProviderResponse("OPENAI", response)).toEqual({
      inputTokens: 0,
      outputTokens: 0,
    });
  },
);

test("trackUsage_callReturns_givesItsResultAndTracks", async () => {
  expect(await trackUsage(ingestion.client, async () => "result", USAGE)).toBe("result");

  expect(await ingestion.events()).toMatchObject([{ provider: "MISTRAL", input_tokens: 12 }]);
});

test("trackUsage_callThrows_throwsTheSameAndTracksNothing", async () => {
  const own = new Error("own");

  const tracked = trackUsage(ingestion.client, () => Promise.reject(own), USAGE);

  await expect(tracked).rejects.toBe(own);
  expect(await ingestion.events()).toEqual([]);
});

test("trackUsage_noClient_givesItsResult", async () => {
  expect(await trackUsage(undefined as unknown as OpenMonetize, () => 7, USAGE)).toBe(7);
});

test("batchTracker_neverFlushed_losesNothing", async () => {
  const batch = new BatchTracker(ingestion.client);
  batch.add(USAGE);

  expect(await ingestion.client.close()).toMatchObject({ accepted: 1 });
});

test("batchTracker_eventThatCannotBeRead_isDroppedAndDoesNotThrow", async () => {
  const batch = new BatchTracker(ingestion.client);
  const fail = () => {
    throw new Error("SECRET");
  };

  batch.add(Object.defineProperty({ ...USAGE }, "model", { get: fail, enumerable: true }));

  expect((await batch.flush()).dropped).toBe(1);
});

test("batchTracker_flushed_sendsAllUnderTheirIdentityAndTimeOfAdding", async () => {
  const batch = new BatchTracker(ingestion.client);
  batch.add(USAGE);
  batch.add({ ...USAGE, idempotencyKey: "mine", timestamp: "2026-07-01T12:00:00.000Z" });
  const added = Date.now();

  expect(batch.pending).toBe(2);
  const report = await batch.flush();

  expect([report.accepted, batch.pending]).toEqual([2, 0]);
  const { events } = JSON.parse(ingestion.bodies.join()) as { events: Record<string, string>[] };
  expect(events[0]?.["event_id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(Date.parse(String(events[0]?.["timestamp"]))).toBeLessThanOrEqual(added);
  expect(events[1]).toMatchObject({
    idempotency_key: "mine",
    timestamp: "2026-07-01T12:00:00.000Z",
  });
});

test("batchTracker_flushedAgain_sendsNothingTwice", async () => {
  const batch = new BatchTracker(ingestion.client);
  batch.add(USAGE);

  await Promise.all([batch.flush(), batch.flush()]);

  expect(await ingestion.events()).toHaveLength(1);
});

test("batchTracker_noEvent_doesNotThrow", async () => {
  const batch = new BatchTracker(ingestion.client);

  batch.add(undefined as unknown as typeof USAGE);

  expect((await batch.flush()).dropped).toBe(1);
});

test("formatCredits_amounts_areForPeople", () => {
  expect(formatCredits.number(15000)).toBe("15,000");
  expect(formatCredits.withLabel(15000)).toBe("15,000 credits");
  expect(formatCredits.withLabel(1)).toBe("1 credit");
  expect(formatCredits.usd(12.5)).toBe("$12.50");
});

test("validateConfig_noKey_throws", () => {
  expect(() => validateConfig({ openaiKey: "k" })).toThrow("API key");
});

test("validateConfig_noProviderKey_warns", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});

  validateConfig({ apiKey: "k" });
  validateConfig({ apiKey: "k", anthropicKey: "k" });

  expect(warn).toHaveBeenCalledOnce();
  expect(warn.mock.calls[0]?.[0]).toContain(
    "[OpenMonetize] Warning: No AI provider API keys found",
  );
});
