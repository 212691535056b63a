import { samePerson } from "../../domain/desk/person.ts";
import { type Attempt, type AttemptState, AWAITED } from "../../domain/finding/event.ts";
import { type Finding, type FindingId, isConfirmed } from "../../domain/finding/finding.ts";
import { stableId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Actor, type ActProblem, act, type Deed, type TriagePorts } from "./act.ts";

/** What may follow. A refusal is final: whoever asks again makes a new attempt, so that both remain to be seen. */
const NEXT: Record<AttemptState, readonly AttemptState[]> = {
  drafted: ["sent", "withdrawn"],
  sent: ["acknowledged", "refused", "countered", "done", "withdrawn"],
  acknowledged: ["refused", "countered", "done", "withdrawn"],
  countered: ["refused", "done", "withdrawn"],
  refused: [],
  done: [],
  withdrawn: [],
};

const BEGINNINGS: readonly AttemptState[] = ["drafted", "sent"];

/** Requests of one case; whoever needs more has a recipient's name wrong. */
const MOST_ATTEMPTS = 60;

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
  | { kind: "too-many-attempts"; most: number }
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
  const last = finding.attempts.filter(({ recipient }) => sameRecipient(recipient, step.recipient)).at(-1);
  if (last !== undefined && isSame(last, step)) return ok(undefined);
  const open = last !== undefined && NEXT[last.state].length > 0 ? last : undefined;
  // What is out goes on, and can be taken back, whatever the case has come to; only new requests need a confirmed fake.
  const goesOn = open !== undefined && (AWAITED.includes(open.state) || step.state === "withdrawn");
  if (!goesOn && !isPursued(finding)) return err({ kind: "not-confirmed" });
  const allowed = stepsAfter(open?.state);
  if (!allowed.includes(step.state)) return err({ kind: "not-next", state: open?.state, allowed });
  if (open === undefined && finding.attempts.length >= MOST_ATTEMPTS)
    return err({ kind: "too-many-attempts", most: MOST_ATTEMPTS });
  const refused = policy.fourEyes && step.state === "sent" ? fourEyesProblem(open, step) : undefined;
  if (refused !== undefined) return err(refused);
  const { channel, state, note } = step;
  const recipient = open?.recipient ?? oneForm(step.recipient);
  const attemptId = open?.id ?? stableId("a", finding.id, recipient, String(finding.version));
  const made = { id: attemptId, recipient, channel, state, reference: step.reference ?? open?.reference };
  return ok({ kind: "attempted", attempt: made, note });
}

/** A person has confirmed the fake, and the case is not over. */
export function isPursued({ stage, disposition }: Finding): boolean {
  return (stage === "confirmed" || stage === "takedown") && disposition !== undefined && isConfirmed(disposition.value);
}

/** What may follow a request in this state, or begin a new one. */
export function stepsAfter(state: AttemptState | undefined): readonly AttemptState[] {
  return state === undefined ? BEGINNINGS : NEXT[state];
}

/** Two spellings of one recipient must not become two requests, and both be sent. */
function sameRecipient(one: string, other: string): boolean {
  return oneForm(one).toLowerCase() === oneForm(other).toLowerCase();
}

function oneForm(recipient: string): string {
  return recipient.normalize("NFKC").replace(/\s+/g, " ").trim();
}

/** Who lends a right to somebody must not thereby approve what they drafted themselves. */
function fourEyesProblem(open: Attempt | undefined, { by, onBehalfOf }: Actor) {
  if (open?.preparer === undefined) return { kind: "not-drafted" } as const;
  const { preparer } = open;
  const theirs = [by, onBehalfOf].some((person) => person !== undefined && samePerson(person, preparer));
  return theirs ? ({ kind: "same-person", preparer } as const) : undefined;
}

/** Who drafted the request to this recipient that is still open: whoever sends it must be, and act for, somebody else. */
export function preparerOf({ attempts }: Finding, recipient: string): string | undefined {
  const last = attempts.filter((one) => sameRecipient(one.recipient, recipient)).at(-1);
  return last?.state === "drafted" ? last.preparer : undefined;
}

function isSame(last: Attempt, { state, channel, reference }: AttemptStep): boolean {
  return last.state === state && last.channel === channel && (reference === undefined || last.reference === reference);
}
