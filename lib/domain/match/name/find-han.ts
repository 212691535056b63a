import type { Find } from "./find.ts";
import { soundAlike, soundsOf } from "./han.ts";
import type { Pattern } from "./pattern.ts";
import type { Reading } from "./reading.ts";

const HAN = /\p{Script=Han}/u;
const LATIN = /[a-z]/;

/**
 * A Chinese name with characters replaced by ones that sound the same, by their pinyin or by its first letter (光da银行, 光D银行).
 * Four characters and more may have two replaced, three one; two characters are too common for any.
 */
export function findSound(pattern: Pattern, reading: Reading): Find | undefined {
  const most = pattern.plain.length >= 4 ? 2 : pattern.plain.length === 3 ? 1 : 0;
  if (pattern.family !== "han" || most === 0) return undefined;
  let best: Find | undefined;
  for (let from = 0; from < reading.plain.length; from += 1) {
    const end = align(pattern.plain, reading, 0, from, most);
    if (end === undefined || (best !== undefined && end.edits >= best.edits)) continue;
    best = { from, to: end.to, how: "sound", edits: end.edits, disguises: [] };
  }
  return best;
}

function align(
  pattern: string,
  reading: Reading,
  place: number,
  at: number,
  left: number,
): { to: number; edits: number } | undefined {
  if (place === pattern.length) return { to: at, edits: 0 };
  const want = pattern[place] ?? "";
  const char = reading.plain[at];
  if (char === undefined) return undefined;
  if (char === want) return align(pattern, reading, place + 1, at + 1, left);
  // The first character may be disguised as well, but something of the name must stand as it is.
  if (left === 0) return undefined;
  for (const size of replacements(want, reading, at)) {
    const rest = align(pattern, reading, place + 1, at + size, left - 1);
    if (rest !== undefined) return { to: rest.to, edits: rest.edits + 1 };
  }
  return undefined;
}

/** How many letters from `at` on may stand for the character: one that sounds the same, its pinyin, or its initial. */
function replacements(want: string, reading: Reading, at: number): number[] {
  const char = reading.plain[at] ?? "";
  if (HAN.test(char)) return HAN.test(want) && soundAlike(want, char) ? [1] : [];
  const rest = reading.skeleton.slice(at, at + 7);
  if (!HAN.test(want) || !LATIN.test(rest[0] ?? "")) return [];
  const sounds = soundsOf(want).filter((sound) => sound.length >= 2 && rest.startsWith(sound));
  const initial = soundsOf(want).some((sound) => sound[0] === rest[0]) && !LATIN.test(rest[1] ?? "");
  return [...sounds.map((sound) => sound.length), ...(initial ? [1] : [])];
}
