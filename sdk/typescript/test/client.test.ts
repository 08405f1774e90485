import { describe, expect, test } from "vitest";
import { OpenMonetize } from "../src/client.js";
import type { TokenUsage } from "../src/types.js";
import { HurriedClock } from "./hurried-clock.js";
import { LogLines } from "./log-lines.js";

/** A client, and the events that it sends. */
function recorded(log = new LogLines()) {
  const events: Record<string, unknown>[] = [];
  const om = new OpenMonetize(
    {
      apiKey: "om_test_key",
      autoFlush: false,
      debug: true,
      logger: log,
      fetch: async (_url, init) => {
        const batch = JSON.parse(init.body!) as { events: Record<string, unknown>[] };
        events.push(...batch.events);
        const body = { accepted: batch.events.length, rejected: 0, duplicates: 0 };
        return {
          status: 202,
          headers: { get: () => null },
          text: async () => JSON.stringify(body),
        };
      },
    },
    { clock: new HurriedClock() },
  );
  return { om, events, log };
}

const WHO = { customerId: "acme", userId: "ann", featureId: "chat" };

describe("events on the wire", () => {
  test("of tokens", async () => {
    const { om, events } = recorded();
    om.trackTokenUsage({
      ...WHO,
      teamId: "red",
      provider: "ANTHROPIC",
      model: "claude-sonnet-4-5",
      inputTokens: 12,
      outputTokens: 5,
      cachedInputTokens: 0,
      metadata: { plan: "pro" },
      providerResponseId: "msg_1",
      idempotencyKey: "k1",
      timestamp: new Date("2026-06-30T10:00:00Z"),
    });
    await om.flush();

    expect(events).toEqual([
      {
        event_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f-]{17}$/),
        event_type: "TOKEN_USAGE",
        customer_id: "acme",
        user_id: "ann",
        team_id: "red",
        feature_id: "chat",
        provider: "ANTHROPIC",
        model: "claude-sonnet-4-5",
        input_tokens: 12,
        output_tokens: 5,
        cached_input_tokens: 0,
        metadata: { plan: "pro" },
        provider_response_id: "msg_1",
        idempotency_key: "k1",
        timestamp: "2026-06-30T10:00:00.000Z",
      },
    ]);
  });

  test("of the other kinds, at the time of tracking", async () => {
    const { om, events } = recorded();
    const model = { provider: "OPENAI", model: "m" } as const;
    om.trackImageGeneration({
      ...WHO,
      ...model,
      imageCount: 2,
      imageSize: "1024x1024",
      quality: "hd",
    });
    om.trackVideoGeneration({ ...WHO, ...model, durationSeconds: 7.5, resolution: "1080p" });
    om.trackApiCall(WHO);
    om.trackCustomEvent({ ...WHO, unitType: "pages", quantity: 3 });
    om.trackTokenUsage({ ...WHO, ...model, tokens: { input: 1, cache_read: 2 } });
    await om.flush();

    expect(events).toMatchObject([
      { event_type: "IMAGE_GENERATION", image_count: 2, image_size: "1024x1024", quality: "hd" },
      { event_type: "VIDEO_GENERATION", duration_seconds: 7.5, resolution: "1080p" },
      { event_type: "API_CALL", customer_id: "acme" },
      { event_type: "CUSTOM", unit_type: "pages", quantity: 3 },
      { event_type: "TOKEN_USAGE", tokens: { input: 1, cache_read: 2 } },
    ]);
    for (const event of events) {
      expect(event["timestamp"]).toBe("2026-07-01T12:00:00.000Z");
    }
  });

  test("of a provider's answer", async () => {
    const { om, events } = recorded();
    const answer = {
      id: "chatcmpl-1",
      object: "chat.completion",
      model: "gpt-5-mini-2026",
      choices: [{ message: { role: "assistant", content: "a secret" } }],
      usage: { prompt_tokens: 3, completion_tokens: 4 },
    };
    const facts = { model: "gpt-5-mini", streamed: true, cut: true };
    om.trackProviderResponse(WHO, "OPENAI", answer, facts);
    om.trackProviderResponse(WHO, "OPENAI", answer);
    await om.flush();

    expect(events[0]).toMatchObject({
      event_type: "TOKEN_USAGE",
      provider: "OPENAI",
      model: "gpt-5-mini",
      provider_response_id: "chatcmpl-1",
      provider_response: { id: "chatcmpl-1", usage: { prompt_tokens: 3, completion_tokens: 4 } },
      streamed: true,
      response_cut: true,
    });
    expect(events[1]).not.toHaveProperty("streamed");
    expect(events[1]).not.toHaveProperty("response_cut");
    expect(JSON.stringify(events)).not.toContain("a secret");
  });
});

describe("arguments that are no good", () => {
  const circular: Record<string, unknown> = {};
  circular["self"] = circular;
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("secret of the app");
      },
    },
  );
  const good = { ...WHO, provider: "OPENAI", model: "m", unitType: "pages", quantity: 1 };
  const garbage: [string, unknown][] = [
    ["nothing", undefined],
    ["null", null],
    ["a number", 42],
    ["a text", "secret of the app"],
    ["an empty object", {}],
    ["an object that throws", hostile],
    ["a customer that is no text", { ...good, customerId: 7 }],
    ["an empty feature", { ...good, featureId: "" }],
    ["metadata that is a list", { ...good, metadata: ["secret of the app"] }],
    ["metadata in a circle", { ...good, metadata: circular }],
    ["metadata with a bigint", { ...good, metadata: { n: 1n } }],
    ["no time", { ...good, timestamp: Number.NaN }],
  ];

  test.each(garbage)("%s: nothing is thrown, and each is counted", (_, argument) => {
    const { om, log } = recorded();
    const any = argument as never;
    const tracks = [
      () => om.trackTokenUsage(any),
      () => om.trackImageGeneration(any),
      () => om.trackVideoGeneration(any),
      () => om.trackApiCall(any),
      () => om.trackCustomEvent(any),
      () => om.trackProviderResponse(any, "OPENAI", { id: "x" }),
    ];
    for (const track of tracks) {
      expect(track).not.toThrow();
    }

    expect(om.stats()).toMatchObject({ tracked: 0, dropped: tracks.length });
    expect(log.lines.join()).toContain("[OpenMonetize] Dropped 1 event(s): trackTokenUsage");
    expect(log.lines.join()).not.toContain("secret");
  });

  test.each([Number.NaN, Infinity, -1, "12", {}])(
    "a count of %s is refused, not guessed",
    (count) => {
      const { om } = recorded();
      om.trackTokenUsage({ ...good, inputTokens: count } as unknown as TokenUsage);
      om.trackTokenUsage({ ...good, tokens: { input: count } } as unknown as TokenUsage);

      expect(om.stats()).toMatchObject({ tracked: 0, dropped: 2 });
    },
  );

  test.each([undefined, null, 3, "text"])("a provider's answer that is %s is dropped", (answer) => {
    const { om } = recorded();
    expect(() => om.trackProviderResponse(WHO, "OPENAI", answer, null as never)).not.toThrow();

    expect(om.stats()).toMatchObject({ tracked: 0, dropped: 1 });
  });

  test.each([null, 5, { timeout: "soon" }, { timeout: -1 }])(
    "flush(%o) waits for all",
    async (argument) => {
      const { om } = recorded();
      om.trackApiCall(WHO);

      expect(await om.flush(argument as never)).toMatchObject({ accepted: 1, pending: 0 });
    },
  );
});
