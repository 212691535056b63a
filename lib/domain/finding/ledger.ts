import type { Result } from "../../kernel/result.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Verdict } from "../assess/assessment.ts";
import type { CaseEvent } from "./event.ts";
import type { Finding, FindingId, Liveness, Stage } from "./finding.ts";
import type { PivotKind } from "./pivots.ts";

/** Somebody else wrote first: `current` is what the case looks like now. */
export interface Conflict {
  kind: "conflict";
  current: Finding;
}

/** The commit, or what the case would come to with it, does not fit in one item of the ledger. */
export interface TooLarge {
  kind: "too-large";
  bytes: number;
  most: number;
}

/** A message that must go out at least once; `id` is the hash of the fact and the recipient, so that a repeat is recognised. */
export interface Notice {
  id: string;
  kind: `finding.${"new" | "changed" | "relisted" | "vanished" | "reopened" | "closed"}`;
  finding: FindingId;
  at: Instant;
}

export interface Commit {
  version: number;
  events: CaseEvent[];
  notices: Notice[];
}

/** How much of a history is wanted: its newest commits, as long as both bounds hold. */
export interface HistoryBounds {
  commits?: number;
  bytes?: number;
}

export interface FindingFilter {
  /** All brands where absent. */
  brands?: string[];
  source?: string;
  stages?: Stage[];
  verdicts?: Verdict[];
  liveness?: Liveness[];
  minScore?: number;
  changedSince?: Instant;
  assignee?: string;
  /** Leaves out what is set aside beyond this moment. */
  awakeAt?: Instant;
}

/** Towards higher scores, or lower ones. */
export type Direction = "previous" | "next";

/**
 * The append-only book of cases. An append is one conditional write of one item, so a crash leaves a commit whole or absent;
 * the folded view and the pivots are rebuilt from commits when they lag.
 */
export interface Ledger {
  /** `spare` are bytes that the case must leave free, for those whose writing cannot wait. */
  append(
    id: FindingId,
    brand: string,
    expectedVersion: number,
    events: CaseEvent[],
    notices: Notice[],
    spare?: number,
  ): Promise<Result<Finding, Conflict | TooLarge>>;
  read(id: FindingId): Promise<Finding | undefined>;
  /** Those that there are, in no order, as lists show them: what somebody writes at this moment may be missing. Ids must differ. */
  readMany(ids: readonly FindingId[]): Promise<Finding[]>;
  /** Oldest first; the newest of them where that is bounded, and `olderThan` says how many come before. */
  history(id: FindingId, most?: HistoryBounds): Promise<Commit[]>;
  /** Highest score first. `cursor` is opaque; absent when there is no more. */
  list(filter: FindingFilter, limit: number, cursor?: string): Promise<{ findings: Finding[]; cursor?: string }>;
  /** The finding just before or after this one in such a list; it need not be in it itself. */
  neighbour(filter: FindingFilter, finding: Finding, way: Direction): Promise<FindingId | undefined>;
  /** What changed since then, the latest first. */
  recent(brands: readonly string[], since: Instant, limit: number): Promise<Finding[]>;
  /** The open findings in somebody's hands, in no order. */
  ofAssignee(person: string): Promise<Finding[]>;
  /** All findings of one source, whatever brand they concern, in no order. */
  ofSource(source: string): Promise<Finding[]>;
  /** Who has, or once had, this value; of these brands where they are named. */
  byPivot(kind: PivotKind, value: string, brands?: readonly string[]): Promise<FindingId[]>;
  pendingNotices(limit: number): Promise<Notice[]>;
  settleNotice(notice: Notice): Promise<void>;
}

/** How many commits come before these: a case's commits are numbered from one, without gaps. */
export function olderThan(history: readonly Commit[]): number {
  return (history[0]?.version ?? 1) - 1;
}
