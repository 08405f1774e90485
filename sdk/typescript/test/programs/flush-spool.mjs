// Starts again with the same spool.
import { OpenMonetize } from "../../dist/esm/index.js";

const om = new OpenMonetize({ apiKey: "om_test_key", spoolDirectory: process.argv[2] });
om.trackApiCall({ customerId: "acme", featureId: "chat", userId: "user-500" });
process.stdout.write(JSON.stringify(await om.close()));
