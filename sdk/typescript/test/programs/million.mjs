// A million events for a server that is not there, beside an app that goes on with its work.
import { OpenMonetize } from "../../dist/esm/index.js";

const om = new OpenMonetize({ apiKey: "om_test_key", shutdownTimeout: 100 });
let ticks = 0;
const app = setInterval(() => ticks++, 5);
let mostHeap = 0;
for (let i = 0; i < 1_000_000; i++) {
  om.trackTokenUsage({
    customerId: "acme",
    userId: `user-${i}`,
    featureId: "chat",
    provider: "ANTHROPIC",
    model: "claude-sonnet-4-5",
    inputTokens: i,
    outputTokens: 1,
    metadata: { conversation: `conversation-${i}` },
  });
  if (i % 1000 === 0) {
    await new Promise((resolve) => setImmediate(resolve));
    mostHeap = Math.max(mostHeap, process.memoryUsage().heapUsed);
  }
}
clearInterval(app);
const { pending } = await om.close();
process.stdout.write(JSON.stringify({ ...om.stats(), pending, ticks, mostHeap }));
