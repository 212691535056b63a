import type { Instant } from "../../kernel/time.ts";
import type { Failure, TaskRecord } from "./task.ts";

/** What was searched of one source, and what was not. */
export interface Coverage {
  source: string;
  /** `complete`: every question answered, and compared with all we know. `partial`: some. `failed`: none. `unsupported`: it can be asked nothing. */
  outcome: "complete" | "partial" | "failed" | "unsupported";
  planned: number;
  done: number;
  listings: number;
  dropped: number;
  /** Answers that the store cut short: it has more than it showed. */
  truncated: number;
  canary: "found" | "lost" | "none";
  failures: FailureCount[];
  /** Questions that the budget left out. */
  overBudget: number;
  /** Brands whose listings were compared without all of the brand's own icons. */
  blind: string[];
  failingSince?: Instant;
}

/** The same failure of several questions, with the sample of one of them. */
export interface FailureCount extends Failure {
  count: number;
}

export function coverageOf(
  source: string,
  tasks: readonly TaskRecord[],
  overBudget: number,
  blind: string[] = [],
  failingSince?: Instant,
): Coverage {
  const done = tasks.filter((task) => task.state === "done");
  const canary = tasks.find((task) => task.kind === "canary");
  const sum = (pick: (task: TaskRecord) => number) => done.reduce((total, task) => total + pick(task), 0);
  return {
    source,
    outcome: outcomeOf(tasks.length, done.length, blind.length > 0),
    planned: tasks.length,
    done: done.length,
    listings: sum((task) => task.outcome?.listings ?? 0),
    dropped: sum((task) => task.outcome?.dropped ?? 0),
    truncated: sum((task) => (task.outcome?.truncated ? 1 : 0)),
    canary: canaryOf(canary),
    failures: failuresOf(tasks),
    overBudget,
    blind,
    failingSince,
  };
}

/** A canary that was not asked for yet says nothing. */
function canaryOf(canary: TaskRecord | undefined): Coverage["canary"] {
  if (canary === undefined || canary.state === "planned") return "none";
  return canary.state === "done" ? "found" : "lost";
}

function outcomeOf(planned: number, done: number, blind: boolean): Coverage["outcome"] {
  if (planned === 0) return "unsupported";
  if (done === planned) return blind ? "partial" : "complete";
  return done === 0 ? "failed" : "partial";
}

function failuresOf(tasks: readonly TaskRecord[]): FailureCount[] {
  const counts = new Map<string, FailureCount>();
  for (const task of tasks) {
    const failure: Failure | undefined =
      task.outcome?.failure ?? (task.state === "planned" ? { kind: "interrupted", detail: "" } : undefined);
    if (failure === undefined) continue;
    const { kind, detail } = failure;
    const known = counts.get(`${kind} ${detail}`);
    const sample = known?.sample ?? failure.sample;
    counts.set(`${kind} ${detail}`, { kind, detail, count: (known?.count ?? 0) + 1, ...(sample && { sample }) });
  }
  // What was not asked any more is told after what made us stop asking.
  const consequence = ({ kind }: FailureCount) => (kind === "skipped" || kind === "interrupted" ? 1 : 0);
  return [...counts.values()].sort((a, b) => consequence(a) - consequence(b) || b.count - a.count);
}
