import { expect, test } from "vitest";
import { readServerSentEvents, type ServerSentEvent } from "./serverSentEvents";

function streamOf(...pieces: (string | Uint8Array)[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const piece of pieces) {
        controller.enqueue(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      }
      controller.close();
    },
  });
}

async function read(...pieces: (string | Uint8Array)[]): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(streamOf(...pieces))) {
    events.push(event);
  }
  return events;
}

test.each(["\n", "\r\n", "\r"])("read_lineEnd%j_splitsEvents", async (end) => {
  const lines = ["event: one", "data: 1", "", ": a comment", "data: 2a", "data:2b", "", ""];
  expect(await read(lines.join(end) + "data: 3")).toEqual([
    { event: "one", data: "1" },
    { event: "message", data: "2a\n2b" },
  ]);
});

test("read_splitAtEveryByte_isTheSame", async () => {
  const text = '\uFEFFevent: delta\r\ndata: {"text":"größer €"}\r\n\r\ndata: [DONE]\n\n';
  const bytes = new TextEncoder().encode(text);
  const whole = await read(text);
  expect(whole).toEqual([
    { event: "delta", data: '{"text":"größer €"}' },
    { event: "message", data: "[DONE]" },
  ]);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    expect(await read(bytes.slice(0, cut), bytes.slice(cut))).toEqual(whole);
  }
  expect(await read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual(whole);
});

test("read_brokenOffInsideAnEvent_dropsIt", async () => {
  expect(await read("data: whole\n\nevent: half\ndata: ha")).toEqual([
    { event: "message", data: "whole" },
  ]);
});

test("read_stoppedEarly_cancelsTheStream", async () => {
  let cancelled = false;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: x\n\n")),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const event of readServerSentEvents(endless)) {
    expect(event.data).toBe("x");
    break;
  }
  expect(cancelled).toBe(true);
});
