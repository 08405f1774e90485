import { once } from "node:events";
import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** What the stand-in of a provider answers. */
export interface Reply {
  status?: number;
  contentType?: string;
  headers?: Record<string, string>;
  /** Written one after the other, each as a chunk of its own. */
  pieces: (string | Uint8Array)[];
  /** How it ends: whole, by a broken connection, or not before the caller leaves. */
  end?: "whole" | "broken" | "never";
}

export interface Provider {
  url: string;
  /** How often it was called. */
  calls(): number;
  /** Resolves when so many callers left before the end. */
  left(count: number): Promise<void>;
  close(): Promise<void>;
}

/** A provider over real HTTP, on a free port of this machine. */
export async function startProvider(reply: () => Reply): Promise<Provider> {
  let calls = 0;
  let gone = 0;
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    calls++;
    response.on("close", () => {
      if (!response.writableFinished) {
        gone++;
        waiting.forEach((wake) => wake());
      }
    });
    void answer(request, response, reply());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    async left(count) {
      while (gone < count) {
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, reply: Reply) {
  request.resume();
  await once(request, "end");
  response.writeHead(reply.status ?? 200, {
    "content-type": reply.contentType ?? "application/json",
    ...reply.headers,
  });
  for (const piece of reply.pieces) {
    await new Promise<void>((written) => response.write(piece, () => setImmediate(written)));
  }
  if (reply.end === "broken") {
    response.destroy();
  } else if (reply.end !== "never") {
    response.end();
  }
}

export function json(body: unknown, status = 200): Reply {
  return { status, pieces: [JSON.stringify(body)] };
}

type Event = Record<string, unknown>;

/** Events as Anthropic and the Responses API frame them. */
export function named(events: Event[], end: Reply["end"] = "whole"): Reply {
  const pieces = events.map(
    (event) => `event: ${event["type"]}\ndata: ${JSON.stringify(event)}\n\n`,
  );
  return { contentType: "text/event-stream; charset=utf-8", pieces, end };
}

/** Chunks as chat completions frame them. */
export function chunks(events: Event[], end: Reply["end"] = "whole"): Reply {
  const pieces = events.map((event) => `data: ${JSON.stringify(event)}\n\n`);
  if (end === "whole") {
    pieces.push("data: [DONE]\n\n");
  }
  return { contentType: "text/event-stream; charset=utf-8", pieces, end };
}

/** Chunks as Gemini frames them. */
export function geminiChunks(events: Event[], end: Reply["end"] = "whole"): Reply {
  const pieces = events.map((event) => `data: ${JSON.stringify(event)}\r\n\r\n`);
  return { contentType: "text/event-stream", pieces, end };
}
