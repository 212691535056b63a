import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import { type PivotKind, tellingPivots } from "../../domain/finding/pivots.ts";

/** Another case, and what it has in common with this one. */
export interface Related {
  finding: Finding;
  ties: PivotKind[];
}

/** Cases looked at; where more share something, the least tied of them are not counted. */
const MOST_LOOKED_AT = 150;

/**
 * Cases that share a certificate, an account, an icon or a package with this one, the most tied first: a re-upload under a new name
 * shows its old case. They are tied, never merged; what they share is derived anew each time. `more` counts those left out. A case of a
 * brand that is not among these (undefined: all) is neither shown nor counted.
 */
export async function relatedTo(
  ledger: Ledger,
  finding: Finding,
  most = 20,
  brands?: readonly string[],
): Promise<{ related: Related[]; more: number }> {
  const ties = await tiesOf(ledger, finding, brands);
  const ranked = [...ties].sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1)).slice(0, MOST_LOOKED_AT);
  const others = new Map((await ledger.readMany(ranked.map(([id]) => id))).map((other) => [other.id, other]));
  const related = ranked.flatMap(([id, kinds]) => {
    const other = others.get(id);
    return other === undefined || !(brands?.includes(other.brand) ?? true)
      ? []
      : [{ finding: other, ties: [...kinds] }];
  });
  return { related: related.slice(0, most), more: Math.max(0, related.length - most) };
}

async function tiesOf(
  ledger: Ledger,
  finding: Finding,
  brands: readonly string[] | undefined,
): Promise<Map<FindingId, Set<PivotKind>>> {
  const ties = new Map<FindingId, Set<PivotKind>>();
  const pivots = tellingPivots(finding).map(
    async ({ kind, value }) => [kind, await ledger.byPivot(kind, value, brands)] as const,
  );
  for (const [kind, ids] of await Promise.all(pivots)) {
    for (const id of ids) ties.set(id, (ties.get(id) ?? new Set()).add(kind));
  }
  ties.delete(finding.id);
  return ties;
}
