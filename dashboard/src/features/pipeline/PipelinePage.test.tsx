// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../../test/render-app";
import { sampleDeadLetter, samplePipeline } from "../../../test/sample-operations";

const panel = async (name: string) => within(await screen.findByRole("region", { name }));

test("state_counts_areShownAndLeadToTheEvents", async () => {
  renderApp("#/pipeline");
  const queue = await panel("On its way to the ledger");
  expect((await queue.findByText("Watched")).parentElement?.textContent).toContain("12");
  const booked = await panel("Booked in the last 30 days");
  const links = (await booked.findAllByRole("link")).map((link) => link.getAttribute("href"));
  expect(links).toEqual([
    "#/activity?status=unaccounted",
    "#/activity?quarantined=true",
    "#/activity?cost_status=unpriced",
  ]);
  expect(booked.getByText("10,482")).toBeTruthy();
});

test("state_queueUnavailable_saysSoAndShowsNoZero", async () => {
  renderApp("#/pipeline", (api) => {
    api.operations.pipeline = samplePipeline({
      queue: "unavailable",
      waiting: null,
      in_hand: null,
      watched: null,
      dead_letters: null,
    });
  });
  const queue = await panel("On its way to the ledger");
  expect(await queue.findByText(/The queue cannot be asked/)).toBeTruthy();
  expect(queue.getAllByText("not known")).toHaveLength(4);
  expect(queue.queryByText("0")).toBeNull();
});

test("onePanelFails_theOthersStay", async () => {
  const { user } = renderApp("#/pipeline", (api) => {
    const body = { error: "BAD_REQUEST", message: "Not now.", request_id: "r-1" };
    api.failNext({ path: "v1/reratings", status: 400, body });
  });
  const runs = await panel("Re-rating runs");
  expect(await runs.findByText("The re-rating runs could not be loaded.")).toBeTruthy();
  expect(await screen.findByRole("table", { name: "Days changed after they closed" })).toBeTruthy();
  await user.click(runs.getByRole("button", { name: "Try again" }));
  expect((await runs.findByRole("table")).textContent).toContain("$0.00 → $12.42 (+$12.42)");
  expect(runs.getByText("812 → 22")).toBeTruthy();
});

test("loading_isSaid", async () => {
  const { api } = renderApp("#/pipeline", (api) => api.holdBack("v1/pipeline"));
  const queue = await panel("On its way to the ledger");
  expect(queue.getByText("Loading: On its way to the ledger")).toBeTruthy();
  api.letGo();
  expect(await queue.findByText("Waiting")).toBeTruthy();
});

test("nothingWrong_isSaidForEachList", async () => {
  renderApp("#/pipeline", (api) => {
    Object.assign(api.operations, { deadLetters: [], reratings: [], lateChanges: [] });
  });
  expect(await screen.findByText("No dead letters")).toBeTruthy();
  expect(await screen.findByText("No day was changed after it closed")).toBeTruthy();
  expect(await screen.findByText("No events were priced anew")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Redrive all" })).toBeNull();
});

test("deadLetter_opened_showsCauseAttemptsAndBody", async () => {
  const { user } = renderApp("#/pipeline");
  await user.click(await screen.findByRole("button", { name: /^Message of/ }));
  const drawer = within(screen.getByRole("dialog", { name: "Dead letter" }));
  expect(drawer.getByText("The message is no event: customer_id is missing.")).toBeTruthy();
  expect(drawer.getByText("5")).toBeTruthy();
  expect(drawer.getByRole("group", { name: "message" }).textContent).toContain(
    '"model": "gpt-5-mini"',
  );
});

test("redrive_oneConfirmed_sendsItAndSaysHowMany", async () => {
  const { user, api } = renderApp("#/pipeline", (api) => {
    api.operations.deadLetters = [
      sampleDeadLetter(),
      sampleDeadLetter({ id: "dl_2", sent_at: "2026-11-24T08:00:00Z" }),
    ];
  });
  await user.click(await screen.findByRole("button", { name: /Redrive the message of.*08:00/ }));
  const dialog = within(screen.getByRole("dialog", { name: "Redrive the message" }));
  expect(api.askedFor("v1/pipeline/dead-letters/dl_2/redrive", "POST")).toEqual([]);
  await user.click(dialog.getByRole("button", { name: "Redrive" }));
  expect(await screen.findByText(/1 message was sent to the queue again/)).toBeTruthy();
  expect(api.askedFor("v1/pipeline/dead-letters/dl_2/redrive", "POST")).toHaveLength(1);
  await waitFor(() =>
    expect(screen.getAllByRole("button", { name: /^Message of/ })).toHaveLength(1),
  );
});

test("redriveAll_cancelled_sendsNothing", async () => {
  const { user, api } = renderApp("#/pipeline");
  await user.click(await screen.findByRole("button", { name: "Redrive all" }));
  const dialog = within(screen.getByRole("dialog", { name: "Redrive all dead letters" }));
  await user.click(dialog.getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(api.askedFor("v1/pipeline/dead-letters/redrive", "POST")).toEqual([]);
});

test("redriveAll_fails_staysOpenAndSaysWhy", async () => {
  const { user } = renderApp("#/pipeline", (api) => {
    const body = { error: "UNAVAILABLE", message: "The queue did not answer.", request_id: "r-2" };
    api.failNext({ path: "v1/pipeline/dead-letters/redrive", status: 503, body });
  });
  await user.click(await screen.findByRole("button", { name: "Redrive all" }));
  const dialog = within(screen.getByRole("dialog", { name: "Redrive all dead letters" }));
  await user.click(dialog.getByRole("button", { name: "Redrive all" }));
  expect(await dialog.findByText("The queue did not answer.")).toBeTruthy();
  expect(dialog.getByText("r-2")).toBeTruthy();
});
