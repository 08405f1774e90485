/** What browsers, Workers and other runtimes without Node's modules give. */
export const PLATFORM = "web";
