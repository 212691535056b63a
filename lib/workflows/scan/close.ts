import type { Coverage } from "../../domain/finding/coverage.ts";
import type { ScanBook, ScanRecord } from "../../domain/finding/scan-book.ts";
import type { Clock } from "../../kernel/time.ts";
import { countSource } from "./count.ts";

/**
 * Compares what was planned with what was done, from the tasks themselves and not from what the workers said of them. Throws
 * when the scan was never opened.
 */
export async function closeScan(
  book: ScanBook,
  clock: Clock,
  scan: string,
): Promise<{ record: ScanRecord; coverage: Coverage[] }> {
  const before = await book.scan(scan);
  if (before === undefined) throw new Error(`scan ${scan} was never opened`);
  const coverage: Coverage[] = [];
  for (const source of before.sources) coverage.push(await countSource(book, scan, source));
  const record = { ...before, finishedAt: before.finishedAt ?? clock() };
  await book.putScan(record);
  return { record, coverage };
}
