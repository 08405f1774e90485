// Writes ../reduced-answers.json: what is left of each answer of the conformance corpus that is one
// JSON object. The tests of this package and of the Java one compare theirs with it, so that the two
// keep the same. `npm run reduced` does this after a change of what bills; look at the difference.
import { readFileSync, writeFileSync } from "node:fs";
import { billableFields } from "../dist/esm/billable-fields.js";

const corpus = new URL("../../../events/src/main/resources/conformance/", import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL("manifest.json", corpus), "utf8"));

/** One of its counts is beyond what JavaScript's numbers hold. */
const APART = "anthropic/messages/count-beyond-long.json";

/** What no provider sends, where it is easy to differ. */
const ODD = [
  ["ANTHROPIC", { id: "two words", model: "m".repeat(257), usage: [1] }],
  [
    "ANTHROPIC",
    { type: "message", usage: { input_tokens: "1 2", note: "a b", "a b": 1, deep: [[{}]] } },
  ],
  ["ANTHROPIC", { usage: { a: { b: { c: { d: { e: { f: { g: { h: { i: 1 } } } } } } } } } }],
  ["ANTHROPIC", { input_tokens: "12", usage: "text", status: null, service_tier: 1 }],
  [
    "OPENAI",
    { data: [null, {}, "text", 1], choices: {}, results: [1], text: "said", model: "模型" },
  ],
  [
    "OPENAI",
    {
      object: "response",
      output: [{ type: "message" }, { type: "find", action: { type: "other" } }],
    },
  ],
  [
    "OPENAI",
    {
      output: [{ type: "web_search_call", action: { type: "open_page" } }, null, 1],
      tools: [{ type: "web_search", model: "a b" }, { type: "mcp" }],
    },
  ],
  [
    "OPENAI",
    {
      error: { type: "a b", code: 1.5, status: true, message: null },
      seconds: "1.",
      duration: "-2.5",
    },
  ],
  [
    "OPENAI",
    {
      error: { type: "", code: "c", message: "said" },
      tool_usage: { a: null, b: true },
      svg_usage: [],
    },
  ],
  [
    "GOOGLE",
    {
      candidates: [
        {
          groundingMetadata: {
            webSearchQueries: ["a", "b", "a", 1, null],
            groundingChunks: [{ maps: true }, { web: {} }],
          },
        },
      ],
    },
  ],
  [
    "GOOGLE",
    {
      candidates: [{ groundingMetadata: { groundingChunks: [{ maps: {} }] } }, {}, null],
      promptFeedback: { blockReason: "OTHER" },
    },
  ],
  [
    "GOOGLE",
    {
      predictions: [
        { embeddings: { statistics: { token_count: "7", truncated: true } } },
        { bytesBase64Encoded: 1 },
        null,
      ],
    },
  ],
  [
    "GOOGLE",
    {
      object: "x",
      data: [{}],
      steps: [{ type: "google_search_call" }, { type: "text" }],
      outputs: [],
      usageMetadata: null,
      totalTokens: "x",
    },
  ],
  [
    "COHERE",
    { id: "c", error: { type: "t" }, usage: { billed_units: { input_tokens: 1 } }, meta: { a: 1 } },
  ],
];

const answers = [
  ...cases
    .filter(({ file }) => file !== APART)
    .map(({ file, provider }) => ({ file, provider, answer: parsed(new URL(file, corpus)) }))
    .filter(({ answer }) => billableFields("OPENAI", answer) !== undefined),
  ...ODD.map(([provider, answer]) => ({ provider, answer })),
];
const lines = answers.map(({ file, provider, answer }) => {
  const reduced = billableFields(provider, answer);
  return JSON.stringify(file ? { file, provider, reduced } : { provider, answer, reduced });
});
writeFileSync("../reduced-answers.json", `[\n${lines.join(",\n")}\n]\n`);

function parsed(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    // A stream, or lines of a batch, or packed.
    return undefined;
  }
}
