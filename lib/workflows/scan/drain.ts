import type { Sha256 } from "../../domain/evidence/evidence.ts";
import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { TaskOutcome, TaskRecord } from "../../domain/finding/task.ts";
import type { SourceFailure } from "../../sources/source.ts";
import { allEnded } from "./all-ended.ts";
import { askTask, outcomeOf } from "./ask.ts";
import { noteHealth } from "./health.ts";
import { type IconMemory, observe, type SourceMemory } from "./observe.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";
import { keepSample } from "./sample.ts";
import { noteSightings } from "./sightings.ts";

const LEASE_MS = 120_000;

/**
 * Works off one source's open tasks of a scan until none is left, the source gives up or the caller stops. Each task is
 * finished only after all it showed is in the ledger, so whatever a crash interrupts is simply asked again.
 */
export async function drain(
  ports: ScanPorts,
  entry: ScanSource,
  scan: string,
  memory: SourceMemory,
  icons: IconMemory,
): Promise<void> {
  const run: Run = { inARow: 0 };
  const workers = Array.from({ length: entry.source.about.pace.parallel }, () =>
    work(ports, entry, scan, memory, icons, run),
  );
  await allEnded(workers);
}

interface Run {
  /** Questions that failed one after the other. */
  inARow: number;
  /** One sample of what cannot be read is enough: a broken source answers every question alike. */
  sample?: { kind: string; kept: Promise<Sha256> };
}

async function work(
  ports: ScanPorts,
  entry: ScanSource,
  scan: string,
  memory: SourceMemory,
  icons: IconMemory,
  run: Run,
): Promise<void> {
  const source = entry.source.about.id;
  while (!ports.signal.aborted && !ports.timeIsUp()) {
    const task = await ports.book.claim(scan, source, ports.owner, ports.clock(), LEASE_MS);
    if (task === undefined) return;
    if (ports.budgets.patience > 0 && run.inARow >= ports.budgets.patience) {
      const detail = `after ${run.inARow} failures in a row`;
      await ports.book.finish(scan, source, task.key, ports.owner, skipped(detail), ports.clock());
      continue;
    }
    const failure = await workOff(ports, entry, scan, memory, icons, run, task);
    if (ports.signal.aborted) return;
    run.inARow = failure === undefined ? 0 : run.inARow + 1;
  }
}

async function workOff(
  ports: ScanPorts,
  entry: ScanSource,
  scan: string,
  memory: SourceMemory,
  icons: IconMemory,
  run: Run,
  task: TaskRecord,
): Promise<SourceFailure | undefined> {
  const { answer, responses, unread } = await askTask(ports, entry, task);
  // A question that was cut off by our own stopping is not a failure of the store: its lease lapses and it is asked again.
  if (ports.signal.aborted) return undefined;
  const listings = answer.ok ? answer.value.listings : [];
  const findings = await inBatches(listings, (listing) => observe(ports, entry, memory, icons, listing, responses));
  if (ports.signal.aborted) return undefined;
  await noteSightings(ports, scan, task.key, findings);
  const failure = answer.ok ? undefined : answer.error;
  const isFirst = failure !== undefined && unread !== undefined && run.sample === undefined;
  if (isFirst) run.sample = { kind: failure.kind, kept: keepSample(ports, unread) };
  const sample = run.sample?.kind === failure?.kind ? await run.sample?.kept : undefined;
  const unwritten = findings.flatMap((id) => memory.unwritten.get(id) ?? []);
  const outcome = outcomeOf(answer, findings, unwritten, isFirst ? sample : undefined);
  await ports.book.finish(scan, task.source, task.key, ports.owner, outcome, ports.clock());
  // Several questions fail at once: each says all there is to say, whichever is written last.
  await noteHealth(ports, entry, task.kind, failure, sample);
  ports.progress({ kind: "asked", source: task.source, term: task.query.term, listings: listings.length, failure });
  return failure;
}

const BATCH = 8;

async function inBatches<T>(items: readonly T[], look: (item: T) => Promise<FindingId[]>): Promise<FindingId[]> {
  const found: FindingId[] = [];
  for (let i = 0; i < items.length; i += BATCH) {
    const some = await allEnded(items.slice(i, i + BATCH).map(look));
    found.push(...some.flat());
  }
  return [...new Set(found)];
}

function skipped(detail: string): TaskOutcome {
  return {
    state: "failed",
    listings: 0,
    dropped: 0,
    truncated: false,
    findings: [],
    failure: { kind: "skipped", detail },
  };
}

export function newMemory(known: Map<FindingId, Finding>, details: number): SourceMemory {
  return { known, done: new Map(), details, unwritten: new Map(), tally: { assessed: 0, alerts: 0, byVerdict: {} } };
}
