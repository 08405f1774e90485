import { expect, test } from "vitest";
import { errorMessage, providerOf, type Piece } from "./providers";

function readAll(provider: string, ...data: (object | string)[]): Piece[] {
  return data.flatMap((each) =>
    providerOf(provider).read({
      event: "message",
      data: typeof each === "string" ? each : JSON.stringify(each),
    }),
  );
}

test("read_anthropic_textThinkingAndEnd", () => {
  expect(
    readAll(
      "ANTHROPIC",
      { type: "message_start", message: { usage: { input_tokens: 5 } } },
      { type: "content_block_start", index: 0, content_block: { type: "thinking" } },
      {
        type: "content_block_delta",
        index: 0,
        delta: { type: "thinking_delta", thinking: "Hm" },
      },
      { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hi" } },
      { type: "ping" },
      { type: "message_delta", delta: { stop_reason: "end_turn" }, usage: { output_tokens: 1 } },
      { type: "message_stop" },
    ),
  ).toEqual([
    { kind: "thinking", text: "Hm" },
    { kind: "text", text: "Hi" },
    { kind: "end", reason: "end_turn" },
  ]);
});

test("read_openAi_contentAndEnd_andNothingOfUsageAndDone", () => {
  expect(
    readAll(
      "OPENAI",
      { choices: [{ delta: { role: "assistant", content: "" }, finish_reason: null }] },
      { choices: [{ delta: { content: "Hi" }, finish_reason: null }] },
      { choices: [{ delta: {}, finish_reason: "stop" }] },
      { choices: [], usage: { total_tokens: 3 } },
      "[DONE]",
    ),
  ).toEqual([
    { kind: "text", text: "Hi" },
    { kind: "end", reason: "stop" },
  ]);
});

test("read_gemini_everyPart_thoughtsApart", () => {
  const parts = [{ text: "Hm", thought: true }, { text: "Hi" }, { functionCall: {} }];
  expect(
    readAll(
      "GOOGLE",
      { candidates: [{ content: { parts } }] },
      { candidates: [{ finishReason: "STOP" }], usageMetadata: {} },
    ),
  ).toEqual([
    { kind: "thinking", text: "Hm" },
    { kind: "text", text: "Hi" },
    { kind: "end", reason: "STOP" },
  ]);
});

test.each(["ANTHROPIC", "OPENAI", "GOOGLE"])("read_errorFrom%s_isSaid", (provider) => {
  const error = { type: "error", error: { message: "Overloaded" } };
  expect(readAll(provider, error)).toEqual([{ kind: "error", message: "Overloaded" }]);
});

test.each(["ANTHROPIC", "OPENAI", "GOOGLE"])("read_notJsonFrom%s_saysNothing", (provider) => {
  expect(readAll(provider, "<html>", "null", "[]")).toEqual([]);
});

test("path_gemini_modelCannotLeaveItsPlace", () => {
  expect(providerOf("GOOGLE").path("../x?y")).toBe(
    "/v1beta/models/..%2Fx%3Fy:streamGenerateContent?alt=sse",
  );
});

test("errorMessage_ofEachForm_isFound", () => {
  expect(errorMessage('{"error":{"message":"a"}}')).toBe("a");
  expect(errorMessage('[{"error":{"message":"b"}}]')).toBe("b");
  expect(errorMessage('{"error":"Unauthorized","message":"c"}')).toBe("c");
  expect(errorMessage('{"error":"d"}')).toBe("d");
  expect(errorMessage("<html>")).toBeNull();
});
