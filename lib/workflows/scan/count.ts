import { type Coverage, coverageOf } from "../../domain/finding/coverage.ts";
import type { ScanBook } from "../../domain/finding/scan-book.ts";

/** Counts the tasks of one source anew and keeps the count. What was once compared blindly in a scan stays so. */
export async function countSource(
  book: ScanBook,
  scan: string,
  source: string,
  blind: Iterable<string> = [],
): Promise<Coverage> {
  const [tasks, before, health] = [
    await book.tasks(scan, source),
    await book.part(scan, source),
    await book.health(source),
  ];
  const unseen = [...new Set([...(before?.blind ?? []), ...blind])].sort();
  const coverage = coverageOf(source, tasks, before?.overBudget ?? 0, unseen, health?.failingSince);
  await book.putPart(scan, coverage);
  return coverage;
}
