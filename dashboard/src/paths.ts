/** The addresses of pages that others link to. */
export const OVERVIEW_PATH = "/overview";
export const ACTIVITY_PATH = "/activity";
export const ANALYTICS_PATH = "/analytics";
export const CUSTOMERS_PATH = "/customers";
export const PRICES_PATH = "/prices";
export const PIPELINE_PATH = "/pipeline";
export const AUDIT_PATH = "/audit";
export const PLAYGROUND_PATH = "/playground";

export function customerPath(id: string): string {
  return `${CUSTOMERS_PATH}/${encodeURIComponent(id)}`;
}

/** The customer whose page this is the path of; null of any other path. */
export function customerOf(path: string): string | null {
  const start = `${CUSTOMERS_PATH}/`;
  if (!path.startsWith(start) || path.length === start.length) {
    return null;
  }
  try {
    return decodeURIComponent(path.slice(start.length));
  } catch {
    return null;
  }
}
