import { stableId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import type { Assessment } from "../assess/assessment.ts";
import type { Sha256 } from "../evidence/evidence.ts";
import type { Listing } from "../listing/listing.ts";
import type { Attempt, CaseEvent, Disposition, FieldChange } from "./event.ts";

/** Where a case stands in the hands of people. */
export type Stage = "new" | "triaging" | "confirmed" | "takedown" | "closed";

/** What the world shows. */
export type Liveness = "live" | "gone" | "relisted" | "unknown";

export type FindingId = string;

/** One listing that concerns one brand, through time: the fold of its events. */
export interface Finding {
  id: FindingId;
  brand: string;
  listing: Listing;
  icon?: Sha256;
  evidence: Sha256[];
  assessment: Assessment;
  stage: Stage;
  disposition?: { value: Disposition; reason: string; by: string; at: Instant; expires?: Instant };
  liveness: Liveness;
  /** While it is gone. */
  goneSince?: Instant;
  attempts: Attempt[];
  assignee?: string;
  firstSeen: Instant;
  /** When something about the case last changed; being seen again is not a change. */
  changedAt: Instant;
  lastChange?: FieldChange[];
  /** Number of commits folded; the next append must expect it. */
  version: number;
}

/** Identity is (brand, source, key). */
export function findingId(brand: string, source: string, key: string): FindingId {
  return stableId("f", brand, source, key);
}

/** Whether a text could be one; what comes from outside may be anything, and of any length. */
export function isFindingId(text: string): boolean {
  return /^f-[0-9a-z]{6,40}$/.test(text);
}

/** Folds one commit's events into the view; the first commit must begin with `seen` and `assessed`. Throws on a broken history. */
export function fold(id: FindingId, brand: string, before: Finding | undefined, events: readonly CaseEvent[]): Finding {
  let view = before;
  for (const event of events) view = view === undefined ? begin(id, brand, event) : step(view, event);
  if (view === undefined) throw new Error(`finding ${id} has a commit without events`);
  return { ...view, version: (before?.version ?? 0) + 1 };
}

function begin(id: FindingId, brand: string, event: CaseEvent): Finding {
  if (event.kind !== "seen") throw new Error(`finding ${id} begins with ${event.kind}, not with seen`);
  return {
    id,
    brand,
    listing: event.listing,
    icon: event.icon,
    evidence: event.evidence,
    assessment: { brand, verdict: "unrelated", score: 0, signals: [], ruleset: "" },
    stage: "new",
    liveness: "live",
    attempts: [],
    firstSeen: event.at,
    changedAt: event.at,
    version: 0,
  };
}

function step(view: Finding, event: CaseEvent): Finding {
  const changed = { ...view, changedAt: event.at };
  switch (event.kind) {
    case "seen":
      return {
        ...view,
        listing: event.listing,
        icon: event.icon ?? view.icon,
        evidence: union(view.evidence, event.evidence),
      };
    case "assessed":
      return { ...changed, assessment: event.assessment };
    case "changed":
      return {
        ...changed,
        listing: event.listing,
        icon: event.icon ?? view.icon,
        evidence: union(view.evidence, event.evidence),
        lastChange: event.fields,
      };
    case "vanished":
      return { ...changed, liveness: "gone", goneSince: event.at };
    case "reappeared":
      return { ...changed, liveness: "relisted", goneSince: undefined };
    case "closed":
      return { ...changed, stage: "closed" };
    case "decided":
      return {
        ...changed,
        disposition: {
          value: event.disposition,
          reason: event.reason,
          by: event.by,
          at: event.at,
          expires: event.expires,
        },
        stage: event.disposition === "impersonation" || event.disposition === "repackaged" ? "confirmed" : "closed",
      };
    case "attempted": {
      const { at, by } = event;
      const attempt: Attempt = { ...event.attempt, at, by };
      const others = view.attempts.filter(({ id }) => id !== attempt.id);
      const out = attempt.state !== "drafted" && view.stage === "confirmed";
      return { ...changed, attempts: [...others, attempt], stage: out ? "takedown" : view.stage };
    }
    case "reopened":
      return { ...changed, stage: "triaging" };
    case "noted":
      return changed;
    case "assigned":
      return { ...changed, assignee: event.to, stage: view.stage === "new" ? "triaging" : view.stage };
    default:
      return event satisfies never;
  }
}

function union(a: readonly Sha256[], b: readonly Sha256[]): Sha256[] {
  return [...new Set([...a, ...b])];
}
