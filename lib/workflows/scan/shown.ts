import type { FieldChange, ShownField } from "../../domain/finding/event.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { Listing } from "../../domain/listing/listing.ts";

/**
 * What the listing shows differently from when the case last saw it. Only what both sides state is compared, and only
 * within one region: a search hit says less than the details, and a name may be translated, without anything having changed.
 */
export function changesOf(before: Finding, listing: Listing, icon: string | undefined): FieldChange[] {
  if (before.listing.region !== listing.region) return [];
  const then = shown(before.listing, before.icon);
  const now = shown(listing, icon);
  return FIELDS.flatMap((field) => {
    const from = then[field];
    const to = now[field];
    return from !== undefined && to !== undefined && from !== to ? [{ field, from, to }] : [];
  });
}

const FIELDS: readonly ShownField[] = ["name", "icon", "developer", "certificate", "package"];

function shown(listing: Listing, icon: string | undefined): Partial<Record<ShownField, string>> {
  const certificates = listing.certificates?.map(({ algorithm, hex }) => `${algorithm}:${hex}`).sort();
  return {
    name: listing.name,
    icon,
    developer: listing.developer?.key ?? listing.developer?.name,
    certificate: certificates?.length ? certificates.join(" ") : undefined,
    package: listing.packageName,
  };
}

/** Details laid over a search hit: what they state wins, what they leave out stays. */
export function withDetails(hit: Listing, details: Listing): Listing {
  const stated = Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
  const developer = { ...hit.developer, ...details.developer };
  return {
    ...hit,
    ...stated,
    ...(Object.keys(developer).length > 0 ? { developer } : {}),
    region: hit.region ?? details.region,
  };
}
