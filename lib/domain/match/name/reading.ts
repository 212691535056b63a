import { CONFUSABLES } from "./confusables.data.ts";
import { simplified } from "./han.ts";

/** How a letter was made to look different from what it says. */
export type Disguise =
  | "invisible"
  | "look-alike"
  | "styled"
  | "spaced"
  | "leet"
  | "ligature"
  | "traditional"
  | "marked";

/** Part of the compact text that a reader takes as one word; units are places in `plain`, the end is not in it. */
export interface Word {
  from: number;
  to: number;
}

/**
 * A name as a person reads it. `plain` holds its letters and digits without anything between them, lower-case, compatibility
 * forms folded, marks off, Chinese simplified; one UTF-16 unit for each letter. `skeleton` is the same with letters of other
 * scripts that look Latin read as Latin, place by place. `at` gives for each place the index in the original.
 */
export interface Reading {
  original: string;
  plain: string;
  skeleton: string;
  at: number[];
  words: Word[];
  disguises: (Disguise | undefined)[];
}

/** Longest name that is read; stores allow 50 letters, and the rest of a longer one is somebody's attack on our time. */
const LONGEST = 200;

const LOOKS_LATIN = new Map(
  Object.entries(CONFUSABLES).flatMap(([shape, chars]) => [...chars].map((char) => [char, shape] as const)),
);
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u;
const MARK = /\p{M}/u;
const LETTER = /[\p{L}\p{Nd}]/u;
const HAN = /\p{Script=Han}/u;
const UPPER = /\p{Lu}/u;
const LOWER = /\p{Ll}/u;
/** Signs of ownership, which compatibility would fold into letters. */
const OWNED = /[©®™℠]/u;

type Family = "han" | "digit" | "letter";

interface Draft {
  plain: string;
  skeleton: string;
  at: number[];
  words: Word[];
  disguises: (Disguise | undefined)[];
  /** Kind and case of the last letter, undefined after a separator. */
  last?: { family: Family; char: string };
  /** The separator before the next letter was nothing that a reader sees. */
  hidden: boolean;
}

/** Reads a name for comparison; bounded by its first 200 UTF-16 units. */
export function readName(original: string): Reading {
  const draft: Draft = { plain: "", skeleton: "", at: [], words: [], disguises: [], hidden: false };
  const text = original.slice(0, LONGEST);
  let at = 0;
  for (const char of text) {
    readChar(draft, char, at, text.slice(at + char.length, at + char.length + 2));
    at += char.length;
  }
  return {
    original,
    plain: draft.plain,
    skeleton: draft.skeleton,
    at: draft.at,
    words: draft.words,
    disguises: draft.disguises,
  };
}

function readChar(draft: Draft, char: string, at: number, next: string): void {
  if (char <= "\x7f") {
    readAscii(draft, char, at, next);
    return;
  }
  if (INVISIBLE.test(char)) {
    draft.hidden = draft.last !== undefined;
    return;
  }
  if (OWNED.test(char)) {
    separate(draft);
    return;
  }
  const folded = fold(char);
  let any = false;
  for (const { plain, skeleton, disguise } of folded) {
    if (!LETTER.test(plain)) continue;
    any = true;
    put(draft, { source: char, plain, skeleton, disguise, at, next });
  }
  if (!any && !MARK.test(char)) separate(draft);
}

function readAscii(draft: Draft, char: string, at: number, next: string): void {
  const plain = char.toLowerCase();
  if (/[a-z0-9]/.test(plain) || isLetterSign(draft, char, next))
    put(draft, { source: char, plain, skeleton: plain, at, next });
  else if (char < " ") draft.hidden = draft.last !== undefined;
  // An apostrophe stands inside a word.
  else if (char !== "'") separate(draft);
}

/** `$`, `@` and `!` beside letters are how leet writers spell s, a and i. */
function isLetterSign(draft: Draft, char: string, next: string): boolean {
  if (char !== "$" && char !== "@" && char !== "!") return false;
  if (char === "$" && draft.last !== undefined && !/^\p{L}/u.test(next)) return LOWER.test(draft.last.char);
  return /^\p{L}/u.test(next) || (draft.last !== undefined && /^\p{Nd}/u.test(next));
}

interface Folded {
  plain: string;
  skeleton: string;
  disguise?: Disguise;
}

const foldings = new Map<string, Folded[]>();
const MOST_FOLDINGS = 20_000;

function fold(char: string): Folded[] {
  const known = foldings.get(char);
  if (known !== undefined) return known;
  const made = foldNew(char);
  if (foldings.size < MOST_FOLDINGS) foldings.set(char, made);
  return made;
}

function foldNew(char: string): Folded[] {
  if (HAN.test(char)) {
    const base = char.normalize("NFKC");
    const simple = simplified(base);
    const one = simple.length === 1 ? simple : "\uFFFD";
    return [{ plain: one, skeleton: one, disguise: simple === base ? undefined : "traditional" }];
  }
  const compatible = char.normalize("NFKC");
  const styled = compatible !== char && compatible !== char.normalize("NFC");
  // Hangul stays composed: its syllables are the letters people compare.
  const parts = /\p{Script=Hangul}/u.test(char) ? [...compatible] : [...compatible.normalize("NFD")];
  const marked = parts.some((part) => MARK.test(part));
  return parts
    .filter((part) => !MARK.test(part))
    .map((part) => {
      const look = LOOKS_LATIN.get(part) ?? LOOKS_LATIN.get(char);
      const lower = [...part.toLowerCase()][0] ?? part;
      const plain = lower.length === 1 ? lower : "\uFFFD";
      const disguise = look !== undefined ? "look-alike" : styled ? "styled" : marked ? "marked" : undefined;
      return { plain, skeleton: look ?? plain, disguise };
    });
}

interface Letter extends Folded {
  source: string;
  at: number;
  next: string;
}

function put(draft: Draft, letter: Letter): void {
  const place = draft.plain.length;
  const family: Family = HAN.test(letter.plain) ? "han" : /\p{Nd}/u.test(letter.plain) ? "digit" : "letter";
  const word = draft.words.at(-1);
  if (word === undefined || draft.last === undefined || startsWord(draft.last, letter, family)) {
    draft.words.push({ from: place, to: place + 1 });
  } else {
    word.to = place + 1;
  }
  draft.plain += letter.plain;
  draft.skeleton += letter.skeleton;
  draft.at.push(letter.at);
  draft.disguises.push(draft.hidden ? "invisible" : letter.disguise);
  draft.hidden = false;
  draft.last = { family, char: letter.source };
}

/** Words also start where the script changes and at a capital inside: `HSBCMobile`, `北港Bank`. */
function startsWord(last: { family: Family; char: string }, letter: Letter, family: Family): boolean {
  if ((last.family === "han") !== (family === "han")) return last.family !== "digit" && family !== "digit";
  if (!UPPER.test(letter.source)) return false;
  if (LOWER.test(last.char)) return true;
  return UPPER.test(last.char) && LOWER.test(letter.next.charAt(0));
}

function separate(draft: Draft): void {
  draft.last = undefined;
  draft.hidden = false;
}
