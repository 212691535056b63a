import { compareTwoStrings } from "string-similarity";

/** Longest part of a description that is compared; stores show the first lines, and copies keep them. */
const COMPARED = 2_000;
const SIZE = 12;

function plainText(text: string): string {
  return text
    .slice(0, COMPARED)
    .toLowerCase()
    .replace(/[\s\p{P}]+/gu, "");
}

/** Overlapping pieces of a text: a few of them in common make the full comparison worth its time. */
export function shingles(text: string): ReadonlySet<string> {
  const plain = plainText(text);
  const made = new Set<string>();
  for (let at = 0; at + SIZE <= plain.length; at += 1) made.add(plain.slice(at, at + SIZE));
  return made;
}

/**
 * How far a description repeats an official one, 0 to 1 (Dice coefficient of bigrams, string-similarity); 0 where not even a
 * tenth of sampled pieces are common.
 */
export function copiedShare(description: string, official: { text: string; shingles: ReadonlySet<string> }): number {
  const plain = plainText(description);
  let sampled = 0;
  let common = 0;
  for (let at = 0; at + SIZE <= plain.length; at += SIZE) {
    sampled += 1;
    if (official.shingles.has(plain.slice(at, at + SIZE))) common += 1;
  }
  if (sampled < 4 || common * 10 < sampled) return 0;
  return compareTwoStrings(description.slice(0, COMPARED), official.text.slice(0, COMPARED));
}
