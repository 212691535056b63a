import type { Listing } from "../listing/listing.ts";
import { matchIcon } from "../match/icon/match-icon.ts";
import { iconWeight } from "../match/icon/weights.ts";
import type { Prepared } from "../match/name/match-name.ts";
import { readName } from "../match/name/reading.ts";
import { explain, isGeneric } from "../match/name/vocabulary.ts";
import type { Signal } from "../match/signal.ts";
import { copiedShare } from "../match/text.ts";
import type { IndexedBrand } from "./brand-index.ts";
import { RULESET } from "./ruleset.ts";

const { text: TEXT, lure: LURE, icon: ICON } = RULESET;

export interface Icon {
  sha256: string;
  phash?: string;
}

export function iconSignals(brand: IndexedBrand, icon: Icon | undefined): Signal[] {
  const match = icon === undefined ? undefined : matchIcon(icon, brand.profile.icons);
  if (icon === undefined || match === undefined) return [];
  const evidence = [...new Set([icon.sha256, match.reference.sha256])];
  if (match.kind === "identical") return [{ rule: "icon.identical", weight: ICON.identical, facts: {}, evidence }];
  const facts = { distance: match.distance, of: 256 };
  return [{ rule: "icon.similar", weight: iconWeight(match.distance), facts, evidence }];
}

/** Longest part of a description that is read for lures and claims. */
const READ = 2_000;
const OFFICIAL = /official|oficial|offiziell|officiel|resmi|官方/iu;

/** What the description says of the brand: copied from ours, or claiming to be ours. `named`: the app's name already shows the brand. */
export function textSignals(brand: IndexedBrand, listing: Listing, name: Prepared, named: boolean): Signal[] {
  const text = listing.description?.slice(0, READ);
  if (text === undefined || text === "") return [];
  const copied = Math.max(0, ...brand.texts.map((official) => copiedShare(text, official)));
  if (copied >= 0.7) return [one("text.copied", TEXT.copied, { share: Math.round(copied * 100) / 100 })];
  const sentence = sentenceWithBrand(brand, text);
  if (sentence === undefined) return [];
  const signals: Signal[] = [];
  const lures = luresIn(sentence);
  if (OFFICIAL.test(sentence)) {
    const generic = !named && isGeneric(name.reading);
    signals.push(
      one("text.claims-official", generic ? TEXT.claimsOfficialGeneric : TEXT.claimsOfficial, {
        text: sentence.slice(0, 120),
      }),
    );
  }
  if (lures.length >= 2) signals.push(one("lure.text", LURE.text, { words: lures.slice(0, 6).join(" ") }));
  return signals;
}

/** The sentence that names the brand strongly; its neighbours may speak of anything. */
function sentenceWithBrand(brand: IndexedBrand, text: string): string | undefined {
  const strong = brand.patterns.filter((pattern) => !pattern.ambiguous && pattern.plain.length >= 3);
  const lower = text.toLowerCase();
  if (!strong.some(({ words }) => words.every((word) => lower.includes(word)))) return undefined;
  return text.split(/[.!?。！？\n]+/u).find((sentence) => {
    const { plain, skeleton } = readName(sentence);
    return strong.some((pattern) => (pattern.family === "latin" ? skeleton : plain).includes(pattern.plain));
  });
}

function luresIn(sentence: string): string[] {
  const reading = readName(sentence);
  return [...new Set(reading.words.flatMap(({ from, to }) => explain(reading.plain.slice(from, to)).lure))];
}

function one(rule: Signal["rule"], weight: number, facts: Signal["facts"]): Signal {
  return { rule, weight, facts, evidence: [] };
}
