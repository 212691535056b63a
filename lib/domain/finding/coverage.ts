import type { Instant } from "../../kernel/time.ts";
import type { Failure, TaskRecord, Unwritten } from "./task.ts";

/** What was searched of one source, and what was not. */
export interface Coverage {
  source: string;
  /** `complete`: every question answered, compared with all we know, and written down. `partial`: some. `failed`: none. `unsupported`: it can be asked nothing. */
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
  /** Cases that could not be written, the first thousand; absent in counts of an earlier time. */
  unwritten?: Unwritten[];
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
  unwrittenBefore: readonly Unwritten[] = [],
): Coverage {
  const done = tasks.filter((task) => task.state === "done");
  const canary = tasks.find((task) => task.kind === "canary");
  const unwritten = eachOnce([...unwrittenBefore, ...tasks.flatMap((task) => task.outcome?.unwritten ?? [])]);
  const sum = (pick: (task: TaskRecord) => number) => done.reduce((total, task) => total + pick(task), 0);
  return {
    source,
    outcome: outcomeOf(tasks.length, done.length, blind.length > 0 || unwritten.length > 0),
    planned: tasks.length,
    done: done.length,
    listings: sum((task) => task.outcome?.listings ?? 0),
    dropped: sum((task) => task.outcome?.dropped ?? 0),
    truncated: sum((task) => (task.outcome?.truncated ? 1 : 0)),
    canary: canaryOf(canary),
    failures: failuresOf(tasks),
    overBudget,
    blind,
    unwritten,
    failingSince,
  };
}

/** What one bank's people are told of it: of other banks not even that they were compared without an icon, or that a case is full. */
export function coverageFor(part: Coverage, mayRead: (brand: string) => boolean): Coverage {
  const blind = part.blind.filter(mayRead);
  const unwritten = part.unwritten?.filter(({ brand }) => mayRead(brand));
  const lacking = blind.length > 0 || (unwritten?.length ?? 0) > 0;
  const othersOnly = !lacking && part.planned > 0 && part.done === part.planned;
  return { ...part, blind, unwritten, outcome: othersOnly && part.outcome === "partial" ? "complete" : part.outcome };
}

/** A count is one item of the book, so what it names has a bound. */
const MOST_UNWRITTEN = 1_000;

function eachOnce(unwritten: readonly Unwritten[]): Unwritten[] {
  return [...new Map(unwritten.map((one) => [one.finding, one])).values()].slice(0, MOST_UNWRITTEN);
}

/** A canary that was not asked for yet says nothing. */
function canaryOf(canary: TaskRecord | undefined): Coverage["canary"] {
  if (canary === undefined || canary.state === "planned") return "none";
  return canary.state === "done" ? "found" : "lost";
}

function outcomeOf(planned: number, done: number, lacking: boolean): Coverage["outcome"] {
  if (planned === 0) return "unsupported";
  if (done === planned) return lacking ? "partial" : "complete";
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
