import { type Coverage, coverageOf } from "../../domain/finding/coverage.ts";
import type { ScanBook } from "../../domain/finding/scan-book.ts";
import type { Unwritten } from "../../domain/finding/task.ts";

/** Counts the tasks of one source anew and keeps the count. What was once compared blindly, or not written, in a scan stays so. */
export async function countSource(
  book: ScanBook,
  scan: string,
  source: string,
  blind: Iterable<string> = [],
  unwritten: Iterable<Unwritten> = [],
): Promise<Coverage> {
  const [tasks, before, health] = [
    await book.tasks(scan, source),
    await book.part(scan, source),
    await book.health(source),
  ];
  const unseen = [...new Set([...(before?.blind ?? []), ...blind])].sort();
  const lost = [...(before?.unwritten ?? []), ...unwritten];
  const coverage = coverageOf(source, tasks, before?.overBudget ?? 0, unseen, health?.failingSince, lost);
  await book.putPart(scan, coverage);
  return coverage;
}
