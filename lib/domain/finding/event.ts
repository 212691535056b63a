import type { Instant } from "../../kernel/time.ts";
import type { Assessment } from "../assess/assessment.ts";
import type { Sha256 } from "../evidence/evidence.ts";
import type { Listing } from "../listing/listing.ts";

/** A person's conclusion. */
export type Disposition = "impersonation" | "repackaged" | "authorised" | "unrelated" | "duplicate";

/** What a listing shows that a person judged it by: only a change of these reopens a decision. */
export type ShownField = "name" | "icon" | "developer" | "certificate" | "package";

export interface FieldChange {
  field: ShownField;
  from: string;
  to: string;
}

/** How far one request to one recipient has come. Every recipient has a state of its own. */
export const ATTEMPT_STATES = ["drafted", "sent", "acknowledged", "refused", "countered", "done", "withdrawn"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** States of a request in which the recipient has it and may act on it. */
export const AWAITED: readonly AttemptState[] = ["sent", "acknowledged", "countered"];

/** One takedown request to one recipient, such as a store or a host. */
export interface Attempt {
  id: string;
  recipient: string;
  /** How it went out: form, e-mail, post, API. */
  channel: string;
  state: AttemptState;
  /** The recipient's own number, which every later letter must name. */
  reference?: string;
  at: Instant;
  by: string;
  /** Who wrote the draft, where there was one: approving it may be reserved to somebody else. */
  preparer?: string;
}

/**
 * What happened to a case. Facts append; the finding is folded from them. `by` is a person, or `scan`; `onBehalfOf` names the person
 * whose right was used, where it was lent.
 */
export type CaseEvent = { at: Instant; by: string; onBehalfOf?: string } & (
  | { kind: "seen"; listing: Listing; icon?: Sha256; evidence: Sha256[] }
  | { kind: "assessed"; assessment: Assessment }
  | { kind: "changed"; fields: FieldChange[]; listing: Listing; icon?: Sha256; evidence: Sha256[] }
  | { kind: "vanished"; proof: "by-id" | "by-query" }
  | { kind: "reappeared" }
  /** Gone through the whole watch: nobody expects it back. */
  | { kind: "closed" }
  | { kind: "decided"; disposition: Disposition; reason: string; expires?: Instant }
  | { kind: "attempted"; attempt: Omit<Attempt, "at" | "by" | "preparer">; note?: string }
  | { kind: "reopened"; reason: "changed" | "relisted" | "expired" | "person"; note?: string }
  | { kind: "noted"; text: string }
  /** Out of the way until a day, for a reason; what it shows changing wakes it earlier. */
  | { kind: "snoozed"; until: Instant; reason: string }
  | { kind: "woken" }
  | { kind: "assigned"; to?: string }
);
