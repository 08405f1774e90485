// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../../test/render-app";
import { sampleEvents } from "../../../test/sample-events";

const NOON = Date.parse("2026-11-24T12:00:00Z");

function signedOut() {
  return renderApp("#/settings/api-keys", (api) => {
    api.signedIn = false;
  });
}

async function signIn(user: ReturnType<typeof renderApp>["user"], password: string) {
  await user.type(await screen.findByLabelText("Name"), "admin");
  await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("signIn_rightPassword_showsThePageAskedFor", async () => {
  const { user } = signedOut();
  await signIn(user, "correct horse");
  expect(await screen.findByRole("heading", { name: "API Keys" })).toBeTruthy();
  expect(window.location.hash).toBe("#/settings/api-keys");
});

test("signIn_wrongPassword_saysSo", async () => {
  const { user } = signedOut();
  await signIn(user, "wrong");
  expect(
    (await screen.findByText(/name or the password is wrong/)).closest("[role=alert]"),
  ).toBeTruthy();
});

test("signIn_tooManyAttempts_saysHowLongToWait", async () => {
  const { user, api } = signedOut();
  await screen.findByLabelText("Name");
  api.failNext({ path: "v1/session", status: 429, body: {}, headers: { "retry-after": "42" } });
  await signIn(user, "correct horse");
  expect(await screen.findByText("Too many attempts. Try again in 42 s.")).toBeTruthy();
});

test("signIn_serverFails_showsTheRequestId", async () => {
  const { user, api } = signedOut();
  await screen.findByLabelText("Name");
  const body = { error: "INTERNAL", message: "Something broke.", request_id: "r-77" };
  api.failNext({ path: "v1/session", status: 500, body });
  await signIn(user, "correct horse");
  expect(await screen.findByText("r-77")).toBeTruthy();
});

test("anyCall_sessionEnded_asksToSignInAndComesBack", async () => {
  const { user, api } = renderApp("#/activity?customer_id=acme", (api) => {
    api.events = sampleEvents(8, NOON);
  });
  await screen.findByRole("table", { name: /Events/ });
  api.signedIn = false;
  expect(await screen.findByText(/session has ended/)).toBeTruthy();
  expect(screen.queryByRole("table")).toBeNull();
  await signIn(user, "correct horse");
  await screen.findByRole("heading", { name: "Activity" });
  expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Customer" }).value).toBe("acme");
});

test("signOut_done_forgetsWhatWasLoaded", async () => {
  const { user, api } = renderApp("#/activity", (api) => {
    api.events = sampleEvents(3, NOON);
  });
  await screen.findByRole("table", { name: /Events/ });
  await user.click(screen.getByRole("button", { name: "Sign out" }));
  await screen.findByRole("heading", { name: "Sign in" });
  expect(api.signedIn).toBe(false);
  expect(screen.queryByText(/session has ended/)).toBeNull();
  api.events = [];
  await signIn(user, "correct horse");
  expect(await screen.findByText("Nothing has been sent yet")).toBeTruthy();
});

test("signOut_noAnswer_saysSoAndStays", async () => {
  const { user, api } = renderApp("#/settings/api-keys");
  const button = await screen.findByRole("button", { name: "Sign out" });
  api.goDown();
  await user.click(button);
  expect(await screen.findByText("Signing out did not work.")).toBeTruthy();
});

test("firstLoad_serverFails_canBeTriedAgain", async () => {
  const { user } = renderApp("#/activity", (api) => {
    const body = { error: "FORBIDDEN", message: "Not from here.", request_id: "r-5" };
    api.failNext({ path: "v1/session", status: 403, body });
  });
  await user.click(await screen.findByRole("button", { name: "Try again" }));
  await waitFor(() => expect(screen.getByRole("heading", { name: "Activity" })).toBeTruthy());
});
