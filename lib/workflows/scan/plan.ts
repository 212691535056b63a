import type { BrandProfile } from "../../domain/brand/profile.ts";
import type { Task } from "../../domain/finding/task.ts";
import type { Askable } from "./askable.ts";
import { searchTerms, termKey } from "./terms.ts";

export interface Plan {
  tasks: Task[];
  /** Search questions that the budget left out. */
  dropped: number;
}

/**
 * The questions of one scan to one source: the canary, our own and watched listings by key, our own and watched accounts,
 * then search terms. Brands take turns, each with its most fruitful term first, and a term that several want is asked once.
 */
export function planSource(
  source: Askable,
  brands: readonly BrandProfile[],
  regions: readonly string[],
  budget: number,
): Plan {
  const asked = regionsOf(source.regions, regions);
  const tasks = [
    ...canaryTask(source),
    ...asked
      .slice(0, 1)
      .flatMap((region) => [...listingTasks(source, brands, region), ...developerTasks(source, brands, region)]),
  ];
  if (!source.can.includes("search")) return { tasks, dropped: 0 };
  const terms = shareTerms(brands);
  const kept = terms.slice(0, budget);
  for (const region of asked) tasks.push(...kept.map((term, rank) => searchTask(source.id, term, rank, region)));
  return { tasks, dropped: (terms.length - kept.length) * asked.length };
}

/** A store that knows regions is asked in those the operator chose, or in its first; one that knows none is asked once. */
function regionsOf(offered: readonly string[], wanted: readonly string[]): string[] {
  if (offered.length === 0) return wanted.slice(0, 1);
  const both = wanted.filter((region) => offered.includes(region));
  return both.length > 0 ? both : offered.slice(0, 1);
}

/** The language most people of a region read: Unicode CLDR's likely subtags. */
export function languageOf(region: string): string {
  return new Intl.Locale(`und-${region.toUpperCase()}`).maximize().language ?? "en";
}

export function canaryTask({ id, can, canary }: Askable): Task[] {
  if (!can.includes("search")) return [];
  const { term, region, language, expectKey } = canary;
  const query = { term, region, language };
  return [{ source: id, key: "0canary", kind: "canary", query, subject: expectKey, brands: [] }];
}

function listingTasks({ id, can }: Askable, brands: readonly BrandProfile[], region: string): Task[] {
  if (!can.includes("byId")) return [];
  return subjects(brands, (brand) => [
    ...brand.officialApps.flatMap((app) => app.ids[id] ?? []),
    ...brand.watch.listings.filter((entry) => entry.source === id).map((entry) => entry.key),
  ]).map(([key, who]) => subjectTask(id, "listing", key, who, region));
}

function developerTasks({ id, can }: Askable, brands: readonly BrandProfile[], region: string): Task[] {
  if (!can.includes("byDeveloper")) return [];
  return subjects(brands, (brand) =>
    [...brand.publishers, ...brand.watch.developers].flatMap((entry) => (entry.source === id ? (entry.key ?? []) : [])),
  ).map(([key, who]) => subjectTask(id, "developer", key, who, region));
}

function subjects(brands: readonly BrandProfile[], keysOf: (brand: BrandProfile) => string[]): [string, string[]][] {
  const wanted = new Map<string, string[]>();
  for (const brand of brands) {
    for (const key of new Set(keysOf(brand))) wanted.set(key, [...(wanted.get(key) ?? []), brand.id]);
  }
  return [...wanted];
}

function subjectTask(
  source: string,
  kind: "listing" | "developer",
  subject: string,
  brands: string[],
  region: string,
): Task {
  const order = kind === "listing" ? "1listing" : "2developer";
  const query = { term: subject, region, language: languageOf(region) };
  return { source, key: `${order}#${subject}`, kind, query, subject, brands };
}

function searchTask(source: string, term: SharedTerm, rank: number, region: string): Task {
  const query = { term: term.text, region, language: languageOf(region) };
  const key = `3search#${String(rank).padStart(5, "0")}#${region}#${termKey(term.text)}`;
  return { source, key, kind: "search", query, brands: term.brands };
}

interface SharedTerm {
  text: string;
  brands: string[];
}

function shareTerms(brands: readonly BrandProfile[]): SharedTerm[] {
  const lists = brands.map((brand) => ({ id: brand.id, terms: searchTerms(brand) }));
  const shared = new Map<string, SharedTerm>();
  const longest = Math.max(0, ...lists.map((list) => list.terms.length));
  for (let rank = 0; rank < longest; rank += 1) {
    for (const { id, terms } of lists) {
      const text = terms[rank];
      if (text === undefined) continue;
      const known = shared.get(termKey(text));
      if (known) known.brands.push(id);
      else shared.set(termKey(text), { text, brands: [id] });
    }
  }
  return [...shared.values()];
}
