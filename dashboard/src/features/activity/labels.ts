import type { Tone } from "../../ui/Badge";
import type { StateFilterName } from "./filters";

export const STATE_FILTERS: Record<
  StateFilterName,
  { label: string; any: string; values: Record<string, string> }
> = {
  status: {
    label: "Call",
    any: "However it ended",
    values: {
      ok: "ok",
      error: "error",
      interrupted: "interrupted",
      cancelled: "cancelled",
      timeout: "timeout",
      unreachable: "unreachable",
      unaccounted: "unaccounted",
    },
  },
  usage_status: {
    label: "Usage",
    any: "However known",
    values: {
      exact: "exact",
      partial: "partial",
      estimated: "estimated",
      missing: "missing",
      none: "none billable",
    },
  },
  cost_status: {
    label: "Cost",
    any: "Priced or not",
    values: { priced: "priced", unpriced: "unpriced" },
  },
  quarantined: {
    label: "Quarantine",
    any: "In or out of it",
    values: { true: "quarantined", false: "not quarantined" },
  },
  source: {
    label: "Source",
    any: "Any source",
    values: { proxy: "proxy", sdk: "SDK" },
  },
};

const PROVIDERS: Record<string, string> = {
  ANTHROPIC: "Anthropic",
  OPENAI: "OpenAI",
  GOOGLE: "Google",
  AMAZON: "Amazon",
  BLACK_FOREST_LABS: "Black Forest Labs",
  COHERE: "Cohere",
  MISTRAL: "Mistral",
  REPLICATE: "Replicate",
  RUNWAY: "Runway",
  STABILITY_AI: "Stability AI",
};

/** A provider that is newer than this page is called by its name on the wire. */
export function providerLabel(provider: string): string {
  return PROVIDERS[provider] ?? provider;
}

const CALL_STATUSES: Record<string, { tone: Tone; meaning: string | null }> = {
  ok: { tone: "neutral", meaning: null },
  error: { tone: "bad", meaning: "The provider answered with an error." },
  interrupted: { tone: "warning", meaning: "The provider's answer broke off." },
  cancelled: { tone: "warning", meaning: "The caller hung up before the answer had ended." },
  timeout: { tone: "bad", meaning: "No answer in time." },
  unreachable: { tone: "bad", meaning: "The provider could not be reached." },
  unaccounted: { tone: "bad", meaning: "The call began, and nothing told how it ended." },
};

export function callStatus(status: string): { tone: Tone; meaning: string | null } {
  return CALL_STATUSES[status] ?? { tone: "neutral", meaning: null };
}

const USAGE_STATUSES: Record<string, { tone: Tone; meaning: string }> = {
  exact: { tone: "good", meaning: "The provider's own final count." },
  partial: { tone: "warning", meaning: "A lower bound: the final count never came." },
  estimated: { tone: "warning", meaning: "Not the provider's word, or one it revises later." },
  missing: { tone: "bad", meaning: "Something was billable and nothing is known of it." },
  none: { tone: "neutral", meaning: "Nothing billable." },
};

export function usageStatus(status: string): { tone: Tone; meaning: string } {
  return USAGE_STATUSES[status] ?? { tone: "warning", meaning: status };
}

const TOKEN_CLASSES: Record<string, { label: string; side: "input" | "output" }> = {
  input: { label: "Input", side: "input" },
  input_audio: { label: "Audio input", side: "input" },
  input_image: { label: "Image input", side: "input" },
  input_video: { label: "Video input", side: "input" },
  cache_read: { label: "Cache read", side: "input" },
  cache_read_audio: { label: "Audio cache read", side: "input" },
  cache_read_image: { label: "Image cache read", side: "input" },
  cache_read_video: { label: "Video cache read", side: "input" },
  cache_write: { label: "Cache write", side: "input" },
  cache_write_1h: { label: "Cache write, 1 hour", side: "input" },
  cache_write_12h: { label: "Cache write, 12 hours", side: "input" },
  output: { label: "Output", side: "output" },
  reasoning: { label: "Reasoning", side: "output" },
  output_audio: { label: "Audio output", side: "output" },
  output_image: { label: "Image output", side: "output" },
  output_video: { label: "Video output", side: "output" },
};

export function tokenClassLabel(tokenClass: string): string {
  return TOKEN_CLASSES[tokenClass]?.label ?? unitLabel(tokenClass);
}

/** Whether these are all the classes that this page knows. */
export function isEveryTokenClass(classes: readonly string[]): boolean {
  return Object.keys(TOKEN_CLASSES).every((name) => classes.includes(name));
}

/** `web_searches` as `Web searches`. */
export function unitLabel(unit: string): string {
  const words = unit.replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

export interface TokenLine {
  tokenClass: string;
  label: string;
  tokens: number;
}

/**
 * The token classes of an event by the side of the call they stand on, in the order of the table
 * above. A class that is newer than this page is shown too, on the side its name suggests.
 */
export function tokenLines(tokens: Record<string, number>): {
  input: TokenLine[];
  output: TokenLine[];
} {
  const order = Object.keys(TOKEN_CLASSES);
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const lines = { input: [] as TokenLine[], output: [] as TokenLine[] };
  for (const name of Object.keys(tokens).sort((a, b) => rank(a) - rank(b))) {
    const known = TOKEN_CLASSES[name];
    const side = known?.side ?? (/^(output|reasoning)/.test(name) ? "output" : "input");
    lines[side].push({ tokenClass: name, label: known?.label ?? name, tokens: tokens[name] ?? 0 });
  }
  return lines;
}
