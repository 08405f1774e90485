// @vitest-environment happy-dom
import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { FakeApi } from "../../../test/fake-api";
import { renderApp } from "../../../test/render-app";
import { eventDaysAgo, someEvents } from "../../../test/usage-events";

const region = (name: string) => screen.findByRole("region", { name });
const names = () => screen.getAllByRole("rowheader").map((cell) => cell.textContent);

function withEvents(api: FakeApi) {
  api.events = someEvents();
}

test("list_customers_areSortedBySpend", async () => {
  renderApp("#/customers", withEvents);
  await screen.findByRole("table", { name: "Customers" });
  expect(names()).toEqual(["globex", "acme"]);
  const row = screen.getByRole("link", { name: "globex" }).closest("tr")!;
  expect(row.textContent).toContain("at least $2.2000");
});

test("list_prefixTyped_isInTheAddressAndAskedFor", async () => {
  const { user, api } = renderApp("#/customers?range=7d", withEvents);
  await user.type(await screen.findByLabelText("Id begins with"), "ac");
  await waitFor(() => expect(window.location.hash).toBe("#/customers?range=7d&prefix=ac"));
  await waitFor(() => expect(names()).toEqual(["acme"]));
  expect(api.askedFor("v1/customers").at(-1)!.search.get("prefix")).toBe("ac");
  expect(document.activeElement).toBe(screen.getByLabelText("Id begins with"));
});

test("list_addressWithPrefixAndSort_isRestored", async () => {
  const { api } = renderApp("#/customers?prefix=gl&sort=recent", withEvents);
  await screen.findByRole("link", { name: "globex" });
  expect(screen.getByLabelText<HTMLInputElement>("Id begins with").value).toBe("gl");
  expect(screen.getByLabelText<HTMLSelectElement>("Sort by").value).toBe("recent");
  expect(api.askedFor("v1/customers")[0]!.search.get("sort")).toBe("recent");
});

test("list_nobodyFits_saysSoAndOffersAll", async () => {
  renderApp("#/customers?prefix=zz", withEvents);
  expect(await screen.findByText(/No customer’s id begins with “zz”/)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Show all" }).getAttribute("href")).toBe("#/customers");
});

test("list_nothingEverSent_showsHowToSetUp", async () => {
  renderApp("#/customers");
  expect(await screen.findByText("Nothing has been sent yet")).toBeTruthy();
});

test("list_fails_canBeTriedAgain", async () => {
  const { user } = renderApp("#/customers", (api) => {
    withEvents(api);
    const body = { error: "FORBIDDEN", message: "Not with this key.", request_id: "r-2" };
    api.failNext({ path: "v1/customers", status: 403, body });
  });
  expect(await screen.findByText("r-2")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByRole("link", { name: "acme" })).toBeTruthy();
});

test("list_download_neutralisesFormulas", async () => {
  let file = "";
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => {});
  vi.spyOn(URL, "createObjectURL").mockImplementation((blob) => {
    void (blob as Blob).text().then((text) => (file = text));
    return "blob:fake";
  });
  const { user } = renderApp("#/customers", (api) => {
    api.events = [eventDaysAgo(1, { customer_id: "=cmd", cost_usd: "0.10" })];
  });
  await user.click(await screen.findByRole("button", { name: "Download CSV" }));
  await waitFor(() => expect(file).toContain("\r\n'=cmd,1,2212,230,"));
  expect(file).toContain(",0,0.10\r\n");
});

test("detail_idWithSpecialCharacters_isOneCustomersPage", async () => {
  const id = "a/b?c#d é";
  const { user, api } = renderApp("#/customers?range=7d", (fake) => {
    fake.events = [eventDaysAgo(1, { customer_id: id }), eventDaysAgo(1, { customer_id: "x" })];
  });
  await user.click(await screen.findByRole("link", { name: id }));
  expect(await screen.findByRole("heading", { name: id, level: 1 })).toBeTruthy();
  await region("By user");
  await waitFor(() => expect(api.askedFor("v1/usage/forecast")).not.toEqual([]));
  for (const path of ["v1/usage/summary", "v1/usage/series", "v1/usage/breakdown"]) {
    expect(api.askedFor(path).every(({ search }) => search.get("customer_id") === id)).toBe(true);
  }
  const all = screen.getAllByRole("link", { name: "All events" })[0]!.getAttribute("href")!;
  expect(new URLSearchParams(all.split("?")[1]).get("customer_id")).toBe(id);
});

test("detail_groups_narrowThePage", async () => {
  const { user } = renderApp("#/customers/globex", withEvents);
  const models = within(await region("By model"));
  await user.click(await models.findByRole("link", { name: "gpt-5-mini" }));
  expect(window.location.hash).toBe("#/customers/globex?provider=OPENAI&model=gpt-5-mini");
  const active = within(await screen.findByRole("list", { name: "Active filters" }));
  expect(active.getAllByRole("link")).toHaveLength(2);
});
