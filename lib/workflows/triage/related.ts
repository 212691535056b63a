import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import { type PivotKind, tellingPivots } from "../../domain/finding/pivots.ts";

/** Another case, and what it has in common with this one. */
export interface Related {
  finding: Finding;
  ties: PivotKind[];
}

/**
 * Cases that share a certificate, an account, an icon or a package with this one, the most tied first: a re-upload under a new name
 * shows its old case. They are tied, never merged; what they share is derived anew each time. `more` counts those left out.
 */
export async function relatedTo(
  ledger: Ledger,
  finding: Finding,
  most = 20,
): Promise<{ related: Related[]; more: number }> {
  const ties = new Map<FindingId, Set<PivotKind>>();
  for (const { kind, value } of tellingPivots(finding)) {
    for (const id of await ledger.byPivot(kind, value)) ties.set(id, (ties.get(id) ?? new Set()).add(kind));
  }
  ties.delete(finding.id);
  const ranked = [...ties].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1));
  const related: Related[] = [];
  for (const [id, kinds] of ranked.slice(0, most)) {
    const other = await ledger.read(id);
    if (other !== undefined) related.push({ finding: other, ties: [...kinds] });
  }
  return { related, more: Math.max(0, ranked.length - most) };
}
