import { clip } from "../../kernel/text.ts";

/** A piece of an attacker's text: letters that can be shown, or a character that nobody would see, by its number. */
export type ShownPart = { text: string } | { hidden: string };

/** Controls, formats, bidirectional marks, fillers: everything that has no shape of its own or moves the others about. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Co}]/u;
const SPACE = /[\s\u3000]/u;
/** Marks stacked on a letter beyond two climb over the lines around it. */
const STACKED = /(\p{M}{2})\p{M}+/gu;
/** Says that the letter before is an emoji; hides nothing. */
const EMOJI_STYLE = /\ufe0f/g;
/** Hidden characters shown one by one; the rest of them is a number. */
const MOST_HIDDEN = 12;

/** Cuts an attacker's text to `max` code points and takes it apart, so that a page can show what it hides. `lines` keeps line ends. */
export function shownParts(text: string, max: number, { lines = false } = {}): ShownPart[] {
  const parts: ShownPart[] = [];
  let letters = "";
  let hidden = 0;
  for (const char of clip(text.toWellFormed().replace(EMOJI_STYLE, ""), max).replace(STACKED, "$1")) {
    if (lines && char === "\n") letters += char;
    else if (SPACE.test(char) && char !== "\u2028" && char !== "\u2029") letters += " ";
    else if (!HIDDEN.test(char)) letters += char;
    else {
      hidden += 1;
      if (hidden > MOST_HIDDEN) continue;
      if (letters !== "") parts.push({ text: letters });
      letters = "";
      parts.push({ hidden: codePoint(char) });
    }
  }
  if (letters !== "") parts.push({ text: letters });
  if (hidden > MOST_HIDDEN) parts.push({ hidden: `+${hidden - MOST_HIDDEN}` });
  return parts;
}

/** `U+0430`. */
export function codePoint(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
