import { ligature } from "./disguise.ts";
import type { Ambiguous } from "./everyday-words.ts";
import { AMBIGUOUS } from "./everyday-words.ts";
import type { Mark } from "./marks.ts";
import type { Random } from "./random.ts";
import { seeded } from "./random.ts";
import { BANK_TEXT, BANK_TEXT_HAN } from "./texts.ts";
import type { BankName, BankTruth, Certificate } from "./types.ts";
import type { Han } from "./words.ts";
import { HAN_FIRST, HAN_SECOND, HEADS, NOUNS, TAILS } from "./words.ts";

export function certificate(random: Random, organisation: string, country = "DE"): Certificate {
  return { sha1: random.hex(40), sha256: random.hex(64), owner: `CN=${organisation}, O=${organisation}, C=${country}` };
}

/** Two styles of the country's app filing numbers: of a site holder and of a telecom licence holder. */
export function filingNumber(random: Random): string {
  const app = `${random.int(1, 40)}A`;
  if (random.chance(0.5))
    return `${random.pick(["京", "沪", "浙", "苏"])}ICP备${random.int(2019, 2025)}${random.digits(6)}号-${app}`;
  return `${random.pick(["粤", "川", "鄂"])}B2-${random.int(2005, 2024)}${random.digits(4)}-${app}`;
}

function slugOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Naming {
  style: BankTruth["style"];
  title: string;
  latin: string;
  han: string;
  pinyin: [string, string];
  alias?: string;
  names: BankName[];
}

function name(
  text: string,
  script: BankName["script"],
  distinctive: boolean,
  role: BankName["role"] = "name",
): BankName {
  return { text, script, distinctive, role };
}

function distinctiveNaming(random: Random, first: Han, second: Han): Naming {
  let latin: string;
  do latin = `${random.pick(HEADS)}${random.pick(TAILS)} ${random.pick(NOUNS)}`;
  while (!ligature(latin));
  const han = `${first[0]}${second[0]}银行`;
  return {
    style: "distinctive",
    title: `${latin} Bank`,
    latin,
    han,
    pinyin: [first[1], second[1]],
    names: [name(latin, "Latn", true), name(han, "Hans", true)],
  };
}

function ambiguousNaming(word: Ambiguous, first: Han, second: Han): Naming {
  const han = `${first[0]}${second[0]}银行`;
  return {
    style: "ambiguous",
    title: `${word.word} Bank`,
    latin: word.word,
    han,
    pinyin: [first[1], second[1]],
    names: [name(word.word, "Latn", false), name(han, "Hans", true)],
  };
}

function chineseNaming(first: Han, second: Han): Naming {
  const han = `${first[0]}${second[0]}银行`;
  const latin = `${capital(first[1] + second[1])} Bank`;
  const alias = `${first[0]}行`;
  return {
    style: "chinese",
    title: latin,
    latin,
    han,
    pinyin: [first[1], second[1]],
    alias,
    names: [name(han, "Hans", true), name(latin, "Latn", true), name(alias, "Hans", false, "alias")],
  };
}

function bank(seed: number, index: number, naming: Naming, mark: Mark): BankTruth {
  const random = seeded(seed, `bank-${index}`);
  const chinese = naming.style === "chinese";
  const slug = slugOf(chinese ? naming.pinyin.join("") : naming.latin);
  const bankSlug = naming.style === "distinctive" ? slug : `${slug}bank`;
  const legal = {
    latin: chinese ? `${naming.latin} Co., Ltd.` : `${naming.title} plc`,
    han: `${naming.han}股份有限公司`,
  };
  const partnerName = `${random.pick(HEADS)}${random.pick(TAILS)} Travel Cover`;
  return {
    id: slug,
    ...naming,
    country: chinese ? "CN" : random.pick(["DE", "GB", "IE"]),
    slug,
    legal,
    namespace: `com.${bankSlug}`,
    mainPackage: `com.${bankSlug}.mobile`,
    domain: `${bankSlug}.example`,
    developerIds: {
      google: random.digits(19),
      apple: random.digits(9),
      aptoide: random.digits(6),
      github: chinese ? `${slug}-bank` : `${bankSlug}-open`,
    },
    certificate: certificate(random, legal.latin, chinese ? "CN" : "DE"),
    filing: { number: filingNumber(random), holder: legal.han },
    icon: { mark, variant: "original" },
    description: {
      latin: (BANK_TEXT[index] as (typeof BANK_TEXT)[number])(naming.title),
      han: (BANK_TEXT_HAN[index] as (typeof BANK_TEXT_HAN)[number])(naming.han),
    },
    partner: {
      name: partnerName,
      packages: [`com.${slugOf(partnerName)}.${slug}`],
      publishers: [{ source: "google-play", name: partnerName, key: random.digits(19) }],
      certificate: certificate(random, partnerName),
    },
  };
}

export interface Banks {
  banks: BankTruth[];
  /** The everyday word of the second bank, with what else is called so. */
  ambiguous: Ambiguous;
  /** Characters no bank of ours uses, for their neighbours. */
  spareHan: { first: Han[]; second: Han[] };
}

/** Three banks: one named like no other, one named like an everyday word, one known by its Chinese name. */
export function makeBanks(seed: number, marks: Mark[]): Banks {
  const random = seeded(seed, "names");
  const ambiguous = random.pick(AMBIGUOUS);
  // 北行 is everyday Chinese for "northbound": no alias for the third bank.
  const [thirdFirst, ...restFirst] = random.shuffled(HAN_FIRST.filter(([char]) => char !== "北"));
  const [northOrOther, secondFirst, ...spareFirst] = random.shuffled([...restFirst, HAN_FIRST[0] as Han]);
  // The third bank's Latin name is its sound alone, so its second half is a long one.
  const [three, ...restSecond] = random
    .shuffled(HAN_SECOND)
    .sort((a, b) => Number(b[1].length > 3) - Number(a[1].length > 3));
  const [one, two, ...spareSecond] = random.shuffled(restSecond);
  const namings = [
    distinctiveNaming(random, northOrOther as Han, one as Han),
    ambiguousNaming(ambiguous, secondFirst as Han, two as Han),
    chineseNaming(thirdFirst as Han, three as Han),
  ];
  return {
    banks: namings.map((naming, i) => bank(seed, i, naming, marks[i] as Mark)),
    ambiguous,
    spareHan: { first: spareFirst, second: spareSecond },
  };
}
