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
  const coverage = await countSource(ports.book, scan, source, ports.blind);
  const asked = !coverage.failures.some((failure) => failure.kind === "interrupted");
  const finished = asked && (await lookForMissing(ports, entry, scan, memory, icons));
  if (finished) await tendCases(ports, memory.known.values(), coverage.outcome === "complete");
  return { memory, coverage, finished };
}
