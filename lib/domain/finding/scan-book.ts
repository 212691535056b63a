import type { Instant } from "../../kernel/time.ts";
import type { Coverage } from "./coverage.ts";
import type { FindingId } from "./finding.ts";
import type { Failure, Task, TaskOutcome, TaskRecord } from "./task.ts";

export interface SourceHealth {
  source: string;
  lastGood?: Instant;
  failingSince?: Instant;
  failure?: Failure;
  /** When its canary was first found at the live address; absent = unproven. */
  provedLiveAt?: Instant;
}

/** A day, with a time or a word behind it where a day has several scans: names are part of keys, and sort by time. */
export function isScanName(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}|-[a-z0-9][a-z0-9-]{0,39})?$/.test(text);
}

/** One scan as a whole. */
export interface ScanRecord {
  scan: string;
  startedAt: Instant;
  brands: string[];
  sources: string[];
  /** When every source was worked off or given up. */
  finishedAt?: Instant;
  /** The digest that last went out; the same is not sent again. */
  told?: string;
}

/** Where a scan's progress lives, so that it survives the process. `scan` is e.g. `2026-11-24`. */
export interface ScanBook {
  /** Writes tasks that are not there yet; tasks already planned, done or failed stay as they are. */
  plan(scan: string, tasks: Task[]): Promise<void>;
  /**
   * The next planned task of this source whose lease is free, now leased to `owner`; undefined when none is left. Tasks that were
   * tried before come last.
   */
  claim(scan: string, source: string, owner: string, now: Instant, leaseMs: number): Promise<TaskRecord | undefined>;
  finish(scan: string, source: string, key: string, owner: string, outcome: TaskOutcome, now: Instant): Promise<void>;
  /** Frees the leases of a dead process; only for a host that knows that no other scan is running. */
  releaseLeases(scan: string, source: string): Promise<void>;
  /** Puts failed tasks of the scan back to planned (a later run of the same day tries them again). */
  retryFailed(scan: string, source: string): Promise<void>;
  tasks(scan: string, source: string): Promise<TaskRecord[]>;
  putScan(record: ScanRecord): Promise<void>;
  scan(scan: string): Promise<ScanRecord | undefined>;
  /** Latest first. */
  scans(limit: number): Promise<ScanRecord[]>;
  /** What was searched of a source so far, as it was last counted; the tasks are the truth. */
  putPart(scan: string, coverage: Coverage): Promise<void>;
  part(scan: string, source: string): Promise<Coverage | undefined>;
  parts(scan: string): Promise<Coverage[]>;
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
