// Wraps a streamed call to Anthropic: node examples/anthropic.ts (Node 22.18 or later), with
// ANTHROPIC_API_KEY, OPENMONETIZE_API_KEY and OPENMONETIZE_BASE_URL set.
import Anthropic from "@anthropic-ai/sdk";
import { OpenMonetize, withAnthropicTracking } from "@openmonetize/sdk";

const om = new OpenMonetize();
const anthropic = new Anthropic();

const stream = withAnthropicTracking(
  om,
  () =>
    anthropic.messages.stream({
      model: "claude-sonnet-5-5",
      max_tokens: 200,
      messages: [{ role: "user", content: "Say hello in three languages." }],
    }),
  { customerId: "acme", userId: "ann", featureId: "greeting" },
);
stream.on("text", (text) => process.stdout.write(text));
await stream.done();

const report = await om.close();
console.log(`\n${report.accepted} accepted`);
