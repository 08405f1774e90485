// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../../test/render-app";
import { sampleKey } from "../../../test/sample-events";

const row = (name: string) => screen.findByRole("row", { name: new RegExp(name) });

async function openForm() {
  const { api, user } = renderApp("#/settings/api-keys");
  await user.click(await screen.findByRole("button", { name: "Generate New Key" }));
  const form = within(screen.getByRole("dialog", { name: "Generate New Key" }));
  return { api, user, form };
}

test("list_keys_showsAllButTheKeyItself", async () => {
  renderApp("#/settings", (api) => {
    api.keys = [
      sampleKey({ customer_id: "acme", scopes: ["read"] }),
      sampleKey({ id: "k2", name: "old", revoked_at: "2026-11-22T12:00:00Z" }),
    ];
  });
  const active = await row("checkout service");
  expect(
    within(active)
      .getAllByRole("cell")
      .map((cell) => cell.textContent),
  ).toEqual([
    "om_dev_7Fq2…",
    "read",
    "acme",
    "2026-11-20",
    "admin",
    "active",
    "Rotate checkout serviceRevoke checkout service",
  ]);
  const revoked = await row("old");
  expect(within(revoked).getByText("revoked")).toBeTruthy();
  expect(within(revoked).queryByRole("button")).toBeNull();
});

test("list_fails_saysSoWithRequestId", async () => {
  renderApp("#/settings/api-keys", (api) => {
    const body = { error: "FORBIDDEN", message: "Not allowed.", request_id: "r-8" };
    api.failNext({ path: "v1/api-keys", status: 403, body });
  });
  expect(await screen.findByText("The API keys could not be loaded.")).toBeTruthy();
  expect(screen.getByText("r-8")).toBeTruthy();
});

