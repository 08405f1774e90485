// Tracks, and ends by itself without a flush.
import { OpenMonetize } from "../../dist/esm/index.js";

const [timeout, shutdownTimeout] = process.argv.slice(2).map(Number);
const om = new OpenMonetize({ apiKey: "om_test_key", timeout, shutdownTimeout });
for (let i = 0; i < 250; i++) {
  om.trackApiCall({ customerId: "acme", featureId: "chat", userId: `user-${i}` });
}
