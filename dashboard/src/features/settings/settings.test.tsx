// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderApp } from "../../../test/render-app";
import { showTheme } from "./theme";

afterEach(() => {
  localStorage.clear();
  showTheme("system");
});

test("theme_chosen_isShownAtOnceAndRemembered", async () => {
  const { user } = renderApp("#/settings/account");
  const system = await screen.findByRole<HTMLInputElement>("radio", { name: "As the system" });
  expect(system.checked).toBe(true);
  await user.click(screen.getByRole("radio", { name: "Dark" }));
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect({ ...localStorage }).toEqual({ "om-theme": "dark" });
});

test("signOutEverywhere_confirmed_endsAtTheSignInPage", async () => {
  const { user, api } = renderApp("#/settings/account");
  await user.click(await screen.findByRole("button", { name: "Sign out everywhere" }));
  const dialog = within(screen.getByRole("dialog", { name: "Sign out everywhere" }));
  await user.click(dialog.getByRole("button", { name: "Sign out everywhere" }));
  expect(await screen.findByLabelText("Password")).toBeTruthy();
  expect(api.askedFor("v1/session/sign-out-everywhere", "POST")).toHaveLength(1);
});

test("signOutEverywhere_fails_staysAndSaysWhy", async () => {
  const { user } = renderApp("#/settings/account", (api) => {
    const body = { error: "UNAVAILABLE", message: "Try again.", request_id: "r-7" };
    api.failNext({ path: "v1/session/sign-out-everywhere", status: 503, body });
  });
  await user.click(await screen.findByRole("button", { name: "Sign out everywhere" }));
  const dialog = within(screen.getByRole("dialog", { name: "Sign out everywhere" }));
  await user.click(dialog.getByRole("button", { name: "Sign out everywhere" }));
  expect(await dialog.findByText("r-7")).toBeTruthy();
});

test("operators_listed_sayWhenTheySignedIn", async () => {
  renderApp("#/settings/operators");
  const table = await screen.findByRole("table", { name: "Operators" });
  expect(table.textContent).toContain("adminowner2026-10-012026-11-24 08:12:00");
});

test("deployment_saysEnvironmentProxyAndRetention", async () => {
  renderApp("#/settings/deployment");
  expect(await screen.findByText("http://127.0.0.1:8082")).toBeTruthy();
  expect(screen.getByText(/OM_EVENT_RETENTION_DAYS/)).toBeTruthy();
});
