import { ordinaryCount } from "./background.ts";
import { editDistance, letterMask, masksDiffer } from "./distance.ts";
import type { Pattern } from "./pattern.ts";
import type { Disguise, Reading } from "./reading.ts";
import type { Shape } from "./shape.ts";
import { latinClass } from "./vocabulary.ts";

/** Where a pattern was found in a reading, and what stood between it and its plain form. */
export interface Find {
  /** Places in the reading's `plain`; `to` is not in it. */
  from: number;
  to: number;
  how: "letters" | "edits" | "order" | "sound";
  /** Letters edited or replaced. */
  edits: number;
  disguises: Disguise[];
}

/** The text of a reading that a pattern is compared with. */
export function viewFor(pattern: Pattern, reading: Reading): string {
  return pattern.family === "latin" ? reading.skeleton : reading.plain;
}

/** Every place where the letters of the pattern stand, disguised or not. */
export function findLetters(pattern: Pattern, reading: Reading): Find[] {
  const view = viewFor(pattern, reading);
  const finds: Find[] = [];
  for (let at = view.indexOf(pattern.plain); at >= 0; at = view.indexOf(pattern.plain, at + 1)) {
    const to = at + pattern.plain.length;
    finds.push({ from: at, to, how: "letters", edits: 0, disguises: disguisesIn(pattern, reading, at, to) });
    if (finds.length >= 4) break;
  }
  return finds;
}

/** Disguises of a range, but those that the brand's own name has too. */
function disguisesIn(pattern: Pattern, reading: Reading, from: number, to: number): Disguise[] {
  const found = new Set<Disguise>();
  for (const disguise of reading.disguises.slice(from, to)) {
    if (disguise === undefined) continue;
    // A name written wholly in another script is a translation, not a disguise.
    if (disguise === "look-alike" && pattern.family !== "latin") continue;
    found.add(disguise);
  }
  if (isSpelt(reading, from, to, pattern)) found.add("spaced");
  return [...found];
}

/** "N o r t h": three or more words within the find that begin where the pattern's do not. */
function isSpelt(reading: Reading, from: number, to: number, pattern: Pattern): boolean {
  const breaks = reading.words.filter((word) => word.from > from && word.from < to).length;
  return breaks - (pattern.words.length - 1) >= (pattern.plain.length <= 3 ? pattern.plain.length - 1 : 2);
}

/** The pattern written with digits for letters, or with pairs that run together. Short patterns must stand as words. */
export function findShape(pattern: Pattern, reading: Reading, shape: Shape): Find | undefined {
  if (pattern.family !== "latin") return undefined;
  const at = shape.text.indexOf(pattern.shape);
  if (at < 0) return undefined;
  const from = shape.at[at] ?? 0;
  const to = shape.at[at + pattern.shape.length] ?? reading.skeleton.length;
  const written = reading.skeleton.slice(from, to);
  if (written === pattern.plain) return undefined;
  const leet = /[0-9$@!]/.test(written) && !/[0-9]/.test(pattern.plain);
  return { from, to, how: "letters", edits: 0, disguises: [leet ? "leet" : "ligature"] };
}

interface Window {
  from: number;
  to: number;
  text: string;
  mask: number;
  known: boolean;
}

/** Runs of one to `most` words, with what a comparison needs of each; made once for all patterns. */
export function windowsOf(reading: Reading, view: string, most: number): Window[][] {
  const words = reading.words.slice(0, 24);
  const known = words.map(({ from, to }) => isKnown(view.slice(from, to)));
  return Array.from({ length: most }, (_, extra) =>
    words.slice(0, Math.max(0, words.length - extra)).map(({ from }, index) => {
      const to = words[index + extra]?.to ?? from;
      const text = view.slice(from, to);
      return { from, to, text, mask: letterMask(text), known: known.slice(index, index + extra + 1).every(Boolean) };
    }),
  );
}

function isKnown(word: string): boolean {
  return latinClass(word) !== undefined || ordinaryCount(word) > 0 || word.length <= 2;
}

/** The run of words that is the pattern with the fewest letters changed; words that people use are no misspellings. */
export function findEdits(pattern: Pattern, windows: Window[][]): Find | undefined {
  const count = pattern.words.length;
  const allowed = Math.max(pattern.edits, count > 1 && pattern.plain.length >= 6 ? 1 : 0);
  if (allowed === 0 || pattern.ambiguous) return undefined;
  let best: Find | undefined;
  for (let size = Math.max(1, count - 1); size <= count + 1; size += 1) {
    for (const window of windows[size - 1] ?? []) {
      if (Math.abs(window.text.length - pattern.plain.length) > allowed) continue;
      if (masksDiffer(window.mask, pattern.mask) > 2 * allowed) continue;
      const whole = keepsCore(pattern, window.text) && size > 1;
      if (!whole && (window.known || pattern.edits === 0)) continue;
      const most = (best?.edits ?? (whole ? allowed : pattern.edits) + 1) - 1;
      const edits = editDistance(pattern.plain, window.text, most);
      if (edits === 0 || edits > most) continue;
      best = { from: window.from, to: window.to, how: "edits", edits, disguises: [] };
    }
  }
  return best;
}

/** "Anz Bnk": the telling part stands as it is, and only a word of banking is misspelt. */
function keepsCore(pattern: Pattern, text: string): boolean {
  return pattern.core.length >= 3 && (text.startsWith(pattern.core) || text.endsWith(pattern.core));
}

/** All words of a name of several, in another order. */
export function findOrder(pattern: Pattern, reading: Reading): Find | undefined {
  if (pattern.words.length < 2 || pattern.core.length < 4 || pattern.family !== "latin") return undefined;
  const placed = pattern.words.map((word) =>
    reading.words.find(({ from, to }) => reading.skeleton.slice(from, to) === word),
  );
  if (placed.some((place) => place === undefined)) return undefined;
  const places = placed.flatMap((place) => place ?? []);
  const from = Math.min(...places.map((place) => place.from));
  const to = Math.max(...places.map((place) => place.to));
  return { from, to, how: "order", edits: 0, disguises: [] };
}
