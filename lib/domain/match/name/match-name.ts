import { type Find, findEdits, findLetters, findOrder, findShape, viewFor, windowsOf } from "./find.ts";
import { findSound } from "./find-han.ts";
import type { Pattern } from "./pattern.ts";
import type { Disguise, Reading, Word } from "./reading.ts";
import { shapeOf } from "./shape.ts";
import { type Explained, explain } from "./vocabulary.ts";

/** A name of a brand, found in the name of an app. */
export interface NameHit {
  pattern: Pattern;
  find: Find;
  /** The part of the original that was read as the name. */
  shown: string;
  /** The app is called so and nothing else. */
  whole: boolean;
  /** Likeness of the found part itself, 0 to 1: how it stands among its neighbours, how much was changed. */
  likeness: number;
  /** Share of the other letters of the name that words of banking, lures, regions and fillers account for; 1 when there are none. */
  coverage: number;
  finance: string[];
  lure: string[];
  disguises: Disguise[];
}

/** What several patterns need of one name, made once. */
export interface Prepared {
  reading: Reading;
  shape: ReturnType<typeof shapeOf>;
  latin: ReturnType<typeof windowsOf>;
  other: ReturnType<typeof windowsOf>;
}

export function prepare(reading: Reading, longestPattern: number): Prepared {
  const most = longestPattern + 1;
  const latin = windowsOf(reading, reading.skeleton, most);
  const other = reading.skeleton === reading.plain ? latin : windowsOf(reading, reading.plain, most);
  return { reading, shape: shapeOf(reading.skeleton), latin, other };
}

/** The best find of one pattern in one name, or nothing. */
export function matchName(pattern: Pattern, name: Prepared): NameHit | undefined {
  const { reading } = name;
  if (reading.plain.length === 0) return undefined;
  let best: NameHit | undefined;
  for (const find of findsOf(pattern, name)) {
    const hit = hitOf(pattern, reading, find);
    if (hit !== undefined && (best === undefined || worthOf(hit) > worthOf(best))) best = hit;
  }
  return best;
}

function worthOf(hit: NameHit): number {
  return hit.likeness * (0.5 + 0.5 * hit.coverage);
}

function findsOf(pattern: Pattern, name: Prepared): Find[] {
  const letters = findLetters(pattern, name.reading);
  if (letters.length > 0) return letters;
  const others =
    pattern.family === "han"
      ? [findSound(pattern, name.reading)]
      : [
          findShape(pattern, name.reading, name.shape),
          findEdits(pattern, pattern.family === "latin" ? name.latin : name.other),
          findOrder(pattern, name.reading),
        ];
  return others.filter((find) => find !== undefined);
}

function hitOf(pattern: Pattern, reading: Reading, find: Find): NameHit | undefined {
  const rest = surroundings(pattern, reading, find);
  const likeness = pattern.family === "han" ? hanLikeness(pattern, find) : latinLikeness(pattern, find, rest);
  if (likeness < 0.05) return undefined;
  const last = reading.at[find.to - 1] ?? 0;
  return {
    pattern,
    find,
    shown: reading.original.slice(reading.at[find.from] ?? 0, last + 1),
    whole: find.from === 0 && find.to === reading.plain.length,
    likeness,
    coverage: rest.coverage,
    finance: rest.finance,
    lure: rest.lure,
    disguises: find.disguises,
  };
}

interface Surroundings {
  coverage: number;
  finance: string[];
  lure: string[];
  /** The find begins and ends where words do, or its neighbours are words of their own glued on. */
  stands: boolean;
  /** It begins or ends inside a word and runs over into another. */
  straddles: boolean;
}

function surroundings(pattern: Pattern, reading: Reading, find: Find): Surroundings {
  const view = viewFor(pattern, reading);
  const total: Explained & { all: number } = { letters: 0, all: 0, finance: [], lure: [] };
  const glued = { count: 0, explained: true };
  for (const word of reading.words) {
    for (const part of outside(word, find)) {
      const text = view.slice(part.from, part.to);
      const said = explain(text);
      total.letters += said.letters;
      total.all += text.length;
      total.finance.push(...said.finance);
      total.lure.push(...said.lure);
      if (part.to - part.from < word.to - word.from) {
        glued.count += 1;
        glued.explained &&= said.letters === text.length;
      }
    }
  }
  const crosses = reading.words.some((word) => word.from > find.from && word.from < find.to);
  return {
    coverage: total.all === 0 ? 1 : total.letters / total.all,
    finance: total.finance,
    lure: total.lure,
    // "Banking" is no "ING" with a bank before it: short weak names must stand between real breaks.
    stands: glued.count === 0 || (glued.explained && !(pattern.ambiguous && pattern.plain.length <= 4)),
    straddles: crosses && glued.count > 0 && !glued.explained,
  };
}

function outside(word: Word, find: { from: number; to: number }): Word[] {
  if (word.to <= find.from || word.from >= find.to) return [word];
  const parts: Word[] = [];
  if (word.from < find.from) parts.push({ from: word.from, to: find.from });
  if (word.to > find.to) parts.push({ from: find.to, to: word.to });
  return parts;
}

function latinLikeness(pattern: Pattern, find: Find, rest: Surroundings): number {
  const place = rest.straddles ? 0.1 : rest.stands ? 1 : pattern.inside;
  if (find.how === "order") return 0.8;
  if (find.how === "letters") {
    // Shapes of short names are in many words: they must stand alone.
    if (find.disguises.includes("ligature") && pattern.plain.length < 5 && !rest.stands) return 0;
    return place;
  }
  const shortName = pattern.words.length === 1 && pattern.plain.length <= 6;
  const context = rest.finance.length + rest.lure.length > 0;
  if (shortName) return context ? 0.6 : 0.35;
  return (find.edits === 1 ? 0.9 : 0.8) * (rest.coverage === 1 || pattern.words.length > 1 ? 1 : 0.85);
}

function hanLikeness(pattern: Pattern, find: Find): number {
  if (find.how === "letters") return 1;
  if (pattern.plain.length >= 4) return find.edits === 1 ? 0.9 : 0.75;
  return 0.7;
}
