import type { Attempt, AttemptState } from "../../domain/finding/event.ts";
import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import { stableId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Actor, type ActProblem, act, type Deed, type TriagePorts } from "./act.ts";

/** What may follow. A refusal is final: whoever asks again makes a new attempt, so that both remain to be seen. */
const NEXT: Record<AttemptState, readonly AttemptState[]> = {
  drafted: ["sent"],
  sent: ["acknowledged", "refused", "countered", "done"],
  acknowledged: ["refused", "countered", "done"],
  countered: ["refused", "done"],
  refused: [],
  done: [],
};

const BEGINNINGS: readonly AttemptState[] = ["drafted", "sent"];

/** One step of the latest request to a recipient, or of a new one where that is over. */
export interface AttemptStep extends Actor {
  recipient: string;
  channel: string;
  state: AttemptState;
  reference?: string;
  note?: string;
}

export type AttemptProblem =
  | ActProblem
  /** Nobody asks for a takedown of what no person has confirmed: a false one shuts down an innocent. */
  | { kind: "not-confirmed" }
  | { kind: "not-next"; state?: AttemptState; allowed: readonly AttemptState[] }
  /** Two people must stand behind a request: one who drafts it, and another who sends it. */
  | { kind: "not-drafted" }
  | { kind: "same-person"; preparer: string };

/** What the bank demands beyond the rules that hold everywhere. */
export interface AttemptPolicy {
  /** The one who sends a request is not the one who drafted it. */
  fourEyes: boolean;
}

export async function attempt(
  ports: TriagePorts,
  id: FindingId,
  step: AttemptStep,
  policy: AttemptPolicy = { fourEyes: false },
): Promise<Result<Finding, AttemptProblem>> {
  return act<Exclude<AttemptProblem, ActProblem>>(ports, id, step, (finding) => deedOf(finding, step, policy));
}

function deedOf(
  finding: Finding,
  step: AttemptStep,
  policy: AttemptPolicy,
): Result<Deed | undefined, Exclude<AttemptProblem, ActProblem>> {
  if (finding.stage !== "confirmed" && finding.stage !== "takedown") return err({ kind: "not-confirmed" });
  const last = finding.attempts.filter(({ recipient }) => recipient === step.recipient).at(-1);
  if (last !== undefined && isSame(last, step)) return ok(undefined);
  const open = last !== undefined && NEXT[last.state].length > 0 ? last : undefined;
  const allowed = stepsAfter(open?.state);
  if (!allowed.includes(step.state)) return err({ kind: "not-next", state: open?.state, allowed });
  const refused = policy.fourEyes && step.state === "sent" ? fourEyesProblem(open, step) : undefined;
  if (refused !== undefined) return err(refused);
  const { recipient, channel, state, note } = step;
  const attemptId = open?.id ?? stableId("a", finding.id, recipient, String(finding.version));
  const made = { id: attemptId, recipient, channel, state, reference: step.reference ?? open?.reference };
  return ok({ kind: "attempted", attempt: made, note });
}

/** What may follow a request in this state, or begin a new one. */
export function stepsAfter(state: AttemptState | undefined): readonly AttemptState[] {
  return state === undefined ? BEGINNINGS : NEXT[state];
}

/** Who lends a right to somebody must not thereby approve what they drafted themselves. */
function fourEyesProblem(open: Attempt | undefined, { by, onBehalfOf }: Actor) {
  if (open?.preparer === undefined) return { kind: "not-drafted" } as const;
  const { preparer } = open;
  return preparer === by || preparer === onBehalfOf ? ({ kind: "same-person", preparer } as const) : undefined;
}

function isSame(last: Attempt, { state, channel, reference }: AttemptStep): boolean {
  return last.state === state && last.channel === channel && (reference === undefined || last.reference === reference);
}
