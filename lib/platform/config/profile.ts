import type { BrandName, BrandProfile, Publisher, Script } from "../../domain/brand/profile.ts";
import { type Digest, parseDigest } from "../../kernel/digest.ts";
import type { BrandEntry } from "./schema.ts";

/** A brand of the file as the domain knows it; its icons are read separately. */
export function profileOf(entry: BrandEntry): BrandProfile {
  const names = [
    ...entry.names.map((name) => nameOf(name, "name")),
    ...entry.aliases.map((name) => nameOf(name, "alias")),
  ];
  return {
    id: entry.id,
    title: entry.title ?? names[0]?.text ?? entry.id,
    country: entry.country.toLowerCase(),
    names,
    icons: [],
    officialApps: entry.apps.map(({ platform, package: packageName, name, stores, description }) => ({
      platform,
      packageName,
      name,
      ids: stores,
      description,
    })),
    publishers: entry.publishers.map(publisherOf),
    certificates: digestsOf(entry.certificates),
    namespaces: entry.namespaces,
    domains: entry.domains.map((domain) => domain.toLowerCase()),
    filing: entry.filing,
    trademarks: entry.trademarks,
    papers: entry.papers,
    partners: entry.partners.map((party) => ({
      name: party.name,
      packages: party.packages,
      publishers: party.publishers.map(publisherOf),
      certificates: digestsOf(party.certificates),
    })),
    searchTerms: entry.searchTerms,
    watch: { listings: entry.watch.listings.map(placeOf), developers: entry.watch.developers.map(placeOf) },
    contact: entry.contact,
  };
}

function nameOf(name: BrandEntry["names"][number], role: BrandName["role"]): BrandName {
  const { text, script, distinctive } =
    typeof name === "string" ? { text: name, script: undefined, distinctive: undefined } : name;
  return { text, script: script ?? scriptOf(text), distinctive: distinctive ?? true, role };
}

const SCRIPTS: [RegExp, Script][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "Jpan"],
  [/\p{Script=Hangul}/u, "Hang"],
  [/\p{Script=Han}/u, "Hans"],
  [/\p{Script=Cyrillic}/u, "Cyrl"],
  [/\p{Script=Arabic}/u, "Arab"],
  [/\p{Script=Thai}/u, "Thai"],
  [/\p{Script=Devanagari}/u, "Deva"],
  [/\p{Script=Latin}/u, "Latn"],
];

function scriptOf(text: string): Script {
  return SCRIPTS.find(([letters]) => letters.test(text))?.[1] ?? "Other";
}

function publisherOf({ store, name, key }: { store: string; name?: string; key?: string }): Publisher {
  return { source: store, name, key };
}

function placeOf({ store, key }: { store: string; key: string }): { source: string; key: string } {
  return { source: store, key };
}

function digestsOf(texts: readonly string[]): Digest[] {
  return texts.flatMap((text) => parseDigest(text) ?? []);
}
