export const FUNCTIONS = [
  "plan",
  "drain",
  "drain-google-play",
  "drain-app-store",
  "announce",
  "digest",
  "api",
  "console",
  "accept",
  "name-token",
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];

/** Those that plan, tell or show need the sources' manifests beside them, not the adapters' weight. */
export const READS_CATALOG: readonly FunctionName[] = ["plan", "accept", "api", "console"];
