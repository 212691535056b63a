import type { FindingProps } from "./props.ts";

export type FindingDeed = "decide" | "assign" | "note" | "snooze" | "wake" | "reopen" | "attempt";

/** Where a form of this page posts to; the queue it came from comes along. */
export function findingAction({ finding, queue }: Pick<FindingProps, "finding" | "queue">, deed: FindingDeed): string {
  return `/findings/${finding.id}/${deed}${queue === "" ? "" : `?queue=${encodeURIComponent(queue)}`}`;
}

/** What was entered in the form of this deed, where it was not taken. */
export function valuesOf(
  { entered }: Pick<FindingProps, "entered">,
  deed: FindingDeed,
): Readonly<Record<string, string>> {
  return entered?.deed === deed ? entered.values : {};
}
