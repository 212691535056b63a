import { type Finding, type FindingId, isUndecided } from "../../domain/finding/finding.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { type Actor, type ActProblem, act, type TriagePorts } from "./act.ts";

/** Longest time a case may be out of sight. */
const LONGEST_SNOOZE_MS = 90 * 86_400_000;

/** Gives a case into somebody's hands, or into nobody's. */
export function assign(
  ports: TriagePorts,
  id: FindingId,
  { to, ...actor }: Actor & { to?: string },
): Promise<Result<Finding, ActProblem>> {
  return act(ports, id, actor, (finding) => ok(finding.assignee === to ? undefined : { kind: "assigned", to }));
}

export function note(
  ports: TriagePorts,
  id: FindingId,
  { text, ...actor }: Actor & { text: string },
): Promise<Result<Finding, ActProblem | { kind: "no-text" }>> {
  return act(ports, id, actor, () => (text.trim() === "" ? err({ kind: "no-text" }) : ok({ kind: "noted", text })));
}

export type SnoozeProblem = ActProblem | { kind: "no-reason" } | { kind: "bad-day" } | { kind: "not-open" };

/** Sets an open case aside until a day, at most 90 days off. It wakes earlier when what it shows changes. */
export function snooze(
  ports: TriagePorts,
  id: FindingId,
  { until, reason, ...actor }: Actor & { until: Instant; reason: string },
): Promise<Result<Finding, SnoozeProblem>> {
  return act<Exclude<SnoozeProblem, ActProblem>>(ports, id, actor, (finding) => {
    const ahead = msOf(until) - msOf(ports.clock());
    if (reason.trim() === "") return err({ kind: "no-reason" });
    if (!(ahead > 0 && ahead <= LONGEST_SNOOZE_MS)) return err({ kind: "bad-day" });
    if (finding.stage === "closed") return err({ kind: "not-open" });
    const same = finding.snoozed?.until === until && finding.snoozed.reason === reason;
    return ok(same ? undefined : { kind: "snoozed", until, reason });
  });
}

/** Ends it before its day. */
export function wake(ports: TriagePorts, id: FindingId, actor: Actor): Promise<Result<Finding, ActProblem>> {
  return act(ports, id, actor, (finding) => ok(finding.snoozed === undefined ? undefined : { kind: "woken" }));
}

/** Opens a decided case again, because a person has learnt something. */
export function reopen(
  ports: TriagePorts,
  id: FindingId,
  { reason, ...actor }: Actor & { reason: string },
): Promise<Result<Finding, ActProblem | { kind: "no-reason" } | { kind: "not-decided" }>> {
  return act<{ kind: "no-reason" } | { kind: "not-decided" }>(ports, id, actor, (finding) => {
    if (reason.trim() === "") return err({ kind: "no-reason" });
    if (isUndecided(finding)) return err({ kind: "not-decided" });
    return ok({ kind: "reopened", reason: "person", note: reason });
  });
}
