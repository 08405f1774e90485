// Reports calls that were made elsewhere: node examples/track.ts (Node 22.18 or later), with
// OPENMONETIZE_API_KEY and OPENMONETIZE_BASE_URL set.
import { OpenMonetize } from "@openmonetize/sdk";

const om = new OpenMonetize();
const who = { customerId: "acme", userId: "ann", featureId: "chat" };

om.trackTokenUsage({
  ...who,
  provider: "ANTHROPIC",
  model: "claude-sonnet-4-5",
  inputTokens: 1200,
  outputTokens: 85,
  cachedInputTokens: 1000,
});
om.trackCustomEvent({ ...who, featureId: "export", unitType: "pages", quantity: 12 });

const report = await om.close();
console.log(`${report.accepted} accepted`);
for (const { eventId, code, reason } of report.failed) {
  console.error(`${eventId} failed: ${code} ${reason}`);
}
