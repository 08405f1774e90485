// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../../test/render-app";
import { someEvents } from "../../test/usage-events";

const open = (hash: string) =>
  renderApp(hash, (api) => {
    api.events = someEvents();
  });

test("field_prefixTyped_offersWhatBeginsWithItAndChooses", async () => {
  const { user, api } = open("#/analytics?range=7d");
  await user.type(await screen.findByRole("combobox", { name: "Customer" }), "gl");
  const option = await screen.findByRole("option", { name: "globex" });
  await waitFor(() => expect(api.askedFor("v1/options").at(-1)!.search.get("prefix")).toBe("gl"));
  await user.click(option);
  expect(window.location.hash).toBe("#/analytics?range=7d&customer_id=globex");
  const box = screen.getByRole<HTMLInputElement>("combobox", { name: "Customer" });
  await waitFor(() => expect(box.value).toBe("globex"));
});

test("field_byKeyboard_choosesTheHighlightedOne", async () => {
  const { user } = open("#/analytics");
  const box = await screen.findByRole("combobox", { name: "Model" });
  await user.click(box);
  await screen.findByRole("option", { name: /gpt-5-mini/ });
  await user.keyboard("gpt-5");
  await waitFor(() =>
    expect(
      within(screen.getByRole("listbox", { name: "Model" })).getAllByRole("option"),
    ).toHaveLength(1),
  );
  await user.keyboard("{ArrowDown}{Enter}");
  expect(window.location.hash).toBe("#/analytics?model=gpt-5-mini&provider=OPENAI");
});

test("field_valueNotInTheList_isTakenByEnter", async () => {
  const { user } = open("#/analytics");
  await user.type(await screen.findByRole("combobox", { name: "Feature" }), "old-one");
  expect(await screen.findByText(/Nothing begins with “old-one”/)).toBeTruthy();
  await user.keyboard("{Enter}");
  expect(window.location.hash).toBe("#/analytics?feature_id=old-one");
});

test("field_otherFilterSet_offersAsMuchAsBefore", async () => {
  const { user, api } = open("#/analytics?customer_id=acme");
  await user.click(await screen.findByRole("combobox", { name: "Model" }));
  expect(await screen.findByRole("option", { name: /gpt-5-mini/ })).toBeTruthy();
  expect(api.askedFor("v1/options").at(-1)!.search.get("customer_id")).toBeNull();
});

test("user_onlyOfACustomer_isOffered", async () => {
  const { user, api } = open("#/analytics?customer_id=acme");
  await user.click(await screen.findByRole("combobox", { name: "User" }));
  expect(await screen.findByRole("option", { name: "user-17" })).toBeTruthy();
  expect(api.askedFor("v1/options").at(-1)!.search.get("customer_id")).toBe("acme");
  await user.click(screen.getByRole("button", { name: "Clear Customer" }));
  await waitFor(() => expect(screen.queryByRole("combobox", { name: "User" })).toBeNull());
});

test("list_cannotBeLoaded_saysSo", async () => {
  const { user, api } = open("#/analytics");
  const box = await screen.findByRole("combobox", { name: "Customer" });
  const body = { error: "VALIDATION_ERROR", message: "No.", request_id: "r-1" };
  api.failNext({ path: "v1/options", status: 400, body });
  await user.click(box);
  expect(await screen.findByText(/The list could not be loaded/)).toBeTruthy();
});

test("chips_clearedAll_keepRangeAndView", async () => {
  open("#/analytics?range=7d&group=feature&customer_id=acme&provider=OPENAI");
  const chips = within(await screen.findByRole("list", { name: "Active filters" }));
  expect(chips.getByRole("link", { name: /Provider OpenAI/ }).getAttribute("href")).toBe(
    "#/analytics?range=7d&group=feature&customer_id=acme",
  );
  expect(screen.getByRole("link", { name: "Clear all" }).getAttribute("href")).toBe(
    "#/analytics?range=7d&group=feature",
  );
});
