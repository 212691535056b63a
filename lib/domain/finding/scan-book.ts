import type { Instant } from "../../kernel/time.ts";
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

/** The failure's fields stand here as plain text, because the domain knows no sources. */
export interface TaskOutcome {
  state: "done" | "failed";
  listings: number;
  dropped: number;
  truncated: boolean;
  /** Findings this answer showed, to notice later what it no longer shows. */
  findings: FindingId[];
  failure?: { kind: string; detail: string };
}

export interface TaskRecord extends Task {
  state: TaskState;
  attempts: number;
  outcome?: TaskOutcome;
  finishedAt?: Instant;
}

export interface SourceHealth {
  source: string;
  lastGood?: Instant;
  failingSince?: Instant;
  failure?: { kind: string; detail: string };
  /** When its canary was first found at the live address; absent = unproven. */
  provedLiveAt?: Instant;
}

/** Where a scan's progress lives, so that it survives the process. `scan` is e.g. `2026-11-24`. */
export interface ScanBook {
  /** Writes tasks that are not there yet; tasks already planned, done or failed stay as they are. */
  plan(scan: string, tasks: Task[]): Promise<void>;
  /** The next planned task of this source whose lease is free, now leased to `owner`; undefined when none is left. */
  claim(scan: string, source: string, owner: string, now: Instant, leaseMs: number): Promise<TaskRecord | undefined>;
  finish(scan: string, source: string, key: string, owner: string, outcome: TaskOutcome, now: Instant): Promise<void>;
  /** Frees the leases of a dead process; only for a host that knows that no other scan is running. */
  releaseLeases(scan: string, source: string): Promise<void>;
  /** Puts failed tasks of the scan back to planned (a later run of the same day tries them again). */
  retryFailed(scan: string, source: string): Promise<void>;
  tasks(scan: string, source?: string): Promise<TaskRecord[]>;
  health(source: string): Promise<SourceHealth | undefined>;
  putHealth(health: SourceHealth): Promise<void>;
  sighting(finding: FindingId): Promise<Sighting | undefined>;
  putSighting(sighting: Sighting): Promise<void>;
}

/** When and by which questions a listing was last seen; overwritten, because being seen again is no event. */
export interface Sighting {
  finding: FindingId;
  lastSeen: Instant;
  /** Scan in which it was last seen or missed. */
  scan: string;
  /** Task keys that showed it last time. */
  tasks: string[];
  /** Scans in a row in which every question that used to show it was complete and did not. */
  misses: number;
  /** Scans in a row in which the store proved its absence by id. */
  absences: number;
}
