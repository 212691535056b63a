export const FUNCTIONS = [
  "plan",
  "drain",
  "drain-google-play",
  "drain-app-store",
  "announce",
  "digest",
  "api",
  "accept",
] as const;

export type FunctionName = (typeof FUNCTIONS)[number];
