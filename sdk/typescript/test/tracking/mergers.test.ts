import { expect, test } from "vitest";
import { AnthropicMerger } from "../../src/tracking/anthropic-merger.js";
import { GoogleMerger } from "../../src/tracking/google-merger.js";
import type { Merger } from "../../src/tracking/merging.js";
import { OpenAIMerger } from "../../src/tracking/openai-merger.js";

function merged(merger: Merger, ...pieces: unknown[]): Record<string, unknown> {
  pieces.forEach((piece) => merger.add(piece));
  return merger.answer();
}

function anthropicUsage(start: unknown, ...deltas: unknown[]): unknown {
  const events = deltas.map((usage) => ({ type: "message_delta", usage }));
  const message = { id: "m", model: "c", usage: start };
  return merged(new AnthropicMerger(), { type: "message_start", message }, ...events)["usage"];
}

test("anthropic_deltas_replaceAndNeverAdd", () => {
  const usage = anthropicUsage(
    { input_tokens: 10, cache_read_input_tokens: 55096, output_tokens: 1 },
    { output_tokens: 4, cache_read_input_tokens: null },
    { output_tokens: 9, cache_read_input_tokens: 0 },
  );

  expect(usage).toEqual({ input_tokens: 10, cache_read_input_tokens: 0, output_tokens: 9 });
});

test.each([
  [
    { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 40 },
    { ephemeral_1h_input_tokens: 30 },
  ],
  [
    { ephemeral_5m_input_tokens: 40, ephemeral_1h_input_tokens: 0 },
    { ephemeral_5m_input_tokens: 30 },
  ],
  [{ ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 }, undefined],
  [
    { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 20 },
    { ephemeral_5m_input_tokens: 20, ephemeral_1h_input_tokens: 20 },
  ],
])("anthropic_cacheWritesCorrected_%o_become_%o", (split, expected) => {
  const usage = anthropicUsage(
    { input_tokens: 1, cache_creation_input_tokens: 40, cache_creation: split, output_tokens: 1 },
    { output_tokens: 2, cache_creation_input_tokens: 30 },
  );

  expect((usage as Record<string, unknown>)["cache_creation"]).toEqual(expected);
});

test("anthropic_startedAgain_lastWins", () => {
  const start = (id: string, input: number) => ({
    type: "message_start",
    message: { id, usage: { input_tokens: input } },
  });

  const answer = merged(new AnthropicMerger(), start("a", 1), start("b", 2));

  expect(answer).toEqual({ type: "message", id: "b", usage: { input_tokens: 2 } });
});

test("openai_runningTotals_lastWins", () => {
  const chunk = (completion_tokens: number) => ({
    id: "c",
    object: "chat.completion.chunk",
    choices: [{}],
    usage: { completion_tokens },
  });
  const merger = new OpenAIMerger();

  expect(merged(merger, chunk(1), chunk(2))["usage"]).toEqual({ completion_tokens: 2 });
  expect([merger.isWhole(true), merger.isWhole(false)]).toEqual([true, false]);
});

test.each([
  ["image_generation.completed", { type: "image_generation.completed" }],
  ["transcript.text.done", { text: "" }],
  ["speech.audio.done", { type: "speech.audio.done" }],
])("openai_%s_isOfItsMedium", (type, shown) => {
  const usage = { input_tokens: 1, output_tokens: 2 };
  const merger = new OpenAIMerger();

  const answer = merged(merger, { type, usage, b64_json: "SECRET", text: "SECRET" });

  expect(answer).toEqual({ usage, ...shown });
  expect(merger.isWhole(false)).toBe(true);
});

test("google_lastUsage_isTakenWhole", () => {
  const first = { promptTokenCount: 9, candidatesTokenCount: 7, trafficType: "ON_DEMAND" };
  const chunks = [first, { promptTokenCount: 12 }, {}].map((usageMetadata) => ({
    responseId: "r",
    usageMetadata,
  }));

  expect(merged(new GoogleMerger(), ...chunks)["usageMetadata"]).toEqual({
    promptTokenCount: 12,
    trafficType: "ON_DEMAND",
  });
});

test("google_searchesRepeatedInChunks_countOnce", () => {
  const chunk = (...webSearchQueries: string[]) => ({
    candidates: [{ groundingMetadata: { webSearchQueries, groundingChunks: [{ maps: {} }] } }],
  });

  expect(merged(new GoogleMerger(), chunk("a"), chunk("a", "b"))["candidates"]).toEqual([
    { groundingMetadata: { webSearchQueries: ["1", "2"], groundingChunks: [{ maps: {} }] } },
  ]);
});

test("google_chatCompletionsSpoken_areMergedAsOpenAIs", () => {
  const answer = merged(
    new GoogleMerger(),
    { id: "c", object: "chat.completion.chunk", model: "gemini-2.5-flash", choices: [{}] },
    { id: "c", choices: [], usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 9 } },
  );

  expect(answer).toMatchObject({ object: "chat.completion", usage: { total_tokens: 9 } });
});
