import type { Sha256 } from "../evidence/evidence.ts";
import type { Listing } from "../listing/listing.ts";
import type { SignalRule } from "../match/signal.ts";
import type { Finding } from "./finding.ts";

/** Values that tie findings together into campaigns. */
export type PivotKind = "certificate" | "developer" | "icon" | "package";

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

/** Where the value is the bank's own, every fake that copies it has it, and it says nothing of who made this one. */
const OURS: Partial<Record<PivotKind, SignalRule>> = {
  certificate: "identity.certificate-ours",
  developer: "identity.publisher-ours",
  icon: "icon.identical",
  package: "identity.package-ours",
};

/** What may tie a finding to others of the same makers. */
export function tellingPivots({ listing, icon, assessment }: Finding): Pivot[] {
  const rules = new Set(assessment.signals.map(({ rule }) => rule));
  return pivotsOf(listing, icon).filter(({ kind }) => {
    const ours = OURS[kind];
    return ours === undefined || !rules.has(ours);
  });
}
