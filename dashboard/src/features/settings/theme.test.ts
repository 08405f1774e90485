// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { chooseTheme, readTheme, showTheme } from "./theme";

afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
  showTheme("system");
});

test("chooseTheme_dark_isShownAndRemembered", () => {
  expect(chooseTheme("dark")).toBe(true);
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(readTheme()).toBe("dark");
});

test("chooseTheme_system_leavesNothingBehind", () => {
  chooseTheme("light");
  chooseTheme("system");
  expect(document.documentElement.dataset["theme"]).toBeUndefined();
  expect(localStorage.length).toBe(0);
  expect(readTheme()).toBe("system");
});

test("readTheme_somethingElseStored_isSystem", () => {
  localStorage.setItem("om-theme", "sepia");
  expect(readTheme()).toBe("system");
});

test("chooseTheme_storageRefused_isShownAllTheSame", () => {
  vi.stubGlobal("localStorage", {
    setItem: () => {
      throw new DOMException("denied");
    },
  });
  expect(chooseTheme("dark")).toBe(false);
  expect(document.documentElement.dataset["theme"]).toBe("dark");
});
