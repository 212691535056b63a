import type { Attempt, AttemptState } from "../../domain/finding/event.ts";
import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Conflict, Ledger } from "../../domain/finding/ledger.ts";
import { stableId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Clock } from "../../kernel/time.ts";

/** What may follow. A refusal is final: whoever asks again makes a new attempt, so that both remain to be seen. */
const NEXT: Record<AttemptState, readonly AttemptState[]> = {
  drafted: ["sent"],
  sent: ["acknowledged", "refused", "countered", "done"],
  acknowledged: ["refused", "countered", "done"],
  countered: ["refused", "done"],
  refused: [],
  done: [],
};

/** One step of the latest request to a recipient, or of a new one where that is over. */
export interface AttemptStep {
  recipient: string;
  channel: string;
  state: AttemptState;
  reference?: string;
  by: string;
}

export type AttemptProblem =
  | { kind: "unknown-finding"; id: FindingId }
  /** Nobody asks for a takedown of what no person has confirmed: a false one shuts down an innocent. */
  | { kind: "not-confirmed" }
  | { kind: "not-next"; state?: AttemptState; allowed: readonly AttemptState[] }
  | Conflict;

export async function attempt(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  id: FindingId,
  step: AttemptStep,
): Promise<Result<Finding, AttemptProblem>> {
  const finding = await ledger.read(id);
  if (finding === undefined) return err({ kind: "unknown-finding", id });
  if (finding.stage !== "confirmed" && finding.stage !== "takedown") return err({ kind: "not-confirmed" });
  const { by, ...words } = step;
  const last = finding.attempts.filter(({ recipient }) => recipient === step.recipient).at(-1);
  if (last !== undefined && isSame(last, step)) return ok(finding);
  const open = last !== undefined && NEXT[last.state].length > 0 ? last : undefined;
  const allowed = open === undefined ? BEGINNINGS : NEXT[open.state];
  if (!allowed.includes(step.state)) return err({ kind: "not-next", state: open?.state, allowed });
  const attemptId = open?.id ?? stableId("a", id, step.recipient, String(finding.version));
  const made = { ...words, id: attemptId, reference: step.reference ?? open?.reference };
  const event = { at: clock(), by, kind: "attempted", attempt: made } as const;
  return ledger.append(id, finding.brand, finding.version, [event], []);
}

const BEGINNINGS: readonly AttemptState[] = ["drafted", "sent"];

function isSame(last: Attempt, { state, channel, reference }: AttemptStep): boolean {
  return last.state === state && last.channel === channel && (reference === undefined || last.reference === reference);
}
