import type { AttemptProblem } from "../../workflows/triage/attempt.ts";
import type { DecideProblem } from "../../workflows/triage/decide.ts";
import type { SnoozeProblem } from "../../workflows/triage/handle.ts";
import type { View } from "./view.ts";

export type TriageProblem =
  | AttemptProblem
  | DecideProblem
  | SnoozeProblem
  | { kind: "no-text" }
  | { kind: "not-decided" }
  | { kind: "role-missing" }
  | { kind: "bad-form" };

/** Why something was not done, and what to do next. */
export function problemText(problem: TriageProblem, { t, m }: View): string {
  switch (problem.kind) {
    case "conflict": {
      const { changedBy, changedAt, disposition } = problem.current;
      const at = `${changedAt.slice(0, 16).replace("T", " ")} UTC`;
      const decided = disposition !== undefined && disposition.at === changedAt;
      return decided
        ? t.problem.decidedBy(disposition.by, at, m.disposition[disposition.value])
        : t.problem.changedBy(changedBy === "scan" ? t.timeline.scan : changedBy, at);
    }
    case "not-next": {
      const allowed = problem.allowed.map((state) => m.attemptState[state]).join(", ");
      return m.attempt.notNext(problem.state && m.attemptState[problem.state], allowed);
    }
    case "too-many-attempts":
      return m.attempt.tooMany(problem.most);
    case "same-person":
      return m.attempt.samePerson(problem.preparer);
    case "not-drafted":
      return m.attempt.notDrafted;
    default:
      return t.problem[problem.kind];
  }
}

/** 409 where somebody was faster, 403 where the right is missing, 404 where there is no such case, else 422. */
export function problemStatus({ kind }: TriageProblem): 403 | 404 | 409 | 422 {
  if (kind === "conflict") return 409;
  if (kind === "role-missing") return 403;
  return kind === "unknown-finding" ? 404 : 422;
}
