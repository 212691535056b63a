import { type Instant, msOf } from "../../kernel/time.ts";
import { ALERTS } from "../assess/assessment.ts";
import { AWAITED, type CaseEvent } from "./event.ts";
import { type Finding, isConfirmed, isUndecided } from "./finding.ts";

/** Offline is not closed: takedown services watch a week for a fake that comes back (Netcraft's "resolved" is 7 days offline). */
const WATCH_MS = 7 * 86_400_000;

type Due = Extract<CaseEvent, { kind: "reopened" | "closed" }>;

/**
 * What time alone has brought about in a case: an authorisation that ended, a watch that is over. A watch is over only when somebody
 * looked: `searched` says that the store was read completely today, and did not show it.
 */
export function dueEvent(finding: Finding, now: Instant, by: string, searched: boolean): Due | undefined {
  const { stage, disposition, liveness, goneSince } = finding;
  const expired = disposition?.value === "authorised" && (disposition.expires ?? now) < now;
  if (!isUndecided(finding) && expired) return { at: now, by, kind: "reopened", reason: "expired" };
  const pursued = stage === "confirmed" || stage === "takedown";
  const watched = searched && liveness === "gone" && goneSince !== undefined && msOf(now) - msOf(goneSince) >= WATCH_MS;
  return pursued && watched ? { at: now, by, kind: "closed" } : undefined;
}

/** An alert that nobody has decided by then is overdue: a fake finds most of its victims in its first days. */
const UNDECIDED_MS = 2 * 86_400_000;
/** A request without a further step by then is worth asking after: stores say that they answer within a week. */
const UNANSWERED_MS = 7 * 86_400_000;

export interface Overdue {
  /** `to-withdraw`: a request is out against what a person has since found to be no fake. */
  why: "undecided" | "unanswered" | "to-withdraw";
  /** Since when it has waited. */
  since: Instant;
}

/**
 * What has waited too long in a case: the decision on an alert, or the answer to its oldest takedown request. The decision is counted
 * from `waitsSince` and not from `changedAt`, which every note and every assignment moves: a case that is talked about must not
 * look fresh. A request is counted from its own last step; one against an innocent waits at once. What is set aside is not overdue before it wakes; the request for
 * what is gone, or closed, needs no answer.
 */
export function overdueOf(finding: Finding, now: Instant): Overdue | undefined {
  const { snoozed, stage, liveness, waitsSince, assessment } = finding;
  if (snoozed !== undefined && snoozed.until > now) return undefined;
  const alert = isUndecided(finding) && ALERTS.includes(assessment.verdict);
  if (alert && isPast(waitsSince, UNDECIDED_MS, now)) return { why: "undecided", since: waitsSince };
  const { disposition } = finding;
  if (stage === "takedown" && disposition !== undefined && !isConfirmed(disposition.value))
    return { why: "to-withdraw", since: disposition.at };
  if (stage === "closed" || liveness === "gone") return undefined;
  const awaited = finding.attempts.filter(({ state }) => AWAITED.includes(state)).map(({ at }) => at);
  const [oldest] = awaited.sort();
  return oldest !== undefined && isPast(oldest, UNANSWERED_MS, now) ? { why: "unanswered", since: oldest } : undefined;
}

function isPast(since: Instant, forMs: number, now: Instant): boolean {
  return msOf(now) - msOf(since) > forMs;
}
