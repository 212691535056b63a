import type { Sha256 } from "../../domain/evidence/evidence.ts";
import type { SourceHealth } from "../../domain/finding/scan-book.ts";
import { dayOf } from "../../kernel/time.ts";
import type { SourceFailure } from "../../sources/source.ts";
import type { ScanPorts, ScanSource } from "./ports.ts";

/**
 * Writes how a source fared, where that is news: it began to fail, it is well again, its canary was first found live. A sample of what
 * it answered instead stays while it fails in the same way.
 */
export async function noteHealth(
  ports: ScanPorts,
  entry: ScanSource,
  kind: string,
  failure: SourceFailure | undefined,
  sample?: Sha256,
): Promise<SourceHealth> {
  const source = entry.source.about.id;
  const now = ports.clock();
  const before = (await ports.book.health(source)) ?? { source };
  if (failure !== undefined) {
    const { kind: what, detail } = failure;
    const seen = sample ?? (before.failure?.kind === what ? before.failure.sample : undefined);
    const noted = { kind: what, detail, ...(seen && { sample: seen }) };
    const failing = { ...before, failingSince: before.failingSince ?? now, failure: noted };
    await ports.book.putHealth(failing);
    return failing;
  }
  const proved = kind === "canary" && entry.live ? (before.provedLiveAt ?? now) : before.provedLiveAt;
  const same =
    before.failingSince === undefined && before.provedLiveAt === proved && dayOf(before.lastGood ?? "") === dayOf(now);
  if (same) return before;
  const well = { source, lastGood: now, provedLiveAt: proved };
  await ports.book.putHealth(well);
  return well;
}
