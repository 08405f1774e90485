import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { billableFields } from "../../src/billable-fields.js";
import type { Provider } from "../../src/index.js";
import { body, cases } from "./support/corpus.js";

const PROVIDERS: Provider[] = ["ANTHROPIC", "OPENAI", "GOOGLE", "COHERE", "MISTRAL"];

interface Reduced {
  file?: string;
  provider: Provider;
  answer?: unknown;
  reduced: unknown;
}

test("corpus_reduced_isWhatTheJavaPackageKeepsToo", () => {
  const expected = JSON.parse(readFileSync("../reduced-answers.json", "utf8")) as Reduced[];

  expect(expected.length).toBeGreaterThan(100);
  for (const { file, provider, answer, reduced } of expected) {
    const whole = file === undefined ? answer : parsed(body(file));
    expect({ file, answer, reduced: billableFields(provider, whole) }).toEqual({
      file,
      answer,
      reduced,
    });
  }
});

test.each(PROVIDERS)("%s_reducedAgain_staysTheSame", (provider) => {
  const answers = cases()
    .filter((one) => one.content_type.includes("json") && one.content_encoding === null)
    .map((one) => parsed(body(one.file)));

  expect(answers.length).toBeGreaterThan(50);
  for (const answer of answers) {
    const once = billableFields(provider, answer);
    expect(once && billableFields(provider, once)).toEqual(once);
  }
});

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

test.each([undefined, null, 1, "text", []])("anything_%o_isNoAnswer", (value) => {
  expect(billableFields("OPENAI", value)).toBeUndefined();
});

test("anthropic_answer_keepsUsageWhole", () => {
  const usage = {
    input_tokens: 1,
    output_tokens: 2,
    cache_creation: { ephemeral_5m_input_tokens: 3 },
    server_tool_use: null,
    iterations: [{ type: "advisor_message", model: "claude-opus-5", input_tokens: 4 }],
    service_tier: "standard",
  };

  const reduced = billableFields("ANTHROPIC", {
    type: "message",
    id: "m",
    model: "c",
    content: [{ type: "text", text: "SECRET" }],
    usage,
  });

  expect(reduced).toEqual({ type: "message", id: "m", model: "c", usage });
});

test("openai_error_keepsItsKindAndNotItsMessage", () => {
  const error = { type: "server_error", code: 500, message: "SECRET of the prompt" };

  expect(billableFields("OPENAI", { object: "response", id: "r", error })).toMatchObject({
    error: { type: "server_error", code: 500, message: "" },
  });
});

test("openai_idTooLong_isLeftOut", () => {
  const long = "x".repeat(257);

  expect(billableFields("OPENAI", { id: long, model: long, usage: {} })).toEqual({ usage: {} });
});

test("google_embeddingsOfVertex_areReadAsItsApiWritesThem", () => {
  const embeddings = [{ values: [0.5], statistics: { tokenCount: 7 } }];

  expect(billableFields("GOOGLE", { embeddings })).toEqual({
    predictions: [{ embeddings: { statistics: { token_count: 7 } } }],
  });
});

test("google_images_areCountedWithoutThoseFilteredOut", () => {
  const generatedImages = [{ image: { imageBytes: "U0VDUkVU" } }, { raiFilteredReason: "SECRET" }];

  expect(billableFields("GOOGLE", { generatedImages })).toEqual({
    predictions: [{ bytesBase64Encoded: "" }],
  });
});

test("google_frameworksNames_areTranslated", () => {
  expect(
    billableFields("GOOGLE", { usage: { promptTokens: 3, completionTokens: 2 } }),
  ).toMatchObject({
    usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 2 },
  });
});
