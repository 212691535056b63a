import type { CaseEvent } from "../../domain/finding/event.ts";
import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Conflict, Ledger, TooLarge } from "../../domain/finding/ledger.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Clock } from "../../kernel/time.ts";
import { lengthProblem, type TooLong } from "./limits.ts";

/** Left free in a case by what can wait, so that scans, decisions and the end of a request always find room. */
const RESERVE_BYTES = 32_768;

export interface TriagePorts {
  ledger: Ledger;
  clock: Clock;
}

/** Who acts, and on what they have seen. */
export interface Actor {
  by: string;
  /** The person whose right is used, where it was lent. */
  onBehalfOf?: string;
  /** The version of the case that they looked at; without it, whatever stands now. */
  expectedVersion?: number;
}

export type ActProblem = { kind: "unknown-finding"; id: FindingId } | Conflict | TooLarge | TooLong;

/** The part of an event that an action is about; who and when are added here. */
export type Deed = CaseEvent extends infer E
  ? E extends CaseEvent
    ? Omit<E, "at" | "by" | "onBehalfOf">
    : never
  : never;

/**
 * Writes what a person does to a case, on the version they saw: whoever wrote in between wins, and the conflict says what the case
 * looks like now. `deedOf` answers undefined where the case stands so already, which is no conflict whoever brought it about.
 */
export async function act<P>(
  { ledger, clock }: TriagePorts,
  id: FindingId,
  { by, onBehalfOf, expectedVersion }: Actor,
  deedOf: (finding: Finding) => Result<Deed | undefined, P>,
): Promise<Result<Finding, P | ActProblem>> {
  const finding = await ledger.read(id);
  if (finding === undefined) return err({ kind: "unknown-finding", id });
  const deed = deedOf(finding);
  if (!deed.ok) return deed;
  if (deed.value === undefined) return ok(finding);
  if (expectedVersion !== undefined && finding.version !== expectedVersion)
    return err({ kind: "conflict", current: finding });
  const event = { at: clock(), by, onBehalfOf, ...deed.value } as CaseEvent;
  const tooLong = lengthProblem({ ...event, ...(event.kind === "attempted" ? event.attempt : {}) });
  if (tooLong !== undefined) return err(tooLong);
  return ledger.append(id, finding.brand, finding.version, [event], [], canWait(finding, event) ? RESERVE_BYTES : 0);
}

/** Notes and new requests; the later steps of a request cannot, least of all its withdrawal. */
function canWait({ attempts }: Finding, event: CaseEvent): boolean {
  return event.kind === "noted" || (event.kind === "attempted" && attempts.every(({ id }) => id !== event.attempt.id));
}
