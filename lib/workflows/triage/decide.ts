import type { Disposition } from "../../domain/finding/event.ts";
import { type Finding, type FindingId, isUndecided } from "../../domain/finding/finding.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { type Actor, type ActProblem, act, type TriagePorts } from "./act.ts";

export const DISPOSITIONS: readonly Disposition[] = [
  "impersonation",
  "repackaged",
  "authorised",
  "unrelated",
  "duplicate",
];

export interface Decision extends Actor {
  disposition: Disposition;
  reason: string;
  /** When the question returns; only for `authorised`. */
  expires?: Instant;
}

export type DecideProblem = ActProblem | { kind: "no-reason" } | { kind: "bad-expiry" };

/** Writes a person's decision. */
export async function decide(
  ports: TriagePorts,
  id: FindingId,
  decision: Decision,
): Promise<Result<Finding, DecideProblem>> {
  const { disposition, reason, expires, ...actor } = decision;
  if (reason.trim() === "") return err({ kind: "no-reason" });
  if (!isExpirySound(decision, ports.clock())) return err({ kind: "bad-expiry" });
  return act(ports, id, actor, (finding) =>
    ok(isSameDecision(finding, decision) ? undefined : { kind: "decided", disposition, reason, expires }),
  );
}

/** What came of one finding of several. */
export interface Decided {
  id: FindingId;
  outcome: Result<Finding, DecideProblem>;
}

/** The same decision for each of several cases, one after the other: what befalls one changes nothing for the others. */
export async function decideEach(
  ports: TriagePorts,
  cases: readonly { id: FindingId; expectedVersion?: number }[],
  decision: Omit<Decision, "expectedVersion">,
): Promise<Decided[]> {
  const results: Decided[] = [];
  for (const { id, expectedVersion } of cases)
    results.push({ id, outcome: await decide(ports, id, { ...decision, expectedVersion }) });
  return results;
}

/** Only what is allowed can end being allowed, and only after now. */
function isExpirySound({ disposition, expires }: Decision, now: Instant): boolean {
  return expires === undefined || (disposition === "authorised" && msOf(expires) > msOf(now));
}

function isSameDecision(before: Finding, decision: Decision): boolean {
  const last = before.disposition;
  return (
    !isUndecided(before) &&
    last?.value === decision.disposition &&
    last.reason === decision.reason &&
    last.expires === decision.expires
  );
}
