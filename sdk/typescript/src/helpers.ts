import type { OpenMonetize } from "./client.js";
import { at, member } from "./tracking/values.js";
import type { FlushReport, Provider, TokenUsage } from "./types.js";

/**
 * The tokens that an answer says were used, each all told: what was thought is output, and cached
 * input is input where the provider counts it so (Anthropic does not). 0 where it says none.
 */
export function normalizeProviderResponse(
  provider: Provider,
  response: unknown,
): { inputTokens: number; outputTokens: number } {
  const usage = member(response, "usage");
  switch (provider) {
    case "GOOGLE":
      return ofGoogle(
        member(response, "usageMetadata") ?? at(response, "response", "usageMetadata"),
      );
    case "COHERE": {
      const units = at(response, "meta", "billed_units") ?? at(usage, "billed_units");
      return counted(units, ["input_tokens"], ["output_tokens"]);
    }
    default:
      return counted(
        usage,
        ["prompt_tokens", "input_tokens"],
        ["completion_tokens", "output_tokens"],
      );
  }
}

function ofGoogle(usage: unknown): { inputTokens: number; outputTokens: number } {
  const sum = (...names: string[]) => names.reduce((all, name) => all + count(usage, name), 0);
  return {
    inputTokens: sum("promptTokenCount", "toolUsePromptTokenCount"),
    outputTokens: sum("candidatesTokenCount", "thoughtsTokenCount"),
  };
}

function counted(usage: unknown, input: string[], output: string[]) {
  const first = (names: string[]) =>
    names.map((name) => count(usage, name)).find((value) => value > 0) ?? 0;
  return { inputTokens: first(input), outputTokens: first(output) };
}

function count(usage: unknown, name: string): number {
  const value = member(usage, name);
  return typeof value === "number" ? value : 0;
}

/**
 * Makes a call of any kind and reports the tokens that are given for it. A call that throws is
 * not reported.
 */
export async function trackUsage<T>(
  client: Pick<OpenMonetize, "trackTokenUsage">,
  fn: () => T,
  usage: TokenUsage,
): Promise<Awaited<T>> {
  const result = await fn();
  try {
    client.trackTokenUsage(usage);
  } catch {
    // There is no client to report to, and the call itself went well.
  }
  return result;
}

/**
 * Counts what is tracked between two flushes. The client has each event from when it was added:
 * one that no flush follows is delivered too.
 */
export class BatchTracker {
  readonly #client: Pick<OpenMonetize, "trackTokenUsage" | "flush">;
  #pending = 0;

  constructor(client: Pick<OpenMonetize, "trackTokenUsage" | "flush">) {
    this.#client = client;
  }

  /** How many were added since the last flush. */
  get pending(): number {
    return this.#pending;
  }

  add(event: TokenUsage): void {
    this.#pending++;
    this.#client.trackTokenUsage(event);
  }

  /** Sends all and waits until each is accepted or has failed for good. */
  flush(): Promise<FlushReport> {
    this.#pending = 0;
    return this.#client.flush();
  }
}

const NUMBERS = new Intl.NumberFormat("en-US");
const DOLLARS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** Amounts for people to read. */
export const formatCredits = {
  /** `15,000` */
  number: (credits: number): string => NUMBERS.format(credits),
  /** `15,000 credits` */
  withLabel: (credits: number): string =>
    `${NUMBERS.format(credits)} ${credits === 1 ? "credit" : "credits"}`,
  /** `$12.50` */
  usd: (amount: number): string => DOLLARS.format(amount),
};

/**
 * Checks the keys that an app was configured with.
 *
 * @throws Error where the key of OpenMonetize is missing
 */
export function validateConfig(config: {
  apiKey?: string | undefined;
  openaiKey?: string | undefined;
  anthropicKey?: string | undefined;
}): void {
  if (!config.apiKey) {
    throw new Error("The API key of OpenMonetize is missing: set OPENMONETIZE_API_KEY");
  }
  if (!config.openaiKey && !config.anthropicKey) {
    console.warn(
      "[OpenMonetize] Warning: No AI provider API keys found: set OPENAI_API_KEY or ANTHROPIC_API_KEY",
    );
  }
}
