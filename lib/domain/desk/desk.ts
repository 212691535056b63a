import type { Result } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/time.ts";

/** What one shift leaves to the next: words of a person, and how things stood when they were written. */
export interface Handover {
  id: string;
  at: Instant;
  by: string;
  text: string;
  /** The brands it speaks of; who may read all of them may read it. */
  brands: string[];
  /** How things stood then. */
  standing: Standing;
  /** The one who took over, and has read it. */
  signedOff?: { by: string; at: Instant };
}

/** What waits, in numbers; `many` where more wait than were counted. */
export interface Standing {
  undecided: number;
  overdue: number;
  approvals: number;
  notSearched: string[];
  many: boolean;
}

/** An officer's right, lent to somebody for a while: they act in the officer's stead, and the record says so. */
export interface Delegation {
  id: string;
  from: string;
  to: string;
  brands: string[];
  at: Instant;
  until: Instant;
  reason: string;
  ended?: { by: string; at: Instant };
}

/** Brands whose cases somebody may authorise by their own right. */
export type Reach = "all" | readonly string[];

/** What somebody might authorise when they were last here. */
export interface LastSeen {
  may: Reach;
  at: Instant;
}

/** A lent right beside what its lender might do when they were last here; without that, they have not been seen. */
export interface LentRight extends Delegation {
  lender?: LastSeen;
}

/** An answer that was given to a person's request, kept so that the same request again changes nothing. */
export interface KeptAnswer {
  status: number;
  /** Empty where the whole answer was too large to be kept (more than about 300 kB): then only what became of the request is told again. */
  body: string;
}

/** `begun`: nobody else has; `run` tells this one from whoever takes over. `answered`: it was done. `busy`: it is being done. `other`: the key stands for another request. */
export type Beginning =
  | { kind: "begun"; run: string }
  | { kind: "answered"; answer: KeptAnswer }
  | { kind: "busy" }
  | { kind: "other" };

/** What people need beside cases: when they were here, what they leave each other, what they lend. Nothing is deleted. */
export interface Desk {
  /** When this person's last visit but the present one began; a pause of half an hour begins a new one. Undefined on the first. */
  visit(person: string, now: Instant): Promise<Instant | undefined>;
  /** What `visit` would answer now; nothing is written. */
  lastVisit(person: string, now: Instant): Promise<Instant | undefined>;
  /** Keeps what they may authorise now, as their own right. Changes are kept at once, the time within an hour. */
  seen(person: string, may: Reach, now: Instant): Promise<void>;
  addHandover(handover: Handover): Promise<void>;
  /** Those that speak of none but these brands, latest first; all of them where `brands` is undefined. */
  handovers(brands: readonly string[] | undefined, limit: number): Promise<Handover[]>;
  handover(id: string): Promise<Handover | undefined>;
  /** The first signature counts; the error is the note as it was signed before. */
  signOff(id: string, by: string, at: Instant): Promise<Result<Handover, Handover | undefined>>;
  addDelegation(delegation: Delegation): Promise<void>;
  /** Those for any of these brands, or for any brand at all; latest first, ended ones among them. */
  delegations(brands: readonly string[] | undefined): Promise<LentRight[]>;
  /** What this person lent or borrowed; latest first, ended ones among them. */
  delegationsOf(person: string): Promise<LentRight[]>;
  delegation(id: string): Promise<LentRight | undefined>;
  endDelegation(id: string, by: string, at: Instant): Promise<Delegation | undefined>;
  /** Begins the work for a request that carries a key of the person's own; `fingerprint` is of the whole request. */
  begin(person: string, key: string, fingerprint: string, now: Instant): Promise<Beginning>;
  /** Does nothing for a run that another has taken over, or that was not begun. */
  keepAnswer(person: string, key: string, run: string, answer: KeptAnswer): Promise<void>;
  /** Nothing was done after all: the same key may begin again. Does nothing for a run that another has taken over. */
  giveUp(person: string, key: string, run: string): Promise<void>;
}
