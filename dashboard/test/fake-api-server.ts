import type { IncomingMessage } from "node:http";
import type { Connect, Plugin } from "vite";
import { FakeApi } from "./fake-api.ts";
import { sampleCall, sampleEvents, sampleHistory, sampleKey } from "./sample-events.ts";

const NEW_EVENT_MS = 7_000;

/** The policy that the page is served with in earnest. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self'; script-src 'self'; require-trusted-types-for 'script'; " +
  "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";

/**
 * Answers the API's paths from memory, with an event more every few seconds: `npm run dev:fake`
 * while writing, `npm run preview:fake` for the built page under its real content security policy.
 */
export function fakeApiServer(): Plugin {
  const api = new FakeApi();
  api.signedIn = false;
  api.keys = [
    sampleKey(),
    sampleKey({
      id: "key_2",
      name: "nightly reports",
      prefix: "om_dev_c81Z",
      scopes: ["read"],
      customer_id: "acme",
    }),
    sampleKey({
      id: "key_3",
      name: "old gateway",
      prefix: "om_dev_Qk2e",
      revoked_at: "2026-11-22T12:00:00Z",
    }),
  ];
  let calls = Number(process.env["FAKE_EVENTS"] ?? 180);
  const now = Date.now();
  api.events =
    calls === 0 ? [] : [...sampleEvents(calls, now), ...sampleHistory(75, now - 7_200_000)];
  const traffic = setInterval(() => {
    calls += 1;
    api.events.unshift(sampleCall(calls, Date.now()));
  }, NEW_EVENT_MS);
  traffic.unref();

  const answer: Connect.NextHandleFunction = (request, response, next) => {
    if (!request.url?.startsWith("/v1/")) {
      next();
      return;
    }
    void toRequest(request)
      .then((asked) => api.handle(asked))
      .then(async (answered) => {
        response.writeHead(answered.status, Object.fromEntries(answered.headers));
        response.end(await answered.text());
      })
      .catch(next);
  };
  return {
    name: "fake-api",
    configureServer: ({ middlewares }) => {
      middlewares.use(answer);
    },
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use((_, response, next) => {
        response.setHeader("content-security-policy", CONTENT_SECURITY_POLICY);
        next();
      });
      middlewares.use(answer);
    },
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) {
    chunks.push(chunk as Buffer);
  }
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    headers.set(name, String(value));
  }
  return new Request(`http://fake.invalid${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    ...(chunks.length > 0 ? { body: Buffer.concat(chunks) } : {}),
  });
}
