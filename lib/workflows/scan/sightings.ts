import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Sighting } from "../../domain/finding/scan-book.ts";
import type { TaskRecord } from "../../domain/finding/task.ts";
import { askDetails } from "./ask.ts";
import { type IconMemory, observe, type SourceMemory } from "./observe.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";

/** Absences by id, and misses by search, that prove a listing gone. */
const ABSENCES = 2;
const MISSES = 3;

/** Notes that a question showed these findings. Overwrites: being seen again is no event. */
export async function noteSightings(
  ports: ScanPorts,
  scan: string,
  task: string,
  findings: readonly FindingId[],
): Promise<void> {
  for (const finding of findings) {
    const before = await ports.book.sighting(finding);
    const tasks = before?.scan === scan ? [...new Set([...before.tasks, task])] : [task];
    const same = before?.scan === scan && before.tasks.includes(task) && before.misses === 0 && before.absences === 0;
    if (!same) await ports.book.putSighting({ finding, lastSeen: ports.clock(), scan, tasks, misses: 0, absences: 0 });
  }
}

/**
 * After a source's tasks: what became of the live findings that this scan did not show. Absence must be proved: by the
 * store's own answer to the key in two scans, or by the same whole answers missing it in three. Otherwise nothing is said.
 * False when the host's time was up before all were looked for; looking again goes on where this ended.
 */
export async function lookForMissing(
  ports: ScanPorts,
  entry: ScanSource,
  scan: string,
  memory: SourceMemory,
  icons: IconMemory,
): Promise<boolean> {
  const tasks = new Map((await ports.book.tasks(scan, entry.source.about.id)).map((task) => [task.key, task]));
  const live = [...memory.known.values()].filter((finding) => finding.liveness !== "gone");
  let asked = 0;
  for (const finding of live) {
    if (ports.signal.aborted || ports.timeIsUp()) return false;
    const sighting = await ports.book.sighting(finding.id);
    if (sighting === undefined || sighting.scan === scan) continue;
    if (entry.source.byId !== undefined && asked < ports.budgets.detailsPerSource) {
      asked += 1;
      await askWhetherGone(ports, entry, scan, memory, icons, finding, sighting);
    } else if (missedByAll(sighting, tasks)) {
      await miss(ports, scan, memory, finding, { ...sighting, misses: sighting.misses + 1 });
    }
  }
  return true;
}

async function askWhetherGone(
  ports: ScanPorts,
  entry: ScanSource,
  scan: string,
  memory: SourceMemory,
  icons: IconMemory,
  finding: Finding,
  sighting: Sighting,
): Promise<void> {
  const { answer, responses } = await askDetails(ports, entry, finding.listing.key, finding.listing.region ?? "");
  if (!answer.ok) return;
  if (answer.value === undefined) {
    await miss(ports, scan, memory, finding, { ...sighting, absences: sighting.absences + 1 });
    return;
  }
  await observe(ports, entry, memory, icons, answer.value, responses);
  await ports.book.putSighting({ ...sighting, lastSeen: ports.clock(), scan, misses: 0, absences: 0 });
}

/** Every question that used to show it was asked again, answered whole, and did not show it. */
function missedByAll(sighting: Sighting, tasks: ReadonlyMap<string, TaskRecord>): boolean {
  return sighting.tasks.every((key) => {
    const outcome = tasks.get(key)?.outcome;
    return outcome?.state === "done" && !outcome.truncated && outcome.dropped === 0;
  });
}

async function miss(
  ports: ScanPorts,
  scan: string,
  memory: SourceMemory,
  finding: Finding,
  sighting: Sighting,
): Promise<void> {
  await ports.book.putSighting({ ...sighting, scan });
  const proof = sighting.absences >= ABSENCES ? "by-id" : sighting.misses >= MISSES ? "by-query" : undefined;
  if (proof === undefined) return;
  const at = ports.clock();
  const event = { at, by: "scan", kind: "vanished", proof } as const;
  const notice = {
    id: `n-${finding.id}-${finding.version + 1}`,
    kind: "finding.vanished",
    finding: finding.id,
    at,
  } as const;
  const appended = await ports.ledger.append(finding.id, finding.brand, finding.version, [event], [notice]);
  if (!appended.ok) {
    const { kind } = appended.error;
    // Whoever wrote first may have known better; the next scan looks again.
    if (kind === "too-large")
      memory.unwritten.set(finding.id, { finding: finding.id, brand: finding.brand, why: kind });
    return;
  }
  memory.known.set(finding.id, appended.value);
  ports.progress({ kind: "recorded", source: finding.listing.source, finding: finding.id, change: "vanished" });
}
