// Starts again with the same spool, tracks one more, and says what became of all.
import { given, newClient, say, who } from "./app.js";

const om = newClient({ spoolDirectory: given("SPOOL") });
om.trackApiCall({ ...who(given("CUSTOMER")), userId: "user-300" });
const report = await om.flush();
say({ report, stats: om.stats() });
await om.close();
