import { platform } from "#platform";
import type { Attribution, Provider } from "./types.js";

/** Where the proxy listens when nothing else is said. */
const LOCAL_PROXY = "http://localhost:8082";

export interface ProxyConfigOptions extends Attribution {
  /** The proxy refuses calls without it. */
  userId?: string | undefined;
  /** The key of OpenMonetize, not the provider's. */
  openmonetizeApiKey: string;
  /** The proxy's address without a path; default: `OPENMONETIZE_PROXY_URL`, else the local one. */
  proxyBaseUrl?: string | undefined;
  /** Whose client it is for. Without it the base URL is the one for OpenAI's client. */
  provider?: Provider | undefined;
}

/** What an official client needs so that its calls go through the proxy. */
export interface ProxyConfig {
  baseURL: string;
  headers: Record<string, string>;
}

/**
 * The base URL and headers for a provider's official client: `baseURL` and `defaultHeaders` of
 * Anthropic's and OpenAI's, `httpOptions: { baseUrl, headers }` of Google's.
 */
export function getProxyConfig(options: ProxyConfigOptions): ProxyConfig {
  const { openmonetizeApiKey, proxyBaseUrl, provider, metadata } = options;
  const origin = (
    proxyBaseUrl ??
    (platform.env("OPENMONETIZE_PROXY_URL") || undefined) ??
    LOCAL_PROXY
  )
    .replace(/\/+$/, "")
    .replace(/\/v1$/, "");
  return {
    // The clients of Anthropic and Google put the version into the path themselves.
    baseURL: provider === "ANTHROPIC" || provider === "GOOGLE" ? origin : `${origin}/v1`,
    headers: {
      "X-OM-Api-Key": openmonetizeApiKey,
      "X-OM-Customer-Id": header(options.customerId),
      ...(options.userId === undefined ? {} : { "X-OM-User-Id": header(options.userId) }),
      "X-OM-Feature-Id": header(options.featureId),
      ...(metadata === undefined ? {} : { "X-OM-Metadata": escaped(JSON.stringify(metadata)) }),
    },
  };
}

export interface BilledOpenAIOptions extends Omit<ProxyConfigOptions, "provider"> {
  openaiApiKey: string;
}

/** The options of `new OpenAI(...)` for calls through the proxy. */
export function createBilledOpenAIConfig(options: BilledOpenAIOptions): {
  apiKey: string;
  baseURL: string;
  defaultHeaders: Record<string, string>;
} {
  const { openaiApiKey, ...rest } = options;
  const { baseURL, headers } = getProxyConfig({ ...rest, provider: "OPENAI" });
  return { apiKey: openaiApiKey, baseURL, defaultHeaders: headers };
}

/** The UTF-8 bytes of a text, each as the character that a header may carry. */
function header(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/** JSON in which only ASCII is left. */
function escaped(json: string): string {
  return json.replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
