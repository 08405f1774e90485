import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface WireEvent {
  event_id: string;
  feature_id: string;
  [field: string]: unknown;
}

export interface Call {
  events: WireEvent[];
  bytes: number;
  request: IncomingMessage;
  response: ServerResponse;
  server: IngestionServer;
}

/** What one request meets. */
export type Behaviour = (call: Call) => void;

/** An ingestion API on this machine that does wrong as told, and books by event id as ours does. */
export class IngestionServer {
  /** Each event once. */
  readonly booked = new Map<string, WireEvent>();
  /** The events of every request, in order. */
  readonly requests: WireEvent[][] = [];
  readonly bodies: number[] = [];
  /** One for each of the next requests; then `always`. */
  readonly script: Behaviour[] = [];
  always: Behaviour = takes;
  readonly #server: Server;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("error", () => {});
      request.on("end", () => {
        const body = Buffer.concat(chunks);
        const { events } = JSON.parse(body.toString()) as { events: WireEvent[] };
        this.requests.push(events);
        this.bodies.push(body.length);
        const behaviour = this.script.shift() ?? this.always;
        behaviour({ events, bytes: body.length, request, response, server: this });
      });
    });
  }

  static async started(): Promise<IngestionServer> {
    const server = new IngestionServer();
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Again on the port that it had, after `stop`. */
  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const stopped = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await stopped;
  }

  book(events: WireEvent[]): number {
    const before = this.booked.size;
    for (const event of events) {
      this.booked.set(event.event_id, event);
    }
    return this.booked.size - before;
  }
}

/** As the real one: everything is accepted, and who sent it before does not learn it. */
export const takes: Behaviour = ({ events, response, server }) => {
  server.book(events);
  json(response, 202, {
    accepted: events.length,
    rejected: 0,
    duplicates: 0,
    status: "processing",
  });
};

export const takesAndKillsConnection: Behaviour = ({ events, request, server }) => {
  server.book(events);
  request.socket.destroy();
};

export const takesAndNeverAnswers: Behaviour = ({ events, server }) => {
  server.book(events);
};

export function answers(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Behaviour {
  return ({ response }) => json(response, status, body, headers);
}

export function answersPage(status: number, headers: Record<string, string> = {}): Behaviour {
  return ({ response }) => {
    response.writeHead(status, { "content-type": "text/html", ...headers });
    response.end("<html><body>Bad gateway</body></html>");
  };
}

/** Judges each event: what is of the feature `bad` is refused. */
export function refusesBad(status: number): Behaviour {
  return (call) => {
    const { events, response, server } = call;
    const errors = events.flatMap((event, index) =>
      event.feature_id === "bad"
        ? [{ index, field: "model", code: "INVALID", reason: "Expected string", retryable: false }]
        : [],
    );
    if (errors.length === 0) {
      takes(call);
    } else if (status === 202) {
      server.book(events.filter((event) => event.feature_id !== "bad"));
      const accepted = events.length - errors.length;
      json(response, 202, { accepted, rejected: errors.length, duplicates: 0, errors });
    } else {
      json(response, status, { error: "VALIDATION_ERROR", message: "Invalid", errors });
    }
  };
}

/** Refuses a batch with a bad event as a whole, and does not say which it is. */
export const refusesBatchOfBad: Behaviour = (call) => {
  if (call.events.some((event) => event.feature_id === "bad")) {
    json(call.response, 400, { error: "VALIDATION_ERROR", message: "Invalid event batch format" });
  } else {
    takes(call);
  }
};

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
