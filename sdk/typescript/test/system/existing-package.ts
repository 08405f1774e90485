// What an app that was written for the existing package has in it: its options, its calls, and
// nothing that is new here.
import {
  BatchTracker,
  createBilledOpenAIConfig,
  formatCredits,
  getProxyConfig,
  normalizeProviderResponse,
  OpenMonetize,
  OpenMonetizeError,
  trackUsage,
  validateConfig,
  withAnthropicTracking,
  withGoogleTracking,
  withOpenAITracking,
} from "@openmonetize/sdk";
import OpenAI from "openai";
import { randomUUID } from "node:crypto";
import { given, say } from "./app.js";

const customerId = given("CUSTOMER");
const context = { customerId, userId: "ann", featureId: "chat" };

const client = new OpenMonetize({
  apiKey: given("OPENMONETIZE_API_KEY"),
  baseUrl: given("OPENMONETIZE_BASE_URL"),
  timeout: 30_000,
  debug: true,
  autoFlush: true,
  flushInterval: 500,
  maxBatchSize: 100,
  maxRetries: 3,
});
validateConfig({ apiKey: given("OPENMONETIZE_API_KEY"), openaiKey: "sk-test" });

client.trackTokenUsage({
  ...context,
  provider: "OPENAI",
  model: "gpt-4o",
  inputTokens: 1000,
  outputTokens: 500,
  metadata: { conversation: "c-1" },
});
client.trackImageGeneration({
  ...context,
  provider: "OPENAI",
  model: "dall-e-3",
  imageCount: 1,
  imageSize: "1024x1024",
  quality: "standard",
});
client.trackVideoGeneration({
  ...context,
  provider: "RUNWAY",
  model: "gen-3",
  durationSeconds: 10,
  resolution: "1080p",
});
client.trackCustomEvent({ ...context, unitType: "pages", quantity: 3 });
await client.flush();

const ingested = await client.ingestEvents({
  events: [
    {
      eventId: randomUUID(),
      customerId,
      userId: "ann",
      featureId: "chat",
      eventType: "TOKEN_USAGE",
      provider: "OPENAI",
      model: "gpt-4o",
      inputTokens: 20,
      outputTokens: 10,
      timestamp: new Date().toISOString(),
      metadata: { conversation: "c-2" },
    },
  ],
});

const batch = new BatchTracker(client);
for (let i = 0; i < 3; i++) {
  batch.add({
    ...context,
    featureId: "batch",
    provider: "OPENAI",
    model: "gpt-4o",
    inputTokens: 1,
    outputTokens: 1,
  });
}
const pending = batch.pending;
await batch.flush();

const answer = await withOpenAITracking(
  client,
  async () => ({ model: "gpt-4o", usage: { prompt_tokens: 7, completion_tokens: 3 } }),
  { ...context, featureId: "with-openai" },
);
await withAnthropicTracking(
  client,
  async () => ({
    type: "message",
    model: "claude-sonnet-4-5",
    usage: { input_tokens: 8, output_tokens: 4 },
  }),
  { ...context, featureId: "with-anthropic" },
);
await withGoogleTracking(
  client,
  async () => ({
    response: { usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 5 } },
  }),
  { ...context, featureId: "with-google", model: "gemini-2.5-flash" },
);
const own = await trackUsage(client, async () => "result", {
  ...context,
  featureId: "track-usage",
  provider: "MISTRAL",
  model: "mistral-large-latest",
  inputTokens: 6,
  outputTokens: 2,
});

const { baseURL, headers } = getProxyConfig({
  openmonetizeApiKey: given("OPENMONETIZE_API_KEY"),
  proxyBaseUrl: `${given("OPENMONETIZE_PROXY_URL")}/v1`,
  ...context,
  featureId: "proxied",
});
const chat = { model: "gpt-4.1-mini", messages: [{ role: "user" as const, content: "Hi" }] };
const proxied = await new OpenAI({
  apiKey: "sk-test",
  baseURL,
  defaultHeaders: headers,
}).chat.completions.create(chat);
const billed = await new OpenAI(
  createBilledOpenAIConfig({
    openaiApiKey: "sk-test",
    openmonetizeApiKey: given("OPENMONETIZE_API_KEY"),
    proxyBaseUrl: `${given("OPENMONETIZE_PROXY_URL")}/v1`,
    ...context,
    featureId: "billed",
  }),
).chat.completions.create(chat);

await client.flush();

let refused: unknown;
try {
  await client.ingestEvents({ events: [] });
} catch (error) {
  refused = error instanceof OpenMonetizeError ? error.statusCode : error;
}

say({
  ingested,
  pending,
  pendingAfter: batch.pending,
  answer,
  own,
  proxied: proxied.id,
  billed: billed.id,
  refused,
  normalized: [
    normalizeProviderResponse("OPENAI", { usage: { prompt_tokens: 1, completion_tokens: 2 } }),
    client.normalizeProviderResponse("ANTHROPIC", { usage: { input_tokens: 3, output_tokens: 4 } }),
    client.normalizeProviderResponse("COHERE", {
      meta: { billed_units: { input_tokens: 5, output_tokens: 6 } },
    }),
  ],
  credits: [formatCredits.number(15000), formatCredits.withLabel(15000), formatCredits.usd(12.5)],
  stats: client.stats(),
});
await client.close();
