import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { OpenMonetize } from "../src/client.js";
import { OpenMonetizeError } from "../src/errors.js";

let server: Server;
let om: OpenMonetize;
let asked: { line: string; authorization: string | undefined }[];
let answer: (url: URL) => [number, string];

beforeEach(async () => {
  asked = [];
  answer = () => [200, JSON.stringify({ data: { cost_usd: "0.10" } })];
  server = createServer((request, response) => {
    asked.push({
      line: `${request.method} ${request.url}`,
      authorization: request.headers.authorization,
    });
    const [status, body] = answer(new URL(request.url!, "http://localhost"));
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  om = new OpenMonetize({ apiKey: "om_test_key", baseUrl });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test("getUsage asks for sums", async () => {
  const usage = await om.getUsage({
    customerId: "a&b",
    from: new Date("2026-07-01T00:00:00Z"),
    compare: "previous",
  });

  expect(usage.cost_usd).toBe("0.10");
  expect(asked).toEqual([
    {
      line: "GET /v1/usage/summary?customer_id=a%26b&from=2026-07-01T00%3A00%3A00.000Z&compare=previous",
      authorization: "Bearer om_test_key",
    },
  ]);
});

test("getCosts asks by model, or as told", async () => {
  await om.getCosts();
  await om.getCosts({ groupBy: "customer", limit: 5, featureId: undefined });

  expect(asked.map(({ line }) => line)).toEqual([
    "GET /v1/usage/breakdown?group_by=model",
    "GET /v1/usage/breakdown?group_by=customer&limit=5",
  ]);
});

test("getEvents goes on page by page, over an empty one too", async () => {
  const pages: Record<string, [string[], string | null]> = {
    "": [["a", "b"], "2"],
    "2": [[], "3"],
    "3": [["c"], null],
  };
  answer = (url) => {
    const [ids, next_cursor] = pages[url.searchParams.get("cursor") ?? ""]!;
    return [200, JSON.stringify({ data: ids.map((id) => ({ id })), next_cursor })];
  };
  const ids: string[] = [];
  for await (const event of om.getEvents({ customerId: "acme", usageStatus: "exact" })) {
    ids.push(event.id);
  }

  expect(ids).toEqual(["a", "b", "c"]);
  expect(asked.map(({ line }) => line)[1]).toBe(
    "GET /v1/events?customer_id=acme&usage_status=exact&cursor=2",
  );
  expect(await om.getEvents().page("3")).toEqual({ data: [{ id: "c" }], next_cursor: null });
});

test("the calls of the package that was before", async () => {
  await om.getUsageAnalytics({ startDate: "2026-07-01", endDate: "2026-07-31", userId: "ann" });
  await om.getCostBreakdown("2026-07-01", "2026-07-31");

  expect(asked.map(({ line }) => line)).toEqual([
    "GET /v1/analytics/usage?start_date=2026-07-01&end_date=2026-07-31&user_id=ann",
    "GET /v1/analytics/cost-breakdown?start_date=2026-07-01&end_date=2026-07-31",
  ]);
});

test("ingestEvents reports at once", async () => {
  answer = () => [202, JSON.stringify({ accepted: 1, rejected: 0, duplicates: 0 })];

  const result = await om.ingestEvents({
    events: [
      {
        eventId: "0f1c9a52-6a0e-4f5e-9f1e-3f2a1b0c9d8e",
        customerId: "acme",
        featureId: "chat",
        eventType: "API_CALL",
        timestamp: "2026-07-01T00:00:00Z",
      },
    ],
  });

  expect(result.accepted).toBe(1);
});

test.each<[number, string, string]>([
  [403, JSON.stringify({ error: "FORBIDDEN", message: "No" }), "No"],
  [502, "<html>", "HTTP 502, which is not the API's answer"],
  [200, "<html>", "HTTP 200, which is not the API's answer"],
  [200, "{}", "HTTP 200, which is not the API's answer"],
])("an answer of %d %s is thrown", async (status, body, message) => {
  answer = () => [status, body];

  const error = await om.getUsage().catch((thrown: unknown) => thrown);

  expect(error).toBeInstanceOf(OpenMonetizeError);
  expect(error).toMatchObject({ name: "OpenMonetizeError", message, statusCode: status });
});

test("getEvents whose page leads to itself is thrown", async () => {
  answer = () => [200, JSON.stringify({ data: [{ id: "a" }], next_cursor: "1" })];
  let events = 0;
  const read = async () => {
    for await (const _ of om.getEvents()) {
      if (++events > 10) {
        break;
      }
    }
  };

  await expect(read()).rejects.toThrow(OpenMonetizeError);
});

test.each(['{ "data": {} }', '{ "data": null }', "{}"])(
  "a page of events that is %s is thrown",
  async (body) => {
    answer = () => [200, body];
    const read = async () => {
      for await (const _ of om.getEvents());
    };

    await expect(read()).rejects.toThrow(OpenMonetizeError);
    await expect(om.getEvents().page()).rejects.toThrow(OpenMonetizeError);
  },
);

test("a report at once whose answer accepts nothing and refuses nothing is thrown", async () => {
  answer = () => [200, '{ "hello": "world" }'];

  await expect(om.ingestEvents({ events: [] })).rejects.toThrow(OpenMonetizeError);
});

test("a server that is not there is thrown", async () => {
  const gone = new OpenMonetize({ apiKey: "k", baseUrl: "http://127.0.0.1:1" });

  await expect(gone.getUsage()).rejects.toMatchObject({
    message: "The request failed",
    statusCode: undefined,
  });
});

test("a server that does not answer is a timeout", async () => {
  const never = new OpenMonetize({
    apiKey: "k",
    timeout: 20,
    fetch: (_url, { signal }) =>
      new Promise((_, reject) =>
        signal.addEventListener("abort", () => reject(new Error("abort"))),
      ),
  });

  await expect(never.getUsage()).rejects.toThrow("Request timeout");
});
