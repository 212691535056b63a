import type { BrandName, BrandProfile } from "../../brand/profile.ts";
import { insideFactor, ordinaryCount } from "./background.ts";
import { letterMask } from "./distance.ts";
import { soundsOf } from "./han.ts";
import { readName } from "./reading.ts";
import { shapeOf } from "./shape.ts";
import { explain, latinClass } from "./vocabulary.ts";

/**
 * A brand name made ready for comparison. `name` and `alias` stand in the profile; a `stem` is what is left of a name without
 * its words of banking ("Northwind Harbor" of "Northwind Harbor Bank"), or its sound in Latin letters; a `lead` is the first
 * of several telling words ("Northwind"), which others may rightly share.
 */
export interface Pattern {
  brand: string;
  /** As the profile or the derivation writes it. */
  text: string;
  role: "name" | "alias" | "stem" | "lead";
  family: "latin" | "han" | "other";
  plain: string;
  words: string[];
  shape: string;
  /** The letters that tell this name from others, without vocabulary. */
  core: string;
  /** Proves nothing alone: short, or an ordinary word. */
  ambiguous: boolean;
  /** Worth of a find inside another word, 0.1 to 1. */
  inside: number;
  /** Edits that still mean this name. */
  edits: number;
  mask: number;
}

const HAN = /\p{Script=Han}/u;
const LATIN = /\p{Script=Latin}/u;
const MOST_NAMES = 60;

export function compilePatterns(brand: BrandProfile): Pattern[] {
  const made = new Map<string, Pattern>();
  const add = (pattern: Pattern | undefined) => {
    if (pattern !== undefined && pattern.plain.length >= 2 && !made.has(pattern.plain))
      made.set(pattern.plain, pattern);
  };
  const names = brand.names.slice(0, MOST_NAMES);
  for (const name of names) add(compile(brand.id, name.text, name.role, !name.distinctive));
  for (const name of names) for (const stem of stemsOf(name)) add(compile(brand.id, stem, "stem", !name.distinctive));
  for (const name of names) for (const lead of leadOf(name)) add(compile(brand.id, lead, "lead", !name.distinctive));
  return [...made.values()];
}

function compile(brand: string, text: string, role: Pattern["role"], declaredWeak: boolean): Pattern | undefined {
  const reading = readName(text);
  const family = HAN.test(reading.plain) ? "han" : LATIN.test(reading.plain) ? "latin" : "other";
  const plain = family === "latin" ? reading.skeleton : reading.plain;
  const words = reading.words.map(({ from, to }) => plain.slice(from, to));
  const core = family === "han" ? hanCore(plain) : words.map(tellingPart).join("");
  const ambiguous = family === "han" ? isWeakHan(plain) : isWeakLatin(words, core, declaredWeak, role);
  return {
    brand,
    text,
    role,
    family,
    plain,
    words,
    core,
    shape: shapeOf(plain).text,
    ambiguous,
    inside: insideFactor(plain),
    edits: family === "han" ? 0 : editsFor(words, core, family),
    mask: letterMask(plain),
  };
}

/** What is left of a word without `bank` glued to either end; nothing of a word of vocabulary. */
function tellingPart(word: string): string {
  if (latinClass(word) !== undefined) return "";
  return word.length > 6 ? word.replace(/^bank|bank$/, "") : word;
}

/** Two characters are everywhere; three and more, or anything that ends in 银行, are a name. */
function isWeakHan(plain: string): boolean {
  return plain.length <= 2;
}

/** An operator's word that a name is weak holds for its bare word; words of banking beside it make it strong again. */
function isWeakLatin(words: string[], core: string, declaredWeak: boolean, role: Pattern["role"]): boolean {
  if (words.length > 1 && core.length >= 3)
    return declaredWeak && words.every((word) => latinClass(word) === undefined);
  if (words.length > 1) return words.join("").length < 10;
  const [word = ""] = words;
  if (declaredWeak || word.length <= 3 || latinClass(word) !== undefined) return true;
  const seen = ordinaryCount(word);
  // Cut out of a longer name, a word must be one that nobody else uses.
  if (role === "stem" || role === "lead") return seen >= 1 || word.length < 6;
  if (word.length === 4) return seen >= 1;
  return seen >= (word.length === 5 ? 2 : 3);
}

/**
 * Edits allowed are counted on the letters that tell the name from others: one from 4 letters on, two from 8; a name that is
 * all vocabulary may have one when it is long. ("Fnz Bank" is not a misspelt "Anz Bank".)
 */
function editsFor(words: string[], core: string, family: Pattern["family"]): number {
  if (family === "other") return core.length >= 4 ? 1 : 0;
  if (core.length >= 8) return 2;
  if (core.length >= 4) return words.length > 1 || core.length >= 5 ? 1 : 0;
  return words.length > 1 && words.join("").length >= 12 ? 1 : 0;
}

function hanCore(plain: string): string {
  return plain
    .replace(/(?:股份有限公司|有限公司|银行|信用卡|金融|支付|证券|保险|集团)+$/u, "")
    .replace(/^中国(?=..)/u, "");
}

function stemsOf(name: BrandName): string[] {
  const reading = readName(name.text);
  if (HAN.test(reading.plain)) return hanStems(reading.plain);
  if (!LATIN.test(reading.skeleton)) return [];
  const words = reading.words.map(({ from, to }) => reading.skeleton.slice(from, to));
  const telling = words.filter((word) => latinClass(word) === undefined);
  return telling.length === 0 || words.length === 1 ? [] : [telling.join(" ")];
}

/** "Northwind" of "Northwind Harbor Bank": a word that no ordinary name holds is worth finding alone. */
function leadOf(name: BrandName): string[] {
  const { skeleton, words } = readName(name.text);
  const [first, ...rest] = words.map(({ from, to }) => skeleton.slice(from, to));
  if (first === undefined || first.length < 7 || !LATIN.test(first) || latinClass(first) !== undefined) return [];
  const others = rest.filter((word) => latinClass(word) === undefined);
  return others.length > 0 && ordinaryCount(first) === 0 ? [first] : [];
}

/** 北港 of 北港银行, and its sound as strangers type it. */
function hanStems(plain: string): string[] {
  const core = hanCore(plain);
  if (core.length < 2 || explain(core).letters === core.length) return [];
  const sound = [...core].map((char) => soundsOf(char)[0] ?? "").join("");
  const spelt = sound.length >= 5 ? [`${sound} bank`, `${sound} yinhang`] : [];
  return core === plain ? spelt : [core, ...spelt];
}
