import { useMemo, useSyncExternalStore } from "react";

// Routes live in the fragment (`#/activity?customer_id=acme`): the page then works below any path and
// from plain object storage, with no rewrite rule. What a page shows is in its address, so that the
// back button, a reload and a shared link bring the same view.

export interface Route {
  /** `/activity` */
  path: string;
  /** `customer_id=acme`, without a question mark. */
  search: string;
}

export function parseHash(hash: string): Route {
  const text = hash.replace(/^#/, "");
  const mark = text.indexOf("?");
  const path = mark < 0 ? text : text.slice(0, mark);
  return { path: path === "" ? "/" : path, search: mark < 0 ? "" : text.slice(mark + 1) };
}

/** The address of a page, for a link. */
export function hrefTo(path: string, search: URLSearchParams | string = ""): string {
  const query = search.toString();
  return query === "" ? `#${path}` : `#${path}?${query}`;
}

export function navigate(href: string, { replace = false } = {}): void {
  if (replace) {
    window.history.replaceState(null, "", href);
    // Replacing does not tell by itself.
    window.dispatchEvent(new Event("hashchange"));
  } else {
    window.location.hash = href;
  }
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("hashchange", changed);
  window.addEventListener("popstate", changed);
  return () => {
    window.removeEventListener("hashchange", changed);
    window.removeEventListener("popstate", changed);
  };
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseHash(hash), [hash]);
}
