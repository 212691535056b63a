import { stableId } from "../../kernel/id.ts";
import type { Instant } from "../../kernel/time.ts";
import { ALERTS, type Assessment } from "../assess/assessment.ts";
import type { Sha256 } from "../evidence/evidence.ts";
import type { Listing } from "../listing/listing.ts";
import { type Attempt, AWAITED, type CaseEvent, type Disposition, type FieldChange } from "./event.ts";

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
  /** Set aside until then, and by whom and why. Past `until` it counts no more. */
  snoozed?: { until: Instant; reason: string; by: string; at: Instant };
  milestones: Milestones;
  firstSeen: Instant;
  /** Since when it waits for a decision as it stands: first seen, become an alert while undecided, or reopened, whichever came last. */
  waitsSince: Instant;
  /** When something about the case last changed; being seen again is not a change. */
  changedAt: Instant;
  /** Who brought that change about: a person, or `scan`. */
  changedBy: string;
  lastChange?: FieldChange[];
  /** Number of commits folded; the next append must expect it. */
  version: number;
}

/** When the case first reached each point: what took how long is the difference of two of them. */
export interface Milestones {
  decided?: Instant;
  confirmed?: Instant;
  /** The first takedown request went out. */
  sent?: Instant;
  /** It vanished, after the request where there was one. */
  gone?: Instant;
}

/** Identity is (brand, source, key). */
export function findingId(brand: string, source: string, key: string): FindingId {
  return stableId("f", brand, source, key);
}

/** Whether a text could be one; what comes from outside may be anything, and of any length. */
export function isFindingId(text: string): boolean {
  return /^f-[0-9a-z]{6,40}$/.test(text);
}

/** No person has decided it, or something since has put the decision in question. */
export function isUndecided({ stage }: Pick<Finding, "stage">): boolean {
  return stage === "new" || stage === "triaging";
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
    milestones: {},
    firstSeen: event.at,
    waitsSince: event.at,
    changedAt: event.at,
    changedBy: event.by,
    version: 0,
  };
}

function step(view: Finding, event: CaseEvent): Finding {
  const changed = { ...view, changedAt: event.at, changedBy: event.by };
  switch (event.kind) {
    case "seen":
      return { ...view, ...shownBy(view, event) };
    case "assessed":
      return assessed(changed, event);
    case "changed":
      return { ...changed, ...shownBy(view, event), lastChange: event.fields, snoozed: undefined };
    case "vanished":
      return { ...changed, liveness: "gone", goneSince: event.at, milestones: goneAt(view.milestones, event.at) };
    case "reappeared":
      return { ...changed, liveness: "relisted", goneSince: undefined, snoozed: undefined };
    case "closed":
      return { ...changed, stage: "closed" };
    case "decided":
      return decided(changed, event);
    case "attempted":
      return attempted(changed, event);
    case "reopened":
      return { ...changed, stage: "triaging", snoozed: undefined, waitsSince: event.at };
    case "noted":
      return changed;
    case "snoozed": {
      const { until, reason, by, at } = event;
      // Whoever sets a case aside has it in hand: else it would be nobody's when it wakes.
      const hands = { assignee: view.assignee ?? by, stage: view.stage === "new" ? ("triaging" as const) : view.stage };
      return { ...changed, ...hands, snoozed: { until, reason, by, at } };
    }
    case "woken":
      return { ...changed, snoozed: undefined };
    case "assigned":
      return { ...changed, assignee: event.to, stage: view.stage === "new" ? "triaging" : view.stage };
    default:
      return event satisfies never;
  }
}

function shownBy(view: Finding, { listing, icon, evidence }: Extract<CaseEvent, { kind: "seen" | "changed" }>) {
  return { listing, icon: icon ?? view.icon, evidence: union(view.evidence, evidence) };
}

function assessed(view: Finding, { assessment, at }: Extract<CaseEvent, { kind: "assessed" }>): Finding {
  const alerts = ALERTS.includes(assessment.verdict) && !ALERTS.includes(view.assessment.verdict);
  return { ...view, assessment, waitsSince: alerts && isUndecided(view) ? at : view.waitsSince };
}

function decided(view: Finding, event: Extract<CaseEvent, { kind: "decided" }>): Finding {
  const { disposition: value, reason, by, at, expires } = event;
  const confirmed = isConfirmed(value);
  const { milestones } = view;
  return {
    ...view,
    disposition: { value, reason, by, at, expires },
    stage: stageOf(value, view.attempts),
    snoozed: undefined,
    milestones: {
      ...milestones,
      decided: milestones.decided ?? at,
      confirmed: milestones.confirmed ?? (confirmed ? at : undefined),
    },
  };
}

function attempted(view: Finding, event: Extract<CaseEvent, { kind: "attempted" }>): Finding {
  const { at, by } = event;
  const before = view.attempts.find(({ id }) => id === event.attempt.id);
  const preparer = event.attempt.state === "drafted" ? by : before?.preparer;
  const attempt: Attempt = { ...event.attempt, at, by, preparer };
  const out = attempt.state !== "drafted";
  const attempts = [...view.attempts.filter(({ id }) => id !== attempt.id), attempt];
  const decision = view.disposition?.value;
  const stands = isUndecided(view) || view.stage === "closed" || decision === undefined;
  return {
    ...view,
    attempts,
    stage: stands ? view.stage : stageOf(decision, attempts),
    milestones: { ...view.milestones, sent: view.milestones.sent ?? (out ? at : undefined) },
  };
}

/**
 * A fake is pursued: confirmed until a request is out, then in takedown. What was found to be none is closed, but not before every
 * request against it has come to an end: an innocent's app is at stake.
 */
function stageOf(decision: Disposition, attempts: readonly Attempt[]): Stage {
  if (!isConfirmed(decision)) return attempts.some(({ state }) => AWAITED.includes(state)) ? "takedown" : "closed";
  return attempts.some(({ state }) => state !== "drafted" && state !== "withdrawn") ? "takedown" : "confirmed";
}

export function isConfirmed(decision: Disposition): boolean {
  return decision === "impersonation" || decision === "repackaged";
}

/** Gone before anybody asked for it, and gone again after: the second is what the request brought about. */
function goneAt(before: Milestones, at: Instant): Milestones {
  const asked = before.gone !== undefined && before.sent !== undefined && before.gone < before.sent;
  return { ...before, gone: before.gone === undefined || asked ? at : before.gone };
}

/** Hashes a view holds; the commits have all of them. */
const MOST_EVIDENCE = 300;

/** The latest, where a listing changes so often that there are more than a view should hold. */
function union(a: readonly Sha256[], b: readonly Sha256[]): Sha256[] {
  return [...new Set([...a, ...b])].slice(-MOST_EVIDENCE);
}
