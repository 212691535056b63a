import type { Finding } from "../../domain/finding/finding.ts";
import type { Commit, FindingFilter, Ledger } from "../../domain/finding/ledger.ts";

/** Lambda hands on six megabytes, and a store's texts are as long as their writers like. */
export const MOST_BYTES = 4_000_000;

/** Findings read at once; a view has at most 400 kB. */
const STEP = 5;

/** A page of findings, each as a row, ended early where more would be larger than this; the cursor goes on from there. */
export async function listWithin<T>(
  mostBytes: number,
  ledger: Ledger,
  wish: { filter: FindingFilter; limit: number; cursor?: string },
  rowOf: (finding: Finding) => T,
): Promise<{ rows: T[]; cursor?: string }> {
  const page = await ledger.list(wish.filter, wish.limit, wish.cursor);
  const whole = page.findings.map(rowOf);
  if (sizeOf(whole) <= mostBytes) return { rows: whole, cursor: page.cursor };
  const rows: T[] = [];
  let { cursor } = wish;
  do {
    const next = await ledger.list(wish.filter, Math.min(STEP, wish.limit - rows.length), cursor);
    const more = next.findings.map(rowOf);
    if (rows.length > 0 && sizeOf([...rows, ...more]) > mostBytes) return { rows, cursor };
    rows.push(...more);
    cursor = next.cursor;
  } while (cursor !== undefined && rows.length < wish.limit);
  return { rows, cursor };
}

/** The end of a history, whose beginning is left out where the whole is larger than this. */
export function latestWithin(mostBytes: number, history: readonly Commit[]): { shown: Commit[]; omitted: number } {
  let bytes = 0;
  const first = history.findLastIndex((commit) => {
    bytes += sizeOf(commit);
    return bytes > mostBytes;
  });
  return { shown: history.slice(first + 1), omitted: first + 1 };
}

/** The beginning of a list, whose end is left out where the whole is larger than this. */
export function firstWithin<T>(mostBytes: number, values: readonly T[]): { shown: T[]; omitted: number } {
  let bytes = 0;
  const end = values.findIndex((value) => {
    bytes += sizeOf(value);
    return bytes > mostBytes;
  });
  const shown = end === -1 ? [...values] : values.slice(0, end);
  return { shown, omitted: values.length - shown.length };
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
