import { type Instant, instantOf, msOf } from "../../kernel/time.ts";
import { ALERTS, type Verdict } from "../assess/assessment.ts";
import type { Disposition } from "./event.ts";
import type { Finding, Stage } from "./finding.ts";

/** How long something took, in milliseconds. */
export interface Spread {
  /** Cases that were measured. */
  count: number;
  /** Nearest rank: the value at place ⌈n/2⌉ of the sorted ones, so always one that occurred. Undefined where nothing was measured. */
  median?: number;
  /** The value at place ⌈0.9·n⌉. */
  p90?: number;
  /** Cases left out because the end lies before the beginning: a store that misstates a day, or what was gone before anybody asked. */
  negative: number;
}

export interface Interval extends Spread {
  /** Only the sources that have something to show. */
  bySource: Record<string, Spread>;
}

/** One week, from Monday, in UTC. */
export interface Week {
  /** Its Monday, `YYYY-MM-DD`. */
  monday: string;
  /** Alerts first seen in it. */
  alerts: number;
  /** Fakes that went offline in it after a request had gone out. */
  removed: number;
}

export interface Measures {
  /** From the day the store says a fake was published until we first saw it; only where the store says. */
  detect: Interval;
  /** From first sight to the first decision. */
  decide: Interval;
  /** From the first request that went out until it went offline. What is still there has no end yet and is not in it. */
  takedown: Interval;
  verdicts: Partial<Record<Verdict, number>>;
  dispositions: Partial<Record<Disposition, number>>;
  stages: Partial<Record<Stage, number>>;
  /** Oldest first, from the first week in which something happened to the last, quiet ones between them too. */
  weeks: Week[];
}

interface Lapse {
  source: string;
  from: Instant;
  to: Instant;
}

const WEEK_MS = 7 * 86_400_000;

/**
 * Measures what was reached since a moment: an interval counts where it ended since then, a week where it began since then or held that
 * moment. The counts by verdict, disposition and stage are of all the findings given, as they stand.
 */
export function measuresOf(findings: readonly Finding[], since: Instant): Measures {
  const lapses = (lapseOf: (finding: Finding) => Lapse | undefined) =>
    findings.map(lapseOf).filter((lapse) => lapse !== undefined && lapse.to >= since) as Lapse[];
  const removals = lapses(takedown);
  return {
    detect: intervalOf(lapses(detection)),
    decide: intervalOf(lapses(decision)),
    takedown: intervalOf(removals),
    verdicts: countBy(findings.map(({ assessment }) => assessment.verdict)),
    dispositions: countBy(findings.flatMap(({ disposition }) => disposition?.value ?? [])),
    stages: countBy(findings.map(({ stage }) => stage)),
    weeks: weeksOf(
      findings.filter(({ assessment, firstSeen }) => ALERTS.includes(assessment.verdict) && firstSeen >= since),
      removals.filter(({ from, to }) => to >= from),
    ),
  };
}

/** Of fakes alone: how long our own app was out before we first looked says nothing of anybody's work. */
function detection({ listing: { source, releasedAt }, firstSeen, assessment, milestones }: Finding): Lapse | undefined {
  const fake = ALERTS.includes(assessment.verdict) || milestones.confirmed !== undefined;
  return !fake || releasedAt === undefined ? undefined : { source, from: releasedAt, to: firstSeen };
}

function decision({ listing: { source }, firstSeen, milestones: { decided } }: Finding): Lapse | undefined {
  return decided === undefined ? undefined : { source, from: firstSeen, to: decided };
}

function takedown({ listing: { source }, milestones: { sent, gone } }: Finding): Lapse | undefined {
  return sent === undefined || gone === undefined ? undefined : { source, from: sent, to: gone };
}

function intervalOf(lapses: readonly Lapse[]): Interval {
  const sources = [...new Set(lapses.map(({ source }) => source))].sort();
  const of = (source: string) => lapses.filter((lapse) => lapse.source === source);
  const bySource = Object.fromEntries(sources.map((source) => [source, spreadOf(of(source))]));
  return { ...spreadOf(lapses), bySource };
}

function spreadOf(lapses: readonly Lapse[]): Spread {
  const all = lapses.map(({ from, to }) => msOf(to) - msOf(from));
  const sound = all.filter((ms) => ms >= 0).sort((a, b) => a - b);
  const rank = (share: number) => sound[Math.ceil(share * sound.length) - 1];
  return { count: sound.length, median: rank(0.5), p90: rank(0.9), negative: all.length - sound.length };
}

function countBy<K extends string>(values: readonly K[]): Partial<Record<K, number>> {
  const counts: Partial<Record<K, number>> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function weeksOf(alerts: readonly Finding[], removals: readonly Lapse[]): Week[] {
  const seen = countBy(alerts.map(({ firstSeen }) => mondayOf(firstSeen)));
  const removed = countBy(removals.map(({ to }) => mondayOf(to)));
  const mondays = [...Object.keys(seen), ...Object.keys(removed)].sort();
  const [first] = mondays;
  const last = mondays.at(-1);
  const weeks: Week[] = [];
  if (first === undefined || last === undefined) return weeks;
  for (let ms = msOf(first); ms <= msOf(last); ms += WEEK_MS) {
    const monday = instantOf(ms).slice(0, 10);
    weeks.push({ monday, alerts: seen[monday] ?? 0, removed: removed[monday] ?? 0 });
  }
  return weeks;
}

/** The epoch began on a Thursday: three days earlier was a Monday. */
function mondayOf(at: Instant): string {
  const days = Math.floor(msOf(at) / 86_400_000);
  return instantOf((days - ((days + 3) % 7)) * 86_400_000).slice(0, 10);
}
