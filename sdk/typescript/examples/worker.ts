// A Worker: what it tracked goes out after the answer, while the runtime waits.
import { OpenMonetize } from "@openmonetize/sdk";

interface Environment {
  OPENMONETIZE_API_KEY: string;
  OPENMONETIZE_BASE_URL: string;
}

export default {
  async fetch(
    request: Request,
    environment: Environment,
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<Response> {
    const om = new OpenMonetize({
      apiKey: environment.OPENMONETIZE_API_KEY,
      baseUrl: environment.OPENMONETIZE_BASE_URL,
    });
    om.trackApiCall({ customerId: "acme", featureId: new URL(request.url).pathname });
    context.waitUntil(om.close());
    return new Response("ok");
  },
};
