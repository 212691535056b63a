import { Converter } from "opencc-js/t2cn";
import { pinyin } from "pinyin-pro";

/** What is known of single Chinese characters; answers are kept, since a few thousand characters make up all names. */

const convert = Converter({ from: "t", to: "cn" });
const simple = new Map<string, string>();

/** The simplified form of one character (OpenCC); itself where it has none. */
export function simplified(char: string): string {
  const known = simple.get(char);
  if (known !== undefined) return known;
  const made = convert(char);
  simple.set(char, made);
  return made;
}

const readings = new Map<string, readonly string[]>();

/** All readings of one character in pinyin without tones, e.g. 行 -> xing, hang, heng. */
export function soundsOf(char: string): readonly string[] {
  const known = readings.get(char);
  if (known !== undefined) return known;
  const made = [...new Set(pinyin(char, { multiple: true, toneType: "none", type: "array", v: true }))];
  readings.set(char, made);
  return made;
}

export function soundAlike(one: string, other: string): boolean {
  const sounds = soundsOf(other);
  return soundsOf(one).some((sound) => sounds.includes(sound));
}
