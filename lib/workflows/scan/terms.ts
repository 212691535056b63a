import type { BrandName, BrandProfile } from "../../domain/brand/profile.ts";

/**
 * The words worth asking a store for, most fruitful first: what customers type (names, then short forms), the words of a
 * running campaign, then what impersonators add, then how they misspell. Names that prove nothing alone are asked with a
 * word of banking beside them, because the bare word would fill the store's few hits with strangers.
 */
export function searchTerms(brand: BrandProfile): string[] {
  const names = brand.names.filter((name) => name.role === "name");
  const aliases = brand.names.filter((name) => name.role === "alias");
  return distinct([
    ...names.flatMap(plain),
    ...aliases.flatMap(plain),
    ...brand.searchTerms,
    ...[...names, ...aliases].flatMap(withLure),
    ...names.flatMap(leadingWord),
    ...[...names, ...aliases].flatMap(respelled),
  ]);
}

const LURES = { Latn: ["rewards", "loan"], Hans: ["贷款", "客服"] } as const;
const CONTEXT = { Latn: "bank", Hans: "银行" } as const;

/** How names are miswritten most often, by what the store's own search still finds: joined words and look-alike letters. */
const RESPELLINGS: [RegExp, string][] = [
  [/m/, "rn"],
  [/o/, "0"],
  [/[il]/, "1"],
  [/a/, "а"], // Cyrillic
];

function plain(name: BrandName): string[] {
  if (name.distinctive) return [name.text];
  return [hasContext(name) ? name.text : joinWords(name, contextWord(name)), name.text];
}

function withLure(name: BrandName): string[] {
  return LURES[family(name)].map((lure) => joinWords(name, lure));
}

/** "Northwind" for "Northwind Harbor Bank": fakes keep the word people recognise. */
function leadingWord(name: BrandName): string[] {
  const words = name.text.split(/\s+/);
  const first = words[0];
  return name.distinctive && words.length > 1 && first !== undefined && first.length >= 6 ? [first] : [];
}

function respelled(name: BrandName): string[] {
  if (family(name) !== "Latn" || !name.distinctive) return [];
  const lower = name.text.toLowerCase();
  const joined = lower.includes(" ") ? [lower.replaceAll(" ", "")] : [];
  return [
    ...joined,
    ...RESPELLINGS.map(([letter, look]) => lower.replace(letter, look)).filter((text) => text !== lower),
  ];
}

function family(name: BrandName): "Latn" | "Hans" {
  return name.script === "Hans" || name.script === "Hant" ? "Hans" : "Latn";
}

function contextWord(name: BrandName): string {
  return CONTEXT[family(name)];
}

function hasContext(name: BrandName): boolean {
  return name.text.toLowerCase().includes(contextWord(name));
}

function joinWords(name: BrandName, word: string): string {
  return family(name) === "Hans" ? name.text + word : `${name.text} ${word}`;
}

function distinct(terms: string[]): string[] {
  const seen = new Set<string>();
  return terms
    .map((term) => term.trim())
    .filter((term) => {
      const key = termKey(term);
      if (key === "" || seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

/** Two terms with one key are one question to a store. */
export function termKey(term: string): string {
  return term.toLowerCase().replace(/\s+/g, " ").trim();
}
