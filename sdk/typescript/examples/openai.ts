// Wraps a streamed call to OpenAI: node examples/openai.ts (Node 22.18 or later), with
// OPENAI_API_KEY, OPENMONETIZE_API_KEY and OPENMONETIZE_BASE_URL set.
import OpenAI from "openai";
import { OpenMonetize, withOpenAITracking } from "@openmonetize/sdk";

const om = new OpenMonetize();
const openai = new OpenAI();

const stream = await withOpenAITracking(
  om,
  () =>
    openai.chat.completions.create({
      model: "gpt-5.6",
      messages: [{ role: "user", content: "Say hello in three languages." }],
      stream: true,
      stream_options: { include_usage: true },
    }),
  { customerId: "acme", userId: "ann", featureId: "greeting" },
);
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta.content ?? "");
}

const report = await om.close();
console.log(`\n${report.accepted} accepted`);
