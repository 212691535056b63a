import type { Random } from "./random.ts";
import type { Han } from "./words.ts";
import { HAN_FIRST, HAN_SECOND } from "./words.ts";

/** Ways to write a name so that people read it and machines do not. Each changes at least one character. */

const CYRILLIC: Record<string, string> = {
  a: "а",
  c: "с",
  e: "е",
  o: "о",
  p: "р",
  x: "х",
  y: "у",
  i: "і",
  s: "ѕ",
  h: "һ",
  A: "А",
  B: "В",
  C: "С",
  E: "Е",
  H: "Н",
  K: "К",
  M: "М",
  O: "О",
  P: "Р",
  T: "Т",
  X: "Х",
};
const LEET: Record<string, string> = { a: "4", e: "3", i: "1", o: "0", s: "5", l: "1", t: "7", b: "8", g: "9" };
const LIGATURES: [RegExp, string][] = [
  [/m/, "rn"],
  [/rn/, "m"],
  [/w/, "vv"],
  [/d/, "cl"],
  [/cl/, "d"],
];
const KEYBOARD: Record<string, string> = {
  a: "s",
  b: "v",
  c: "x",
  d: "f",
  e: "r",
  f: "g",
  g: "h",
  h: "j",
  i: "o",
  j: "k",
  k: "l",
  l: "k",
  m: "n",
  n: "m",
  o: "p",
  p: "o",
  q: "w",
  r: "t",
  s: "d",
  t: "y",
  u: "i",
  v: "b",
  w: "e",
  x: "z",
  y: "u",
  z: "x",
};

/** Traditional form of the names this world makes. */
const TRADITIONAL = new Map<string, string>([
  ...[...HAN_FIRST, ...HAN_SECOND].map(([simple, , traditional]: Han) => [simple, traditional] as const),
  ["银", "銀"],
]);

function replaceSome(text: string, map: Record<string, string>, random: Random, most: number): string {
  const places = random.shuffled([...text].map((_, i) => i).filter((i) => map[[...text][i] ?? ""])).slice(0, most);
  return [...text].map((char, i) => (places.includes(i) ? (map[char] ?? char) : char)).join("");
}

export function homoglyph(text: string, random: Random): string {
  return replaceSome(text, CYRILLIC, random, 2);
}

export function leet(text: string, random: Random): string {
  return replaceSome(text, LEET, random, 1);
}

/** A zero-width space inside every word. */
export function zeroWidth(text: string): string {
  return text
    .split(" ")
    .map((word) => insertAt(word, Math.ceil([...word].length / 2), "\u200b"))
    .join(" ");
}

export function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}

/** rn for m and the like: the first pair the name offers, undefined where it offers none. */
export function ligature(text: string): string | undefined {
  const found = LIGATURES.find(([from]) => from.test(text));
  return found ? text.replace(found[0], found[1]) : undefined;
}

function insertAt(word: string, place: number, extra: string): string {
  const chars = [...word];
  return [...chars.slice(0, place), extra, ...chars.slice(place)].join("");
}

/** Rewrites the longest word, never its first letter: people read a word by its ends. */
function inLongestWord(text: string, rewrite: (word: string) => string): string {
  const longest = text.split(" ").reduce((a, b) => (b.length > a.length ? b : a));
  return text.replace(longest, rewrite(longest));
}

export function typoDelete(text: string, random: Random): string {
  return inLongestWord(text, (word) => {
    const place = random.int(2, word.length - 2);
    return word.slice(0, place) + word.slice(place + 1);
  });
}

export function typoTranspose(text: string, random: Random): string {
  return inLongestWord(text, (word) => {
    const places = [...word].map((_, i) => i).filter((i) => i > 1 && i < word.length - 1 && word[i] !== word[i + 1]);
    const place = random.pick(places);
    return `${word.slice(0, place)}${word[place + 1]}${word[place]}${word.slice(place + 2)}`;
  });
}

export function typoKeyboard(text: string, random: Random): string {
  return inLongestWord(text, (word) => {
    const place = random.int(2, word.length - 2);
    return word.slice(0, place) + (KEYBOARD[word[place] ?? ""] ?? "x") + word.slice(place + 1);
  });
}

export function spaced(text: string): string {
  return [...text.replaceAll(" ", "")].join(" ");
}

export function punctuated(text: string, mark: string): string {
  return text
    .split(" ")
    .map((word) => [...word].join(mark))
    .join(" ");
}

export function traditional(text: string): string {
  return [...text].map((char) => TRADITIONAL.get(char) ?? char).join("");
}

/** 澄江银行 -> 澄J银行: the second character gives way to the initial of its sound. */
export function latinInitial(text: string, pinyinOfSecond: string): string {
  const [first, , ...rest] = [...text];
  return `${first}${(pinyinOfSecond[0] ?? "x").toUpperCase()}${rest.join("")}`;
}
