// Tracks one event of each kind, and says what its flush reports.
import { given, newClient, say, who } from "./app.js";

const om = newClient();
const context = { ...who(given("CUSTOMER")), teamId: "red" };
const timestamp = given("TIMESTAMP");
om.trackTokenUsage({
  ...context,
  timestamp,
  provider: "OPENAI",
  model: "gpt-4o",
  inputTokens: 1000,
  outputTokens: 500,
  cachedInputTokens: 200,
});
om.trackTokenUsage({
  ...context,
  timestamp: new Date(timestamp),
  userId: given("USER_ALONE"),
  featureId: "search",
  provider: "ANTHROPIC",
  model: "claude-sonnet-4-5",
  tokens: { input: 10, cache_read: 20, cache_write_1h: 30, output: 40 },
  providerResponseId: "msg_of_the_test",
});
om.trackImageGeneration({
  ...context,
  timestamp: Date.parse(timestamp),
  provider: "OPENAI",
  model: "dall-e-3",
  imageCount: 2,
  imageSize: "1024x1024",
  quality: "hd",
});
om.trackVideoGeneration({
  ...context,
  timestamp,
  provider: "RUNWAY",
  model: "gen-3",
  durationSeconds: 5.5,
  resolution: "1080p",
});
om.trackApiCall({ ...context, timestamp, provider: "GOOGLE", model: "gemini-2.5-flash" });
om.trackCustomEvent({ ...context, timestamp, unitType: "pages", quantity: 0.25 });
om.trackCustomEvent({ ...context, timestamp, unitType: "pages", quantity: 4, idempotencyKey: "k" });
om.trackCustomEvent({ ...context, timestamp, unitType: "pages", quantity: 4, idempotencyKey: "k" });
om.trackProviderResponse(
  context,
  "OPENAI",
  {
    id: "chatcmpl-of-the-test",
    object: "chat.completion",
    model: "gpt-4o",
    choices: [{ index: 0, message: { role: "assistant", content: "A secret." } }],
    usage: { prompt_tokens: 7, completion_tokens: 3 },
  },
  { streamed: true },
);
say({ report: await om.flush(), stats: om.stats() });
await om.close();
