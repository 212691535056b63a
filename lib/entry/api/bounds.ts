import type { Finding } from "../../domain/finding/finding.ts";
import type { Commit, FindingFilter, Ledger } from "../../domain/finding/ledger.ts";

/** Findings read at once; a view has at most 400 kB. */
const STEP = 5;

/** A page of findings, ended early where more would be larger than this; the cursor goes on from there. */
export async function listWithin(
  mostBytes: number,
  ledger: Ledger,
  wish: { filter: FindingFilter; limit: number; cursor?: string },
): Promise<{ findings: Finding[]; cursor?: string }> {
  const page = await ledger.list(wish.filter, wish.limit, wish.cursor);
  if (sizeOf(page.findings) <= mostBytes) return page;
  const findings: Finding[] = [];
  let { cursor } = wish;
  do {
    const next = await ledger.list(wish.filter, Math.min(STEP, wish.limit - findings.length), cursor);
    if (findings.length > 0 && sizeOf([...findings, ...next.findings]) > mostBytes) return { findings, cursor };
    findings.push(...next.findings);
    cursor = next.cursor;
  } while (cursor !== undefined && findings.length < wish.limit);
  return { findings, cursor };
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

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
