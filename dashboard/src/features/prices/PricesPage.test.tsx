// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../../test/render-app";

const models = () => screen.findByRole("table", { name: "Prices of models" });

test("book_loaded_showsVersionSourcesTermsAndWhatHasNoPrice", async () => {
  renderApp("#/prices");
  expect((await models()).textContent).toContain("$15.00");
  expect(screen.getByText("2026-11-21")).toBeTruthy();
  expect(screen.getByText(/genai-prices/)).toBeTruthy();
  expect(screen.getByRole("table", { name: "Terms" }).textContent).toContain("× 0.5");
  expect(screen.getByText("A session may serve several calls.")).toBeTruthy();
});

test("search_typed_isInTheAddressAndNarrowsTheList", async () => {
  const { user } = renderApp("#/prices");
  await models();
  await user.type(screen.getByRole("searchbox", { name: "Model" }), "5-mini");
  expect(window.location.hash).toBe("#/prices?q=5-mini");
  expect(within(await models()).getAllByRole("row")).toHaveLength(2);
  await user.type(screen.getByRole("searchbox", { name: "Model" }), "x");
  expect(await screen.findByText("No model of the book has such a name")).toBeTruthy();
});

test("address_withSearchAndModel_isRestored", async () => {
  const { user } = renderApp(
    "#/prices?provider=ANTHROPIC&open=ANTHROPIC%3Aclaude-sonnet-4-20250514",
  );
  const drawer = within(await screen.findByRole("dialog", { name: "claude-sonnet-4-20250514" }));
  expect(drawer.getByText("claude-sonnet-4-0")).toBeTruthy();
  expect(drawer.getByRole("table", { name: "Prices above 200,000 input tokens" })).toBeTruthy();
  expect(drawer.getByText("$10.00 per 1,000")).toBeTruthy();
  expect((await models()).textContent).not.toContain("gpt");
  await user.click(drawer.getByRole("button", { name: "Close" }));
  await waitFor(() => expect(window.location.hash).toBe("#/prices?provider=ANTHROPIC"));
});

test("model_opened_showsEveryPeriodWithItsDates", async () => {
  const { user } = renderApp("#/prices");
  await user.click(await screen.findByRole("button", { name: /All prices of gpt-5-mini/ }));
  const drawer = within(await screen.findByRole("dialog", { name: "gpt-5-mini" }));
  expect(drawer.getByText("From 2026-06-01 (now)")).toBeTruthy();
  expect(drawer.getByText("As far back as is known, until 2026-06-01")).toBeTruthy();
  expect(drawer.getByText("Service tier flex")).toBeTruthy();
});

test("book_fails_saysSoInEachPanel", async () => {
  renderApp("#/prices", (api) => {
    const body = { error: "BAD_REQUEST", message: "No.", request_id: "r-1" };
    api.failNext({ path: "v1/prices", status: 400, body });
  });
  expect(await screen.findByText("The price book could not be loaded.")).toBeTruthy();
});
