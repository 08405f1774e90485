// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderApp } from "../../../test/render-app";
import { sampleEvent } from "../../../test/sample-events";

afterEach(() => vi.unstubAllGlobals());

const PIECES = ["Hel", "lo"].map(
  (text) =>
    `data: {"type":"content_block_delta","delta":{"type":"text_delta","text":"${text}"}}\n\n`,
);

/** The proxy: answers as Anthropic does, or refuses. */
function proxyThatAnswers(body: string, status = 200) {
  const calls: Request[] = [];
  vi.stubGlobal("fetch", (input: RequestInfo, init: RequestInit) => {
    calls.push(new Request(input, init));
    const headers = { "x-om-request-id": "call-1" };
    return Promise.resolve(new Response(body, { status, headers }));
  });
  return calls;
}

async function send(user: ReturnType<typeof renderApp>["user"]) {
  await user.type(await screen.findByLabelText("OpenMonetize key"), "om_dev_secret");
  await user.type(screen.getByLabelText(/^Your .* key$/), "provider-secret");
  await user.click(screen.getByRole("button", { name: "Send" }));
}

test("send_answered_showsTextTimesAndThenTheEventWithItsCost", async () => {
  const calls = proxyThatAnswers(PIECES.join(""));
  const { user, api } = renderApp("#/playground?customer_id=acme");
  await send(user);
  expect(await screen.findByText("Hello")).toBeTruthy();
  expect(await screen.findByText("complete")).toBeTruthy();
  expect(screen.getByText(/as seen from here/)).toBeTruthy();
  expect(screen.getByText("Waiting for its event…")).toBeTruthy();
  expect(calls[0]!.url).toBe("http://127.0.0.1:8082/v1/messages");
  expect(calls[0]!.headers.get("x-om-customer-id")).toBe("acme");

  api.events = [sampleEvent({ id: "e-1", event_id: "call-1", customer_id: "acme" })];
  const landed = within(await screen.findByRole("region", { name: "Booked as" }));
  expect(await landed.findByText("$0.005226")).toBeTruthy();
  const link = landed.getByRole("link", { name: "Show the event" });
  expect(link.getAttribute("href")).toBe("#/activity?event=e-1");
});

test("send_keys_areInNoAddressStorageOrAttribute", async () => {
  proxyThatAnswers(PIECES.join(""));
  const { user } = renderApp("#/playground");
  await send(user);
  await screen.findByText("complete");
  expect(window.location.hash).toBe(
    "#/playground?provider=ANTHROPIC&model=claude-sonnet-4-5&customer_id=playground" +
      "&user_id=admin&feature_id=playground",
  );
  expect(localStorage.length + sessionStorage.length).toBe(0);
  for (const label of [/^OpenMonetize key$/, /^Your .* key$/]) {
    expect(screen.getByLabelText(label).getAttribute("autocomplete")).toBe("off");
  }
  expect(document.documentElement.outerHTML).not.toMatch(/om_dev_secret|provider-secret/);
  window.location.hash = "#/audit";
  await screen.findByRole("heading", { name: "Audit" });
  expect(document.documentElement.outerHTML).not.toMatch(/om_dev_secret|provider-secret/);
});

test("provider_anotherChosen_forgetsTheFirstOnesKey", async () => {
  const { user } = renderApp("#/playground");
  await user.type(await screen.findByLabelText("Your Anthropic key"), "provider-secret");
  await user.selectOptions(screen.getByLabelText("Provider"), "OPENAI");
  expect(screen.getByLabelText<HTMLInputElement>("Your OpenAI key").value).toBe("");
});

test("send_refused_saysTheProxysWords", async () => {
  proxyThatAnswers('{"error":{"message":"Invalid OpenMonetize API key"}}', 401);
  const { user } = renderApp("#/playground");
  await send(user);
  expect(await screen.findByText("Invalid OpenMonetize API key")).toBeTruthy();
  expect(screen.getByText("failed")).toBeTruthy();
});

test("address_whatWasSent_isRestoredAndTheKeysAreNot", async () => {
  renderApp("#/playground?provider=GOOGLE&model=gemini-x&customer_id=acme&user_id=u&feature_id=f");
  expect((await screen.findByLabelText<HTMLSelectElement>("Provider")).value).toBe("GOOGLE");
  const value = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value;
  expect(["Model", "Customer", "User", "Feature", "OpenMonetize key"].map(value)).toEqual([
    "gemini-x",
    "acme",
    "u",
    "f",
    "",
  ]);
});

test("stop_whileReceiving_isNoFailure", async () => {
  vi.stubGlobal("fetch", (_: RequestInfo, init: RequestInit) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(PIECES[0]));
        init.signal?.addEventListener("abort", () => controller.error(init.signal?.reason));
      },
    });
    return Promise.resolve(new Response(body, { headers: { "x-om-request-id": "call-2" } }));
  });
  const { user } = renderApp("#/playground");
  await send(user);
  await screen.findByText("Hel");
  await user.click(screen.getByRole("button", { name: "Stop" }));
  expect(await screen.findByText("stopped")).toBeTruthy();
  await waitFor(() => expect(screen.getByRole("button", { name: "Send" })).toBeTruthy());
});

test("proxyNotSaid_isExplained", async () => {
  renderApp("#/playground", (api) => {
    api.session = { ...api.session, proxy_url: null };
  });
  expect(await screen.findByText(/does not say where its proxy is/)).toBeTruthy();
});
