import Anthropic from "@anthropic-ai/sdk";
import { GoogleGenAI } from "@google/genai";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import OpenAI from "openai";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createBilledOpenAIConfig, getProxyConfig, OpenMonetize } from "../../src/index.js";

const WHO = {
  openmonetizeApiKey: "om_test_key",
  customerId: "acme",
  userId: "Änne",
  featureId: "chat",
  metadata: { plan: "größer" },
};

let proxy: Server;
let proxyBaseUrl: string;
let requests: IncomingMessage[];

beforeEach(async () => {
  requests = [];
  proxy = createServer((request, response) => {
    requests.push(request);
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  proxy.listen(0, "127.0.0.1");
  await once(proxy, "listening");
  proxyBaseUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
});

afterEach(() => {
  proxy.close();
  proxy.closeAllConnections();
});

function expectRequest(path: string, auth: [string, string]): void {
  expect(requests).toHaveLength(1);
  const { url, headers } = requests[0]!;
  expect(url).toBe(path);
  expect(headers[auth[0]]).toBe(auth[1]);
  expect(headers["x-om-api-key"]).toBe("om_test_key");
  expect(headers["x-om-customer-id"]).toBe("acme");
  expect(Buffer.from(String(headers["x-om-user-id"]), "latin1").toString("utf8")).toBe("Änne");
  expect(headers["x-om-feature-id"]).toBe("chat");
  expect(JSON.parse(String(headers["x-om-metadata"]))).toEqual({ plan: "größer" });
}

test("anthropic_client_callsTheProxy", async () => {
  const { baseURL, headers } = getProxyConfig({ ...WHO, proxyBaseUrl, provider: "ANTHROPIC" });
  const anthropic = new Anthropic({ apiKey: "k", baseURL, defaultHeaders: headers });

  await anthropic.messages.create({ model: "claude-sonnet-5-5", max_tokens: 1, messages: [] });

  expectRequest("/v1/messages", ["authorization", "Bearer k"]);
});

test("openai_client_callsTheProxy", async () => {
  const openai = new OpenAI(createBilledOpenAIConfig({ ...WHO, proxyBaseUrl, openaiApiKey: "k" }));

  await openai.chat.completions.create({ model: "gpt-5.6", messages: [] });

  expectRequest("/v1/chat/completions", ["authorization", "Bearer k"]);
});

test("google_client_callsTheProxy", async () => {
  const { baseURL, headers } = getProxyConfig({ ...WHO, proxyBaseUrl, provider: "GOOGLE" });
  const google = new GoogleGenAI({ apiKey: "k", httpOptions: { baseUrl: baseURL, headers } });

  await google.models.generateContent({ model: "gemini-2.5-flash", contents: "hello" });

  expectRequest("/v1beta/models/gemini-2.5-flash:generateContent", ["x-goog-api-key", "k"]);
});

test.each(["", "/", "/v1", "/v1/"])("baseUrlThatEndsIn_'%s'_comesOutRight", (end) => {
  const { baseURL } = getProxyConfig({ ...WHO, proxyBaseUrl: `http://proxy.test${end}` });

  expect(baseURL).toBe("http://proxy.test/v1");
});

test("baseUrlUnsaid_localProxy", () => {
  const { baseURL, headers } = getProxyConfig({
    openmonetizeApiKey: "k",
    customerId: "acme",
    userId: "ann",
    featureId: "chat",
  });

  expect(baseURL).toBe("http://localhost:8082/v1");
  expect(Object.keys(headers)).not.toContain("X-OM-Metadata");
});

test("client_proxyConfig_isThatOfItsSettings", () => {
  const { openmonetizeApiKey: apiKey, ...who } = WHO;
  const om = new OpenMonetize({ apiKey, proxyBaseUrl });

  for (const provider of ["ANTHROPIC", "OPENAI", "GOOGLE"] as const) {
    expect(om.proxyConfig(provider, who)).toEqual(
      getProxyConfig({ ...WHO, provider, proxyBaseUrl }),
    );
  }
});
