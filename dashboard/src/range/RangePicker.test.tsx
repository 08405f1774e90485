// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../test/render-app";
import { someEvents } from "../../test/usage-events";

const open = async (hash: string) => {
  const app = renderApp(hash, (api) => {
    api.events = someEvents();
  });
  await app.user.click(await screen.findByRole("button", { name: /^Range:/ }));
  return app;
};

test("preset_chosen_isInTheAddressAndTheRestStays", async () => {
  const { user } = await open("#/analytics?group=feature&from=2026-11-01&to=2026-11-02");
  await user.click(screen.getByRole("link", { name: "Last 7 days" }));
  expect(window.location.hash).toBe("#/analytics?group=feature&range=7d");
  const button = await screen.findByRole("button", { name: /Range: Last 7 days UTC/ });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  expect(document.activeElement).toBe(button);
});

test("days_chosen_areInTheAddress", async () => {
  const { user } = await open("#/overview?range=7d");
  const [from, to] = [screen.getByLabelText("From"), screen.getByLabelText("To, included")];
  await user.clear(from);
  await user.type(from, "2026-10-01");
  await user.clear(to);
  await user.type(to, "2026-10-31");
  await user.click(screen.getByRole("button", { name: "Apply" }));
  expect(window.location.hash).toBe("#/overview?from=2026-10-01&to=2026-10-31");
  expect(await screen.findByRole("button", { name: /2026-10-01 – 2026-10-31/ })).toBeTruthy();
});

test("zone_chosen_isAskedForAndSaid", async () => {
  const { user, api } = await open("#/overview?range=7d");
  await user.selectOptions(screen.getByLabelText("Days and weeks of"), "Europe/Berlin");
  await waitFor(() =>
    expect(api.askedFor("v1/usage/series").at(-1)!.search.get("time_zone")).toBe("Europe/Berlin"),
  );
  expect(screen.getByRole("button", { name: /Last 7 days Berlin/ })).toBeTruthy();
});

test("escape_closesAndGivesTheFocusBack", async () => {
  const { user } = await open("#/overview");
  await user.tab();
  await user.keyboard("{Escape}");
  expect(screen.queryByLabelText("From")).toBeNull();
  expect(document.activeElement?.textContent).toContain("Last 30 days");
});

test("otherPage_goneTo_keepsRangeAndFilters", async () => {
  await open("#/analytics?range=90d&tz=Europe%2FBerlin&customer_id=acme&group=user");
  expect(screen.getByRole("link", { name: "Overview" }).getAttribute("href")).toBe(
    "#/overview?range=90d&tz=Europe%2FBerlin&customer_id=acme",
  );
});
