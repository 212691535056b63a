import type { Listing } from "../listing/listing.ts";
import type { Prepared } from "../match/name/match-name.ts";
import { isGeneric } from "../match/name/vocabulary.ts";
import { inNamespace, nearPackage, packageWords } from "../match/package-id.ts";
import type { Signal } from "../match/signal.ts";
import type { IndexedBrand } from "./brand-index.ts";
import { type Identity, isProved } from "./identity.ts";
import { RULESET } from "./ruleset.ts";

const { identity: ID, package: PACKAGE, publisher: PUBLISHER, filing: FILING } = RULESET;

export function identitySignals(identity: Identity, listing: Listing): Signal[] {
  const signals: Signal[] = [];
  const say = (rule: Signal["rule"], weight: number, facts: Signal["facts"] = {}) =>
    signals.push({ rule, weight, facts, evidence: [] });
  if (identity.certificate === "ours") say("identity.certificate-ours", ID.proved);
  if (identity.certificate === "foreign" && identity.ourPackage) {
    say("identity.certificate-foreign", ID.foreignCertificate, { certificate: listing.certificates?.[0]?.hex ?? "" });
  }
  if (identity.publisher === "ours") say("identity.publisher-ours", ID.proved, { key: listing.developer?.key ?? "" });
  if (identity.storeId) say("identity.store-id-ours", ID.proved, { key: listing.key });
  if (identity.partner !== undefined) say("identity.partner", ID.partner, { partner: identity.partner.name });
  if (identity.ourPackage && !isProved(identity)) {
    const other = identity.publisher === "other" || identity.publisherName === "other";
    const weight = ID.ourPackage + (other ? ID.ourPackageOtherPublisher : 0);
    say("identity.package-ours", weight, {
      package: listing.packageName ?? "",
      ...(other ? { publisher: "other" } : {}),
    });
  }
  return signals;
}

export function packageSignals(
  brand: IndexedBrand,
  listing: Listing,
  identity: Identity,
  name: Prepared,
  named: boolean,
): Signal[] {
  const { packageName } = listing;
  if (packageName === undefined || identity.ourPackage) return [];
  const near = nearPackage(packageName, brand.packages);
  if (near?.kind === "extends")
    return [one("package.extends", PACKAGE.extends, { package: packageName, ours: near.ours })];
  if (near !== undefined) {
    const weight = near.edits === 1 ? PACKAGE.near : PACKAGE.far;
    return [one("package.near", weight, { package: packageName, ours: near.ours, edits: near.edits })];
  }
  const space = inNamespace(packageName, brand.profile.namespaces);
  if (space !== undefined) {
    // Our own account uses our namespace: that is an app we have not listed, no squatter.
    const weight = identity.publisherName === "ours" ? 0.5 : PACKAGE.namespace;
    return [one("package.namespace", weight, { package: packageName, namespace: space })];
  }
  return brandToken(brand, packageName, name, named);
}

/** A word of the id that is a name of the brand: a strong one anywhere, a weak one only beside other words of banking. */
function brandToken(brand: IndexedBrand, packageName: string, name: Prepared, named: boolean): Signal[] {
  const words = packageWords(packageName);
  const generic = isGeneric(name.reading);
  for (const pattern of brand.patterns) {
    if (pattern.family !== "latin" || pattern.plain.length < 3) continue;
    const strong = !pattern.ambiguous && pattern.plain.length >= 5;
    const found = words.find(
      (word) => word === pattern.plain || (strong && pattern.inside === 1 && word.includes(pattern.plain)),
    );
    if (found === undefined) continue;
    const weight = tokenWeight(strong, generic, named, /bank|pay|loan|card|wallet/.test(packageName));
    if (weight > 0) return [one("package.brand-token", weight, { package: packageName, word: found })];
  }
  return [];
}

function tokenWeight(strong: boolean, generic: boolean, named: boolean, banking: boolean): number {
  if (named) return PACKAGE.tokenWithName;
  if (strong) return generic ? PACKAGE.tokenGeneric : PACKAGE.token;
  return banking && generic ? PACKAGE.tokenWeak : 0;
}

export function publisherSignals(brand: IndexedBrand, listing: Listing, identity: Identity): Signal[] {
  const signals: Signal[] = [];
  const { developer } = listing;
  if (developer === undefined || identity.publisher === "ours") return signals;
  if (identity.publisherName === "ours" && !identity.ourPackage && !isProved(identity)) {
    signals.push(one("publisher.name-copied", PUBLISHER.nameCopied, { developer: developer.name ?? "" }));
  }
  const contact = `${developer.email ?? ""} ${developer.website ?? ""}`.toLowerCase();
  const domain = brand.profile.domains.find((own) =>
    new RegExp(`(?:^|[@./ ])${literal(own)}(?:$|[/ :?#])`).test(contact),
  );
  if (domain !== undefined) signals.push(one("publisher.contact-ours", PUBLISHER.contactOurs, { domain }));
  return signals;
}

function literal(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, "\\$&");
}

/** Filing numbers say something only beside a name that is ours: most strangers have numbers of their own, rightly. */
export function filingSignals(brand: IndexedBrand, listing: Listing, name: Prepared, named: boolean): Signal[] {
  const own = brand.profile.filing?.number;
  if (own === undefined || name.reading.plain === "") return [];
  if (listing.filingMissing === true) return named ? [one("filing.missing", FILING.missing, {})] : [];
  const shown = listing.filing;
  if (shown === undefined) return [];
  if (organiserOf(shown) === organiserOf(own))
    return named ? [] : [one("filing.ours-elsewhere", FILING.oursElsewhere, { filing: shown })];
  return named ? [one("filing.foreign", FILING.foreign, { filing: shown, ours: own })] : [];
}

/** One organiser has one number; the ending tells its apps apart (京ICP备12345678号-3A). */
function organiserOf(filing: string): string {
  return filing.replace(/\s/g, "").replace(/[-－].*$/u, "");
}

function one(rule: Signal["rule"], weight: number, facts: Signal["facts"]): Signal {
  return { rule, weight, facts, evidence: [] };
}
