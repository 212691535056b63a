import type { Coverage } from "../../domain/finding/coverage.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { Ledger, Notice } from "../../domain/finding/ledger.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { allEnded } from "./all-ended.ts";
import { askableOf } from "./askable.ts";
import { closeScan } from "./close.ts";
import type { IconMemory, Tally } from "./observe.ts";
import { openScan } from "./open.ts";
import type { ScanPorts } from "./ports.ts";
import { workSource } from "./work.ts";

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

/** One scan of all sources in one process: open, work off, close, report. Running it again the same day finishes what failed. */
export async function scan(ports: ScanPorts, name: string): Promise<ScanReport> {
  const startedAt = ports.clock();
  const icons: IconMemory = { byUrl: new Map(), fetched: 0, failed: 0 };
  await openScan(ports, ports.sources.map(askableOf), name);
  const parts = await allEnded(ports.sources.map((entry) => workSource(ports, entry, name, icons)));
  const asked = new Set(ports.sources.map((entry) => entry.source.about.id));
  const { coverage } = await closeScan(ports.book, ports.clock, name);
  return {
    scan: name,
    startedAt,
    seconds: Math.round((msOf(ports.clock()) - msOf(startedAt)) / 1000),
    interrupted: ports.signal.aborted,
    brands: ports.brands.map((brand) => brand.id),
    news: await newsOf(ports.ledger),
    coverage: coverage.filter((part) => asked.has(part.source)),
    tally: { ...total(parts.map((part) => part.memory.tally)), icons: icons.fetched, iconsFailed: icons.failed },
  };
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
