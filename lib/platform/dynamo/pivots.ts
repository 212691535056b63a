import type { Sha256 } from "../../domain/evidence/evidence.ts";
import type { PivotKind } from "../../domain/finding/ledger.ts";
import type { Listing } from "../../domain/listing/listing.ts";

export interface Pivot {
  kind: PivotKind;
  value: string;
}

/**
 * What ties this listing to others: `certificate` is `<algorithm>:<hex>`, `developer` is `<source>:<key>` (a key means
 * something in its own store only), `icon` the SHA-256 of its bytes, `package` the package name.
 */
export function pivotsOf(listing: Listing, icon: Sha256 | undefined): Pivot[] {
  const pivots: Pivot[] = (listing.certificates ?? []).map(({ algorithm, hex }) => ({
    kind: "certificate",
    value: `${algorithm}:${hex}`,
  }));
  if (listing.developer?.key) pivots.push({ kind: "developer", value: `${listing.source}:${listing.developer.key}` });
  if (icon) pivots.push({ kind: "icon", value: icon });
  if (listing.packageName) pivots.push({ kind: "package", value: listing.packageName });
  return pivots;
}
