// Makes one call to a provider in the ways that are named, and says what the app saw of each: its
// result, or its error.
import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import {
  type TrackingContext,
  withAnthropicTracking,
  withGoogleTracking,
  withOpenAITracking,
} from "@openmonetize/sdk";
import OpenAI from "openai";
import { given, newClient, say, who } from "./app.js";
import { CALLS, type Clients, type Wrap } from "./provider-calls.js";

const [name, ...ways] = process.argv.slice(2);
const call = CALLS[name!]!;
const providerKey = process.env["PROVIDER_KEY"] ?? "provider-key";
const om = newClient();

function direct(): Clients {
  return {
    anthropic: new Anthropic({
      apiKey: providerKey,
      baseURL: given("ANTHROPIC_URL"),
      maxRetries: 0,
    }),
    openai: new OpenAI({
      apiKey: providerKey,
      baseURL: `${given("OPENAI_URL")}/v1`,
      maxRetries: 0,
    }),
    gemini: new GoogleGenAI({
      apiKey: providerKey,
      httpOptions: { baseUrl: given("GEMINI_URL") },
    }),
  };
}

function proxied(context: ReturnType<typeof who>): Clients {
  const anthropic = om.proxyConfig("ANTHROPIC", context);
  const openai = om.proxyConfig("OPENAI", context);
  const gemini = om.proxyConfig("GOOGLE", context);
  return {
    anthropic: new Anthropic({
      apiKey: providerKey,
      baseURL: anthropic.baseURL,
      defaultHeaders: anthropic.headers,
      maxRetries: 0,
    }),
    openai: new OpenAI({
      apiKey: providerKey,
      baseURL: openai.baseURL,
      defaultHeaders: openai.headers,
      maxRetries: 0,
    }),
    gemini: new GoogleGenAI({
      apiKey: providerKey,
      httpOptions: { baseUrl: gemini.baseURL, headers: gemini.headers },
    }),
  };
}

const plain: Wrap = (fn) => fn();

function wrapped(context: TrackingContext): Wrap {
  switch (call.provider) {
    case "ANTHROPIC":
      return (fn) => withAnthropicTracking(om, fn, context);
    case "OPENAI":
      return (fn) => withOpenAITracking(om, fn, context);
    case "GOOGLE":
      return (fn) => withGoogleTracking(om, fn, context);
  }
}

/** Without what differs from one error object to the next. */
async function seen(result: Promise<unknown>): Promise<unknown> {
  try {
    return { result: await result };
  } catch (error) {
    const { message, constructor, status, error: body } = error as Error & Record<string, unknown>;
    return { error: { kind: constructor.name, message, status, body } };
  }
}

const saw: Record<string, unknown> = {};
for (const way of ways) {
  const context = who(`${given("CUSTOMER")}-${way}`);
  switch (way) {
    case "direct":
      saw[way] = await seen(call.run(direct(), plain));
      break;
    case "wrapped":
      saw[way] = await seen(call.run(direct(), wrapped(context)));
      break;
    case "proxied":
      saw[way] = await seen(call.run(proxied(context), plain));
      break;
    case "both":
      saw[way] = await seen(call.run(proxied(context), wrapped(context)));
      break;
    default:
      throw new Error(`There is no way ${way}`);
  }
}
say({ saw, report: await om.close(), stats: om.stats() });
