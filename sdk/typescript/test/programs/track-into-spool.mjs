// Tracks with a spool, says so, and stays until it is killed.
import { OpenMonetize } from "../../dist/esm/index.js";

const om = new OpenMonetize({ apiKey: "om_test_key", spoolDirectory: process.argv[2] });
for (let i = 0; i < 500; i++) {
  om.trackApiCall({ customerId: "acme", featureId: "chat", userId: `user-${i}` });
}
process.stdout.write("tracked\n");
setInterval(() => {}, 1000);
