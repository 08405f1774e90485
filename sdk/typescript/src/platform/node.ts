/** What Node, Bun and Deno give. */
export const PLATFORM = "node";
