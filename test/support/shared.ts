import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../shared/", import.meta.url));

/**
 * Path of labelled real data that lives beside the repository; undefined where it is absent, so that a test can skip.
 * With CI=1 its absence fails instead: a skipped proof must not look like a passed one.
 */
export function sharedPath(...parts: string[]): string | undefined {
  if (existsSync(ROOT)) return ROOT + parts.join("/");
  if (process.env.CI) throw new Error("the data folder ../shared is missing, and CI requires it");
  return undefined;
}
