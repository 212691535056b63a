import type { BrandProfile } from "../brand/profile.ts";
import type { Listing } from "../listing/listing.ts";
import { matchName, type NameHit, type Prepared, prepare } from "../match/name/match-name.ts";
import { readName } from "../match/name/reading.ts";
import type { Signal } from "../match/signal.ts";
import type { Assessment } from "./assessment.ts";
import { type IndexedBrand, indexBrand } from "./brand-index.ts";
import { filingSignals, identitySignals, packageSignals, publisherSignals } from "./claim-signals.ts";
import { type Icon, iconSignals, textSignals } from "./content-signals.ts";
import { identify } from "./identity.ts";
import { nameSignals } from "./name-signals.ts";
import { RULESET, scoreOf } from "./ruleset.ts";
import { likelyVerdict, provedVerdict } from "./verdict.ts";

export interface AssessContext {
  /** The store checks who uploads. */
  firstParty: boolean;
  icon?: Icon;
}

/**
 * Makes the judge of all brands. It answers what one listing is to each brand that it concerns, highest score first; brands with
 * which it has nothing to do are left out. Pure: the same listing, icon and ruleset give the same answer.
 */
export function createAssessor(
  brands: readonly BrandProfile[],
): (listing: Listing, context: AssessContext) => Assessment[] {
  const indexed = brands.map(indexBrand);
  const longest = Math.max(1, ...indexed.flatMap(({ patterns }) => patterns.map(({ words }) => words.length)));
  return (listing, context) => {
    const name = prepare(readName(listing.name), longest);
    const found = indexed.flatMap((brand) => assessFor(brand, listing, name, context) ?? []);
    return withoutNeighbours(found).sort((a, b) => b.score - a.score || (a.brand < b.brand ? -1 : 1));
  };
}

function assessFor(
  brand: IndexedBrand,
  listing: Listing,
  name: Prepared,
  { firstParty, icon }: AssessContext,
): Assessment | undefined {
  const identity = identify(brand, listing, firstParty);
  const hit = bestHit(brand, name);
  const named = hit !== undefined && (!hit.pattern.ambiguous || hit.coverage === 1);
  const signals: Signal[] = [
    ...identitySignals(identity, listing),
    ...(hit === undefined ? [] : nameSignals(hit)),
    ...packageSignals(brand, listing, identity, name, named),
    ...publisherSignals(brand, listing, identity),
    ...filingSignals(brand, listing, name, named),
    ...textSignals(brand, listing, name, named),
    ...iconSignals(brand, icon),
  ];
  if (signals.length === 0) return undefined;
  const score = scoreOf(signals.map(({ weight }) => weight));
  const verdict = provedVerdict(identity) ?? likelyVerdict(identity, score);
  return { brand: brand.profile.id, verdict, score, signals, ruleset: RULESET.version };
}

/** The find that weighs most as reasons go: a strong name before a weak one. */
function bestHit(brand: IndexedBrand, name: Prepared): NameHit | undefined {
  let best: NameHit | undefined;
  let most = Number.NEGATIVE_INFINITY;
  for (const pattern of brand.patterns) {
    const hit = matchName(pattern, name);
    if (hit === undefined) continue;
    const weight = nameSignals(hit).reduce((sum, one) => sum + one.weight, 0);
    if (weight > most) [best, most] = [hit, weight];
  }
  return best;
}

/** What is proved to belong to one brand, or is clearly named after it, is no impersonation of another that resembles it less. */
function withoutNeighbours(found: Assessment[]): Assessment[] {
  const owner = found.find(({ verdict }) => verdict === "official" || verdict === "unregistered" || verdict === "copy");
  if (owner !== undefined) return found.filter((one) => one === owner || isOwned(one));
  const top = Math.max(0, ...found.map(({ score }) => score));
  return found.filter(({ score, verdict }) => isAlert(verdict) || score >= top * 0.5 || score >= 0.5);
}

function isOwned({ verdict }: Assessment): boolean {
  return verdict === "official" || verdict === "unregistered" || verdict === "copy";
}

function isAlert(verdict: Assessment["verdict"]): boolean {
  return verdict === "repackaged" || verdict === "unproved";
}
