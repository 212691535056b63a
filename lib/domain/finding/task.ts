import type { Instant } from "../../kernel/time.ts";
import type { Sha256 } from "../evidence/evidence.ts";
import type { Query } from "../listing/query.ts";
import type { FindingId } from "./finding.ts";

/** `canary` asks for the app that must be there; `developer` lists one account; `listing` looks one listing up by its key. */
export type TaskKind = "canary" | "listing" | "developer" | "search";

/** One question to one source on one day. The key makes the same question of the same day one task. */
export interface Task {
  source: string;
  /** Unique within (scan, source). Sorts in the order the tasks are worked off. */
  key: string;
  kind: TaskKind;
  query: Query;
  /** Developer key or listing key for `developer` and `listing`. */
  subject?: string;
  brands: string[];
}

export type TaskState = "planned" | "done" | "failed";

/** Why a source could not be read, as plain text, because the domain knows no sources. */
export interface Failure {
  kind: string;
  detail: string;
  /** The beginning of the answer that could not be read, in the locker; kept of the first in a scan. */
  sample?: Sha256;
}

export interface TaskOutcome {
  state: "done" | "failed";
  listings: number;
  dropped: number;
  truncated: boolean;
  /** Findings this answer showed, to notice later what it no longer shows. */
  findings: FindingId[];
  /** Those of them whose case could not be written; absent in records of an earlier time. */
  unwritten?: Unwritten[];
  failure?: Failure;
}

/** A case that a scan had something to say of, and could not: it is full, or others wrote on it all the time. */
export interface Unwritten {
  finding: FindingId;
  brand: string;
  why: "too-large" | "contended";
}

export interface TaskRecord extends Task {
  state: TaskState;
  attempts: number;
  outcome?: TaskOutcome;
  finishedAt?: Instant;
}
