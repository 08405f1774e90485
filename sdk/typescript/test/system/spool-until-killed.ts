// Tracks with a spool, says so, and stays until it is killed.
import { given, newClient, say, who } from "./app.js";

const om = newClient({ spoolDirectory: given("SPOOL") });
for (let i = 0; i < 300; i++) {
  om.trackTokenUsage({
    ...who(given("CUSTOMER")),
    userId: `user-${i}`,
    provider: "OPENAI",
    model: "gpt-4o",
    inputTokens: i,
    outputTokens: 1,
  });
}
say({ tracked: 300 });
setInterval(() => {}, 1000);
