import type { Context } from "hono";
import type { ZodError } from "zod";
import { printable } from "../../kernel/text.ts";
import { problemOf, refuse } from "./problem.ts";

/** Most that is said of what is wrong with a request. */
const MOST_ISSUES = 10;
const LONGEST = 300;

type Checked = { target: string } & ({ success: true } | { success: false; error: ZodError });

/** Answers a request that does not fit its schema; what it says of each place is bounded, for the sender wrote some of it. */
export function invalid(result: Checked, c: Context): Response | undefined {
  if (result.success) return undefined;
  const issues = result.error.issues.slice(0, MOST_ISSUES);
  const hint = issues
    .map(({ path, message }) => printable(`${path.join(".") || "it"}: ${message}`, LONGEST))
    .join("; ");
  return refuse(c, problemOf(result.target === "json" ? "bad-body" : "bad-query", { hint }));
}
