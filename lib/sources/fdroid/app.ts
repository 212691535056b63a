import { LIMITS } from "../../domain/listing/listing.ts";
import { cleanText } from "../parse.ts";
import type { JsonLeaf } from "./walk-json.ts";

/** Texts by locale, e.g. `en-US`; a Map, because the locales are an attacker's texts too. */
type Localized = Map<string, string>;

/** One published APK. */
export interface Version {
  code: number;
  name?: string;
  /** Path below the repository. */
  file?: string;
  added?: number;
  /** SHA-256 of the signing certificates, as the index writes them. */
  signers: string[];
}

/** What has been read of an app so far. */
export interface Draft {
  names: Localized;
  summaries: Localized;
  descriptions: Localized;
  /** Paths below the repository. */
  icons: Localized;
  facts: Map<string, JsonLeaf>;
  version?: Version;
}

/** One app as an index describes it, with no more than a listing and a search need. */
export interface App {
  packageName: string;
  /** Distinct names with their locales, the one most people see first. */
  names: { locale: string; text: string }[];
  description?: string;
  icon?: string;
  author?: string;
  email?: string;
  website?: string;
  added?: number;
  updated?: number;
  version?: Version;
  /** What a search looks through: names, summaries and package name, folded, one a line. */
  text: string;
  /** The names alone, folded, without anything between their letters and digits. */
  squeezed: string;
}

const MOST_LOCALES = 100;
const MOST_SIGNERS = 8;
const LONGEST_DESCRIPTION = 4_000;
const LONGEST_SUMMARY = 200;
const LONGEST_TEXT = 6_000;

export function newDraft(): Draft {
  return { names: new Map(), summaries: new Map(), descriptions: new Map(), icons: new Map(), facts: new Map() };
}

export const noteName = (draft: Draft, locale: string, value: JsonLeaf) =>
  note(draft.names, locale, value, LIMITS.name);
export const noteSummary = (draft: Draft, locale: string, value: JsonLeaf) =>
  note(draft.summaries, locale, value, LONGEST_SUMMARY);
export const noteDescription = (draft: Draft, locale: string, value: JsonLeaf) =>
  note(draft.descriptions, locale, value, LONGEST_DESCRIPTION);
export const noteIcon = (draft: Draft, locale: string, value: JsonLeaf) =>
  note(draft.icons, locale, value, LIMITS.short);

function note(texts: Localized, locale: string, value: JsonLeaf, max: number): void {
  const text = cleanText(value, max);
  if (text !== undefined && texts.size < MOST_LOCALES) texts.set(locale.slice(0, 40), text);
}

export function noteFact(draft: Draft, name: string, value: JsonLeaf): void {
  draft.facts.set(name, typeof value === "string" ? (cleanText(value, LIMITS.url) ?? null) : value);
}

export function noteSigner(version: Version, value: JsonLeaf): void {
  if (typeof value === "string" && version.signers.length < MOST_SIGNERS) version.signers.push(value.slice(0, 128));
}

/** The version a phone would install: the newest; of two alike the one by the signer whom the repository prefers. */
export function newerOf(known: Version | undefined, next: Version, preferred?: JsonLeaf): Version {
  if (known === undefined || next.code > known.code) return next;
  const prefersNext = next.code === known.code && next.signers.some((signer) => signer === preferred);
  return prefersNext ? next : known;
}

/** Text as it is compared: compatibility forms and case folded, accents taken off. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}

/** Folded text without anything between its letters and digits. */
export function squeeze(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}\n]+/gu, "");
}

/** What is kept of an app. An app without a name is called by its package, as the client does. */
export function appOf(packageName: string, { names, summaries, descriptions, icons, facts, version }: Draft): App {
  const called = distinct(names);
  const shown = called.length > 0 ? called : [{ locale: "", text: packageName }];
  const folded = fold(shown.map(({ text }) => text).join("\n"));
  const words = [folded, packageName.toLowerCase(), fold([...new Set(summaries.values())].join("\n"))];
  return {
    packageName,
    names: shown,
    description: plainest(descriptions) ?? plainest(summaries),
    icon: plainest(icons),
    author: textFact(facts, "authorName"),
    email: textFact(facts, "authorEmail"),
    website: textFact(facts, "authorWebSite") ?? textFact(facts, "webSite"),
    added: numberFact(facts, "added"),
    updated: numberFact(facts, "lastUpdated"),
    version,
    text: words.join("\n").slice(0, LONGEST_TEXT),
    squeezed: squeeze(folded).slice(0, LONGEST_TEXT),
  };
}

const FIRST_LOCALES = ["en-US", "en", "en-GB"];

function plainest(texts: Localized): string | undefined {
  const locale = FIRST_LOCALES.find((one) => texts.has(one));
  return locale === undefined ? texts.values().next().value : texts.get(locale);
}

function distinct(names: Localized): App["names"] {
  const first = plainest(names);
  const seen = new Set<string>();
  return [...names]
    .map(([locale, text]) => ({ locale, text }))
    .sort((a, b) => Number(b.text === first) - Number(a.text === first))
    .filter(({ text }) => !seen.has(text) && seen.add(text));
}

function textFact(facts: Draft["facts"], name: string): string | undefined {
  const value = facts.get(name);
  return typeof value === "string" ? value : undefined;
}

function numberFact(facts: Draft["facts"], name: string): number | undefined {
  const value = facts.get(name);
  return typeof value === "number" ? value : undefined;
}
