import type { AllowedParty } from "../brand/profile.ts";
import type { Listing } from "../listing/listing.ts";
import { readName } from "../match/name/reading.ts";
import type { IndexedBrand } from "./brand-index.ts";

/** What ties a listing to a brand, and how hard it is to forge. */
export interface Identity {
  /** `ours` and `foreign` only where store and profile name certificates by the same algorithm. */
  certificate: "ours" | "foreign" | "unknown";
  /** By the key the store gave; `other` only where we know our own key there. */
  publisher: "ours" | "other" | "unknown";
  /** A first-party store shows it under the id our inventory has there. */
  storeId: boolean;
  /** Its package is in the inventory. */
  ourPackage: boolean;
  /** The inventory has this very listing. */
  inInventory: boolean;
  publisherName: "ours" | "other" | "unknown";
  partner?: AllowedParty;
}

export function identify(brand: IndexedBrand, listing: Listing, firstParty: boolean): Identity {
  const { profile } = brand;
  const listed = profile.officialApps.some((app) => app.ids[listing.source] === listing.key);
  const packageName = listing.packageName?.toLowerCase();
  return {
    certificate: certificateOf(listing, brand.certificates),
    publisher: publisherOf(brand, listing),
    storeId: listed && firstParty,
    ourPackage: packageName !== undefined && brand.packages.some((own) => own.toLowerCase() === packageName),
    inInventory: listed,
    publisherName: publisherNameOf(brand, listing),
    partner: profile.partners.find((party) => isPartner(party, listing, firstParty)),
  };
}

/** Proved by something that cannot be copied: a certificate, a key the store issued, or its own id for our app. */
export function isProved(identity: Identity): boolean {
  if (identity.certificate === "foreign" && !identity.storeId) return false;
  return identity.certificate === "ours" || identity.publisher === "ours" || identity.storeId;
}

function certificateOf(listing: Listing, ours: ReadonlySet<string>): Identity["certificate"] {
  const stated = listing.certificates ?? [];
  if (stated.some(({ algorithm, hex }) => ours.has(`${algorithm}:${hex}`))) return "ours";
  const comparable = stated.some(({ algorithm }) => [...ours].some((own) => own.startsWith(`${algorithm}:`)));
  return comparable ? "foreign" : "unknown";
}

function publisherOf({ profile }: IndexedBrand, listing: Listing): Identity["publisher"] {
  const keys = profile.publishers.flatMap(({ source, key }) =>
    source === listing.source && key !== undefined ? [key] : [],
  );
  const shown = listing.developer?.key;
  if (shown === undefined || keys.length === 0) return "unknown";
  return keys.includes(shown) ? "ours" : "other";
}

function publisherNameOf(brand: IndexedBrand, listing: Listing): Identity["publisherName"] {
  const shown = listing.developer?.name;
  if (shown === undefined || shown === "" || brand.publisherNames.size === 0) return "unknown";
  return brand.publisherNames.has(readName(shown).plain) ? "ours" : "other";
}

/** A package alone proves a partner only where the store checks who owns it. */
function isPartner(party: AllowedParty, listing: Listing, firstParty: boolean): boolean {
  const signed = (listing.certificates ?? []).some((one) =>
    party.certificates.some((own) => own.algorithm === one.algorithm && own.hex === one.hex),
  );
  const published = party.publishers.some(
    ({ source, key }) => source === listing.source && key !== undefined && key === listing.developer?.key,
  );
  const named = firstParty && listing.packageName !== undefined && party.packages.includes(listing.packageName);
  return signed || published || named;
}
