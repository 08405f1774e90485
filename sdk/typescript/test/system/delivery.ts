// Tracks so many events, says so, and says what its flush reports. With "bad" as the second
// argument one of them is such as the server refuses.
import { given, newClient, say, who } from "./app.js";

const [count, bad] = process.argv.slice(2);
let failedRequests = 0;
const om = newClient({
  fetch: async (url, init) => {
    try {
      return await fetch(url, init);
    } catch (error) {
      failedRequests++;
      say({ failedRequests });
      throw error;
    }
  },
});
for (let i = 0; i < Number(count); i++) {
  const isBad = bad === "bad" && i === Math.floor(Number(count) / 2);
  om.trackTokenUsage({
    ...who(given("CUSTOMER")),
    userId: `user-${i}`,
    provider: "OPENAI",
    model: "gpt-4o",
    inputTokens: i,
    outputTokens: 1,
    // Ten years ahead of the server's clock.
    ...(isBad ? { timestamp: new Date(Date.now() + 10 * 365 * 24 * 3600 * 1000) } : {}),
  });
}
say({ tracked: Number(count) });
const report = await om.flush();
const again = await om.flush();
say({ report, again, stats: om.stats() });
await om.close();
