import { dueEvent } from "../../domain/finding/due.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { Ledger, Notice } from "../../domain/finding/ledger.ts";
import type { Unwritten } from "../../domain/finding/task.ts";
import { stableId } from "../../kernel/id.ts";
import type { Clock } from "../../kernel/time.ts";

/**
 * Writes, and tells, what time alone has brought about. Whoever wrote first may have known better: then the next scan looks again.
 * Answers with the cases that are too full to be written.
 */
export async function tendCases(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  findings: Iterable<Finding>,
  searched: boolean,
): Promise<Unwritten[]> {
  const unwritten: Unwritten[] = [];
  for (const finding of findings) {
    const event = dueEvent(finding, clock(), "scan", searched);
    if (event === undefined) continue;
    const { id, brand, version } = finding;
    const kind = `finding.${event.kind}` as const;
    const notice: Notice = { id: stableId("n", kind, id, String(version + 1)), kind, finding: id, at: event.at };
    const appended = await ledger.append(id, brand, version, [event], [notice]);
    if (!appended.ok && appended.error.kind === "too-large") unwritten.push({ finding: id, brand, why: "too-large" });
  }
  return unwritten;
}
