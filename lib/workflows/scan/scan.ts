import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Ledger, Notice } from "../../domain/finding/ledger.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { type Coverage, coverageOf } from "./coverage.ts";
import { drain, newMemory } from "./drain.ts";
import type { IconMemory, SourceMemory, Tally } from "./observe.ts";
import { planSource } from "./plan.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";
import { lookForMissing } from "./sightings.ts";

export interface ScanReport {
  scan: string;
  startedAt: Instant;
  seconds: number;
  interrupted: boolean;
  brands: string[];
  /** Facts nobody was told of yet, most certain first; settle their notices once they were shown. */
  news: News[];
  coverage: Coverage[];
  tally: Tally & { icons: number; iconsFailed: number };
}

export interface News {
  notice: Notice;
  finding: Finding;
}

/** One scan of all sources: plan, work off, look for what is missing, report. Running it again the same day finishes what failed. */
export async function scan(ports: ScanPorts, name: string): Promise<ScanReport> {
  const startedAt = ports.clock();
  const icons: IconMemory = { byUrl: new Map(), fetched: 0, failed: 0 };
  const parts = await Promise.all(ports.sources.map((entry) => scanSource(ports, entry, name, icons)));
  return {
    scan: name,
    startedAt,
    seconds: Math.round((msOf(ports.clock()) - msOf(startedAt)) / 1000),
    interrupted: ports.signal.aborted,
    brands: ports.brands.map((brand) => brand.id),
    news: await newsOf(ports.ledger),
    coverage: parts.map((part) => part.coverage),
    tally: { ...total(parts.map((part) => part.memory.tally)), icons: icons.fetched, iconsFailed: icons.failed },
  };
}

async function scanSource(
  ports: ScanPorts,
  entry: ScanSource,
  name: string,
  icons: IconMemory,
): Promise<{ memory: SourceMemory; coverage: Coverage }> {
  const source = entry.source.about.id;
  const plan = planSource(entry, ports.brands, ports.regions, ports.budgets.queriesPerSource);
  await ports.book.plan(name, plan.tasks);
  await ports.book.retryFailed(name, source);
  const open = (await ports.book.tasks(name, source)).filter((task) => task.state === "planned").length;
  ports.progress({ kind: "planned", source, tasks: plan.tasks.length, open });
  const memory = newMemory(await knownOf(ports.ledger, source));
  await drain(ports, entry, name, memory, icons);
  await lookForMissing(ports, entry, name, memory, icons);
  const tasks = await ports.book.tasks(name, source);
  const health = await ports.book.health(source);
  return { memory, coverage: coverageOf(source, tasks, plan.dropped, health?.failingSince) };
}

async function knownOf(ledger: Ledger, source: string): Promise<Map<FindingId, Finding>> {
  const known = new Map<FindingId, Finding>();
  let cursor: string | undefined;
  do {
    const page = await ledger.list({ source }, 500, cursor);
    for (const finding of page.findings) known.set(finding.id, finding);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return known;
}

const MOST_NEWS = 5_000;

async function newsOf(ledger: Ledger): Promise<News[]> {
  const notices = await ledger.pendingNotices(MOST_NEWS);
  const news: News[] = [];
  for (const notice of notices) {
    const finding = await ledger.read(notice.finding);
    if (finding !== undefined) news.push({ notice, finding });
  }
  return news.sort(
    (a, b) => b.finding.assessment.score - a.finding.assessment.score || (a.finding.id < b.finding.id ? -1 : 1),
  );
}

function total(tallies: readonly Tally[]): Tally {
  const byVerdict: Record<string, number> = {};
  for (const tally of tallies) {
    for (const [verdict, count] of Object.entries(tally.byVerdict))
      byVerdict[verdict] = (byVerdict[verdict] ?? 0) + count;
  }
  const sum = (pick: (tally: Tally) => number) => tallies.reduce((all, tally) => all + pick(tally), 0);
  return { assessed: sum((tally) => tally.assessed), alerts: sum((tally) => tally.alerts), byVerdict };
}
