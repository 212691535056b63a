import { WORD_COUNTS } from "./background.data.ts";

/** What ordinary app names say of a word: whether it may be a coincidence. */

const COUNTS = new Map(WORD_COUNTS.flatMap(([count, words]) => words.split(" ").map((word) => [word, count] as const)));
const WORDS = [...COUNTS.keys()].join(" ");

/** Ordinary app names, of 12,000, that hold this very word. */
export function ordinaryCount(word: string): number {
  return COUNTS.get(word) ?? 0;
}

/**
 * How much a name found inside another word is worth, from 1 (it never occurs there by chance) to 0.1: by the number of
 * ordinary words that hold it. Short strings are inside words of some language even where this stock has none.
 */
export function insideFactor(text: string): number {
  if (text.length <= 3) return 0.1;
  const found = occurrences(text, 9);
  if (found === 0) return text.length === 4 ? 0.75 : 1;
  if (found <= 2) return 0.75;
  return found <= 8 ? 0.4 : 0.1;
}

function occurrences(text: string, most: number): number {
  let found = 0;
  for (let at = WORDS.indexOf(text); at >= 0 && found < most; at = WORDS.indexOf(text, at + 1)) {
    const whole = isEdge(at - 1) && isEdge(at + text.length);
    if (!whole) found += 1;
  }
  return found;
}

function isEdge(at: number): boolean {
  return at < 0 || at >= WORDS.length || WORDS[at] === " ";
}
