// Wraps a streamed call to Gemini: node examples/google.ts (Node 22.18 or later), with
// GEMINI_API_KEY, OPENMONETIZE_API_KEY and OPENMONETIZE_BASE_URL set.
import { GoogleGenAI } from "@google/genai";
import { OpenMonetize, withGoogleTracking } from "@openmonetize/sdk";

const om = new OpenMonetize();
const google = new GoogleGenAI({});

const stream = await withGoogleTracking(
  om,
  () =>
    google.models.generateContentStream({
      model: "gemini-2.5-flash",
      contents: "Say hello in three languages.",
    }),
  { customerId: "acme", userId: "ann", featureId: "greeting" },
);
for await (const chunk of stream) {
  process.stdout.write(chunk.text ?? "");
}

const report = await om.close();
console.log(`\n${report.accepted} accepted`);
