import type { Coverage } from "../../domain/finding/coverage.ts";
import { tendCases } from "../watch/tend.ts";
import { countSource } from "./count.ts";
import { drain, newMemory } from "./drain.ts";
import type { IconMemory, SourceMemory } from "./observe.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";
import { lookForMissing } from "./sightings.ts";

/**
 * Works off what is open of one source's part of an opened scan, then looks for what it did not show. `finished` is false when
 * the host's time was up first, or another process still has some of the questions in hand.
 */
export async function workSource(
  ports: ScanPorts,
  entry: ScanSource,
  scan: string,
  icons: IconMemory,
  detailsSpent = 0,
): Promise<{ memory: SourceMemory; coverage: Coverage; finished: boolean }> {
  const source = entry.source.about.id;
  const planned = await ports.book.tasks(scan, source);
  const open = planned.filter((task) => task.state === "planned").length;
  ports.progress({ kind: "planned", source, tasks: planned.length, open });
  const known = await ports.ledger.ofSource(source);
  const memory = newMemory(new Map(known.map((finding) => [finding.id, finding])), detailsSpent);
  await drain(ports, entry, scan, memory, icons);
  const counted = await countSource(ports.book, scan, source, ports.blind);
  const asked = !counted.failures.some((failure) => failure.kind === "interrupted");
  const finished = asked && (await lookForMissing(ports, entry, scan, memory, icons));
  if (finished) await tend(ports, memory, counted);
  // What could not be written after the questions were counted.
  const told = new Set(counted.unwritten?.map(({ finding }) => finding));
  const late = [...memory.unwritten.values()].filter(({ finding }) => !told.has(finding));
  const coverage = late.length === 0 ? counted : await countSource(ports.book, scan, source, ports.blind, late);
  return { memory, coverage, finished };
}

/** One case that could not be written keeps no other from being closed; what stands in it is not the latest, so it is left alone. */
async function tend(ports: ScanPorts, memory: SourceMemory, counted: Coverage): Promise<void> {
  const unwritten = new Set([...memory.unwritten.values(), ...(counted.unwritten ?? [])].map(({ finding }) => finding));
  const written = [...memory.known.values()].filter(({ id }) => !unwritten.has(id));
  const searched = counted.planned > 0 && counted.done === counted.planned && counted.blind.length === 0;
  for (const one of await tendCases(ports, written, searched)) memory.unwritten.set(one.finding, one);
}
