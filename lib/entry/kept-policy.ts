import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AttemptPolicy } from "../workflows/triage/attempt.ts";

const FILE = "review.json";

/** Remembers beside the ledger what the bank's configuration demands: a command started elsewhere must not get around it. */
export function keepPolicy(folder: string, { fourEyes }: AttemptPolicy): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify({ fourEyes })}\n`, { mode: 0o600 });
}

/** What was last demanded of those who work on this data folder; nothing where no configuration was seen yet. */
export function keptPolicy(folder: string): AttemptPolicy {
  try {
    return { fourEyes: JSON.parse(readFileSync(join(folder, FILE), "utf8")).fourEyes === true };
  } catch (error) {
    // Unreadable is not absent: then two people are asked for, which harms nobody.
    return { fourEyes: (error as NodeJS.ErrnoException).code !== "ENOENT" };
  }
}
