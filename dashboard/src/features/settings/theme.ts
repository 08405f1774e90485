export const THEMES = ["system", "light", "dark"] as const;

export type Theme = (typeof THEMES)[number];

// The one thing that the page keeps in the browser's storage; it says nothing about anybody.
const KEY = "om-theme";

/** What was chosen in this browser; `system` where nothing was, or where it may not remember. */
export function readTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? "system";
  } catch {
    return "system";
  }
}

/** Shows the page in the theme; `theme.css` knows the attribute. */
export function showTheme(theme: Theme): void {
  if (theme === "system") {
    delete document.documentElement.dataset["theme"];
  } else {
    document.documentElement.dataset["theme"] = theme;
  }
}

/** Shows the theme and remembers it; false when the browser does not let it be remembered. */
export function chooseTheme(theme: Theme): boolean {
  showTheme(theme);
  try {
    if (theme === "system") {
      localStorage.removeItem(KEY);
    } else {
      localStorage.setItem(KEY, theme);
    }
    return true;
  } catch {
    return false;
  }
}
