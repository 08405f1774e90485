// Tracks, and ends by itself without a flush.
import { OpenMonetize } from "../../dist/esm/index.js";

const om = new OpenMonetize({ apiKey: "om_test_key", timeout: 1000, shutdownTimeout: 500 });
for (let i = 0; i < 250; i++) {
  om.trackApiCall({ customerId: "acme", featureId: "chat", userId: `user-${i}` });
}
