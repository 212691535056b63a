import type { Coverage } from "../../domain/finding/coverage.ts";
import { isScanName, type ScanBook, type ScanRecord } from "../../domain/finding/scan-book.ts";
import { printable } from "../../kernel/text.ts";
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
  const before = await openedScan(book, scan);
  const coverage: Coverage[] = [];
  for (const source of before.sources) coverage.push(await countSource(book, scan, source));
  const record = { ...before, finishedAt: before.finishedAt ?? clock() };
  await book.putScan(record);
  return { record, coverage };
}

/** Throws when the scan was never opened: its name may be anything then. */
export async function openedScan(book: ScanBook, scan: string): Promise<ScanRecord> {
  const record = isScanName(scan) ? await book.scan(scan) : undefined;
  if (record === undefined) throw new Error(`scan "${printable(scan, 60)}" was never opened`);
  return record;
}
