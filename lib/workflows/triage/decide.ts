import type { CaseEvent, Disposition } from "../../domain/finding/event.ts";
import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Conflict, Ledger } from "../../domain/finding/ledger.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Clock, type Instant, msOf } from "../../kernel/time.ts";

export const DISPOSITIONS: readonly Disposition[] = [
  "impersonation",
  "repackaged",
  "authorised",
  "unrelated",
  "duplicate",
];

export interface Decision {
  disposition: Disposition;
  reason: string;
  by: string;
  /** When the question returns; only for `authorised`. */
  expires?: Instant;
}

export type DecideProblem =
  | { kind: "unknown-finding"; id: FindingId }
  | { kind: "no-reason" }
  | { kind: "bad-expiry" }
  | Conflict;

/** Writes a person's decision. Whoever decided in between wins: the conflict says what the case looks like now. */
export async function decide(
  ports: { ledger: Ledger; clock: Clock },
  id: FindingId,
  decision: Decision,
): Promise<Result<Finding, DecideProblem>> {
  if (decision.reason.trim() === "") return err({ kind: "no-reason" });
  if (!isExpirySound(decision, ports.clock())) return err({ kind: "bad-expiry" });
  const before = await ports.ledger.read(id);
  if (before === undefined) return err({ kind: "unknown-finding", id });
  if (isSameDecision(before, decision)) return ok(before);
  const event: CaseEvent = { at: ports.clock(), kind: "decided", ...decision };
  return ports.ledger.append(id, before.brand, before.version, [event], []);
}

/** Only what is allowed can end being allowed, and only after now. */
function isExpirySound({ disposition, expires }: Decision, now: Instant): boolean {
  return expires === undefined || (disposition === "authorised" && msOf(expires) > msOf(now));
}

function isSameDecision(before: Finding, decision: Decision): boolean {
  const last = before.disposition;
  const open = before.stage === "new" || before.stage === "triaging";
  return (
    !open &&
    last?.value === decision.disposition &&
    last.reason === decision.reason &&
    last.expires === decision.expires
  );
}
