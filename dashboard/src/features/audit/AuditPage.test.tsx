// @vitest-environment happy-dom
import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../../test/render-app";

const log = async () => within(await screen.findByRole("table", { name: "What operators did" }));

test("log_entries_sayWhoDidWhatToWhat", async () => {
  renderApp("#/audit");
  const rows = (await log()).getAllByRole("row");
  expect(rows[1]!.textContent).toContain("2026-11-24 10:00:00adminsigned in");
  expect(rows[2]!.textContent).toContain("generated the API keykey_1name: checkout service");
  expect(rows[3]!.textContent).toContain("nobody signed inA sign-in failed");
});

test("loadMore_addsTheNextUntilTheEnd", async () => {
  const { user } = renderApp("#/audit");
  await user.click(await screen.findByRole("button", { name: "Load more" }));
  expect(await screen.findByText("60 entries shown, there are no more")).toBeTruthy();
  expect((await log()).getAllByRole("row")).toHaveLength(61);
});

test("loadMore_fails_keepsTheListAndSaysSo", async () => {
  const { user, api } = renderApp("#/audit");
  const button = await screen.findByRole("button", { name: "Load more" });
  const body = { error: "INVALID", message: "No such cursor.", request_id: "r-4" };
  api.failNext({ path: "v1/audit", status: 400, body });
  await user.click(button);
  expect(await screen.findByText("More entries could not be loaded.")).toBeTruthy();
  expect((await log()).getAllByRole("row")).toHaveLength(51);
});

test("log_emptyOrFailed_isSaid", async () => {
  const { user, api } = renderApp("#/audit", (api) => {
    api.operations.audit = [];
    const body = { error: "FORBIDDEN", message: "Owners only.", request_id: "r-5" };
    api.failNext({ path: "v1/audit", status: 403, body });
  });
  expect(await screen.findByText("The audit log could not be loaded.")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("Nothing was done yet")).toBeTruthy();
  expect(api.askedFor("v1/audit")).toHaveLength(2);
});
