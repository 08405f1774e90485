import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { OpenMonetize, type Logger } from "../../../src/index.js";

export const WHO = { customerId: "acme", userId: "ann", featureId: "chat", metadata: { run: 7 } };

/** An ingestion API that takes everything, and a client of it. */
export interface Ingestion {
  client: OpenMonetize;
  /** All log lines. */
  lines: string[];
  /** The bodies of all requests, as they came. */
  bodies: string[];
  /** Flushes, and gives the events received so far, less what every event has. */
  events(): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function startIngestion(): Promise<Ingestion> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      bodies.push(body);
      const accepted = (JSON.parse(body) as { events: unknown[] }).events.length;
      response.writeHead(202, { "content-type": "application/json" });
      response.end(JSON.stringify({ accepted, duplicates: 0, errors: [] }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const lines: string[] = [];
  const line = (message: string) => void lines.push(message);
  const logger: Logger = { debug: line, info: line, warn: line, error: line };
  const client = new OpenMonetize({
    apiKey: "om_test_key",
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    debug: true,
    autoFlush: false,
    logger,
  });
  return {
    client,
    lines,
    bodies,
    async events() {
      await client.flush();
      return bodies.flatMap((body) =>
        (JSON.parse(body) as { events: Record<string, unknown>[] }).events.map((event) => {
          const { event_id: _id, timestamp: _time, ...rest } = event;
          return rest;
        }),
      );
    },
    async close() {
      await client.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** The event of an answer. */
export function event(provider: string, answer: Record<string, unknown>, more = {}) {
  const id = answer["id"] ?? answer["responseId"];
  return {
    event_type: "TOKEN_USAGE",
    customer_id: "acme",
    user_id: "ann",
    feature_id: "chat",
    metadata: { run: 7 },
    provider,
    ...(id === undefined ? {} : { provider_response_id: id }),
    provider_response: answer,
    ...more,
  };
}