test("generate_named_sendsScopesAndShowsTheKeyOnce", async () => {
  const { api, user, form } = await openForm();
  await user.type(form.getByLabelText("Name"), "nightly");
  await user.click(form.getByRole("checkbox", { name: /^ingest/ }));
  await user.type(form.getByLabelText(/^Customer/), "acme");
  await user.click(form.getByRole("button", { name: "Generate key" }));
  const key = await screen.findByLabelText<HTMLInputElement>("API key");
  expect(key.value).toBe("om_dev_N1xQ-the-rest-of-the-secret");
  expect(api.askedFor("v1/api-keys", "POST").map((asked) => asked.body)).toEqual([
    { name: "nightly", scopes: ["proxy", "read"], customer_id: "acme" },
  ]);
  await user.click(screen.getByRole("button", { name: "I have stored it" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(await row("nightly")).toBeTruthy();
  expect(document.documentElement.outerHTML).not.toContain("the-rest-of-the-secret");
  expect(localStorage.length + sessionStorage.length).toBe(0);
});

test("generate_keyShown_cannotBeDismissedByAccident", async () => {
  const { user, form } = await openForm();
  await user.type(form.getByLabelText("Name"), "nightly");
  await user.click(form.getByRole("button", { name: "Generate key" }));
  await screen.findByLabelText("API key");
  const dialog = screen.getByRole("dialog", { name: "Your new key" });
  const asked = dialog.dispatchEvent(new Event("cancel", { cancelable: true }));
  expect(asked).toBe(false);
  await user.click(dialog);
  expect(screen.getByLabelText("API key")).toBeTruthy();
});

test("generate_notAnsweredYet_cannotBeDismissed", async () => {
  const { api, user, form } = await openForm();
  await user.type(form.getByLabelText("Name"), "nightly");
  api.holdBack("v1/api-keys");
  await user.click(form.getByRole("button", { name: "Generate key" }));
  const dialog = screen.getByRole("dialog", { name: "Generate New Key" });
  expect(dialog.dispatchEvent(new Event("cancel", { cancelable: true }))).toBe(false);
  expect(form.getByRole<HTMLButtonElement>("button", { name: "Cancel" }).disabled).toBe(true);
  expect(form.queryByRole("button", { name: "Close" })).toBeNull();
  api.letGo();
  expect(await screen.findByLabelText("API key")).toBeTruthy();
});

test("rotate_notAnsweredYet_cannotBeDismissed", async () => {
  const { api, user } = renderApp("#/settings/api-keys", (api) => {
    api.keys = [sampleKey()];
  });
  await user.click(await screen.findByRole("button", { name: "Rotate checkout service" }));
  const dialog = screen.getByRole("dialog", { name: "Rotate key" });
  api.holdBack("v1/api-keys/key_1/rotate");
  await user.click(within(dialog).getByRole("button", { name: "Rotate key" }));
  expect(dialog.dispatchEvent(new Event("cancel", { cancelable: true }))).toBe(false);
  api.letGo();
  expect(await screen.findByLabelText("API key")).toBeTruthy();
});

test("rotate_keyThatEnds_saysThatTheNewOneEndsToo", async () => {
  const { user } = renderApp("#/settings/api-keys", (api) => {
    api.keys = [sampleKey({ expires_at: "2026-11-25T08:00:00Z" })];
  });
  await user.click(await screen.findByRole("button", { name: "Rotate checkout service" }));
  expect(screen.getByRole("dialog").textContent).toContain(
    "scopes and customer, and the same end: 2026-11-25 08:00:00 UTC.",
  );
});

test("generate_noScope_isRefusedWithoutACall", async () => {
  const { api, user, form } = await openForm();
  await user.type(form.getByLabelText("Name"), "nightly");
  for (const box of form.getAllByRole("checkbox")) {
    await user.click(box);
  }
  await user.click(form.getByRole("button", { name: "Generate key" }));
  expect(await form.findByText("Choose at least one scope.")).toBeTruthy();
  expect(api.askedFor("v1/api-keys", "POST")).toEqual([]);
});

test("generate_noAnswer_warnsThatAKeyMayExist", async () => {
  const { api, user, form } = await openForm();
  await user.type(form.getByLabelText("Name"), "nightly");
  api.goDown();
  await user.click(form.getByRole("button", { name: "Generate key" }));
  expect(await form.findByText(/revoke it: nobody has seen it/)).toBeTruthy();
});

test("rotate_overlapChosen_sendsItAndShowsTheNewKeyOnce", async () => {
  const { api, user } = renderApp("#/settings/api-keys", (api) => {
    api.keys = [sampleKey()];
  });
  await user.click(await screen.findByRole("button", { name: "Rotate checkout service" }));
  const dialog = within(screen.getByRole("dialog", { name: "Rotate key" }));
  await user.selectOptions(dialog.getByLabelText(/still works/), "Seven days");
  await user.click(dialog.getByRole("button", { name: "Rotate key" }));
  const key = await screen.findByLabelText<HTMLInputElement>("API key");
  expect(key.value).toContain("the-rest-of-the-secret");
  expect(api.askedFor("v1/api-keys/key_1/rotate", "POST").map((asked) => asked.body)).toEqual([
    { overlap_seconds: 604_800 },
  ]);
  await user.click(screen.getByRole("button", { name: "I have stored it" }));
  expect(document.documentElement.outerHTML).not.toContain("the-rest-of-the-secret");
  expect(localStorage.length + sessionStorage.length).toBe(0);
  await waitFor(() => {
    const rows = screen.getAllByRole("row", { name: /checkout service/ });
    const states = rows.map(
      (each) => within(each).getByText(/^(active|expiring)/, { selector: ".badge" }).textContent,
    );
    expect(states).toEqual(["active", expect.stringMatching(/^expiring: until 2026-12-01/)]);
  });
});

test("rotate_fails_staysOpenAndSaysWhy", async () => {
  const { api, user } = renderApp("#/settings/api-keys", (api) => {
    api.keys = [sampleKey()];
  });
  await user.click(await screen.findByRole("button", { name: "Rotate checkout service" }));
  const body = { error: "CONFLICT", message: "It is revoked already.", request_id: "r-5" };
  api.failNext({ path: "v1/api-keys/key_1/rotate", status: 409, body });
  const dialog = within(screen.getByRole("dialog", { name: "Rotate key" }));
  await user.click(dialog.getByRole("button", { name: "Rotate key" }));
  expect(await dialog.findByText("It is revoked already.")).toBeTruthy();
});

test("revoke_nameTyped_revokesAndSaysSo", async () => {
  const { api, user } = renderApp("#/settings/api-keys", (api) => {
    api.keys = [sampleKey()];
  });
  await user.click(await screen.findByRole("button", { name: "Revoke checkout service" }));
  const dialog = within(screen.getByRole("dialog", { name: "Revoke key" }));
  const button = dialog.getByRole<HTMLButtonElement>("button", { name: "Revoke key" });
  await user.type(dialog.getByLabelText(/to confirm/), "checkout");
  expect(button.disabled).toBe(true);
  await user.type(dialog.getByLabelText(/to confirm/), " service");
  await user.click(button);
  expect(await screen.findByText(/is revoked/)).toBeTruthy();
  await waitFor(async () =>
    expect(within(await row("checkout service")).getByText("revoked")).toBeTruthy(),
  );
  expect(api.keys[0]?.revoked_at).not.toBeNull();
});

test("revoke_fails_staysOpenAndSaysWhy", async () => {
  const { api, user } = renderApp("#/settings/api-keys", (api) => {
    api.keys = [sampleKey()];
  });
  await user.click(await screen.findByRole("button", { name: "Revoke checkout service" }));
  const body = { error: "CONFLICT", message: "Changed meanwhile.", request_id: "r-6" };
  api.failNext({ path: "v1/api-keys/key_1/revoke", status: 409, body });
  const dialog = within(screen.getByRole("dialog", { name: "Revoke key" }));
  await user.type(dialog.getByLabelText(/to confirm/), "checkout service{Enter}");
  expect(await dialog.findByText("Changed meanwhile.")).toBeTruthy();
  expect(dialog.getByText("r-6")).toBeTruthy();
});
