import type { Banks } from "./banks.ts";
import { certificate } from "./banks.ts";
import type { Draft } from "./build.ts";
import type { Mark } from "./marks.ts";
import type { Random } from "./random.ts";
import { seeded } from "./random.ts";
import { RIVAL_TEXT, RIVAL_TEXT_HAN } from "./texts.ts";
import type { BankTruth, Maker, SourceId } from "./types.ts";
import { FINANCE_NEWS, HAN_FINANCE_NEWS, HAN_ORDINARY, HEADS, NOUNS, ORDINARY, TAILS, WALLETS } from "./words.ts";

/** Innocent apps: those that stand close to a bank of ours, and those that merely fill the stores. */

function innocent(source: SourceId, name: string, description: string, extra: Partial<Draft> = {}): Draft {
  return { source, label: "innocent", name, description, ...extra };
}

function rivalMaker(random: Random, name: string): Maker {
  const slug = name.toLowerCase().replace(/[^a-z]/g, "") || `bank${random.hex(4)}`;
  return {
    name,
    id: random.digits(19),
    page: "dev",
    email: `service@${slug}.example`,
    website: `https://www.${slug}.example`,
  };
}

/** Other banks whose names share a common word, a first character or a last one with ours. */
function rivals(seed: number, { banks, spareHan }: Banks, marks: (own: Random) => Mark): Draft[] {
  const random = seeded(seed, "rivals");
  const [distinctive, , chinese] = banks as [BankTruth, BankTruth, BankTruth];
  const [head = "", noun = ""] = distinctive.latin.split(" ");
  const start = head.replace(new RegExp(`(${TAILS.join("|")})$`), "");
  const otherTail = random.pick(TAILS.filter((tail) => !head.endsWith(tail)));
  const otherNoun = random.pick(NOUNS.filter((word) => word !== noun));
  const latin: [string, SourceId[]][] = [
    [`${noun} Credit Union`, ["google-play", "app-store", "aptoide"]],
    [`${start}${otherTail} Savings Bank`, ["google-play", "app-store"]],
    [`${random.pick(HEADS)}${otherTail} First Bank`, ["google-play", "fdroid"]],
    [`Bank of ${otherNoun} Island`, ["app-store", "aptoide"]],
  ];
  const secondOf = (place: number) => (spareHan.second[place] as (typeof spareHan.second)[number])[0];
  const firstOf = (place: number) => (spareHan.first[place] as (typeof spareHan.first)[number])[0];
  const han: [string, SourceId[]][] = [
    [`${distinctive.han[0]}${secondOf(0)}银行`, ["tencent-myapp", "google-play"]],
    [`${firstOf(0)}${chinese.han[1]}银行`, ["tencent-myapp", "app-store"]],
    [`${firstOf(1)}${secondOf(1)}农商银行`, ["tencent-myapp"]],
    [`${firstOf(2)}${secondOf(2)}村镇银行`, ["tencent-myapp", "aptoide"]],
  ];
  const listings = (name: string, sources: SourceId[], place: number, text: (name: string) => string): Draft[] => {
    const icon = { mark: marks(seeded(seed, `rival-${name}`)), variant: "original" as const };
    const developer = rivalMaker(random, name);
    const packageName = `com.rival${random.hex(3)}.bank${place}`;
    const signer = certificate(random, name);
    return sources.map((source) =>
      innocent(source, name, text(name), { icon, developer, packageName, certificate: signer, installs: 500_000 }),
    );
  };
  return [
    ...latin.flatMap(([name, sources], i) => listings(name, sources, i, random.pick(RIVAL_TEXT))),
    ...han.flatMap(([name, sources], i) => listings(name, sources, i + latin.length, random.pick(RIVAL_TEXT_HAN))),
  ];
}

/** Apps that hold the short name as the everyday word, or inside another word. */
function everyday(seed: number, { ambiguous }: Banks): Draft[] {
  const random = seeded(seed, "everyday");
  const stores: SourceId[] = ["google-play", "app-store", "aptoide"];
  return [...ambiguous.whole, ...ambiguous.inside].flatMap(([name, category], i) =>
    random
      .shuffled(stores)
      .slice(0, i === 0 ? 3 : 2)
      .map((source) =>
        innocent(source, name, `${name} is made by a small team. It needs no account and works without a connection.`, {
          category,
          findBy: i === 0 ? [ambiguous.word] : [],
        }),
      ),
  );
}

function fillers(seed: number, { ambiguous }: Banks): Draft[] {
  const random = seeded(seed, "fillers");
  const latinStores: SourceId[] = ["google-play", "app-store", "aptoide"];
  const word = ambiguous.word.toLowerCase();
  return [
    ...WALLETS.flatMap(([name, text]) => [
      innocent("google-play", name, text, { category: "tools" }),
      innocent(random.pick(["app-store", "fdroid", "aptoide"] as const), name, text, { category: "tools" }),
    ]),
    ...FINANCE_NEWS.flatMap(([name, text]) => [
      innocent("google-play", name, text, { category: "news" }),
      innocent("app-store", name, text, { category: "news" }),
    ]),
    ...HAN_FINANCE_NEWS.map(([name, text]) => innocent("tencent-myapp", name, text, { category: "news" })),
    ...ORDINARY.map(([name, category, text]) => innocent(random.pick(latinStores), name, text, { category })),
    ...random
      .shuffled(ORDINARY)
      .slice(0, 4)
      .map(([name, category, text]) => innocent("fdroid", `${name} FOSS`, text, { category })),
    ...HAN_ORDINARY.map(([name, category, text]) => innocent("tencent-myapp", name, text, { category })),
    innocent("app-store", `${ambiguous.word} Desk Clock`, "A clock for the menu bar.", {
      category: "tools",
      platform: "mac",
    }),
    innocent("github-releases", word, `${ambiguous.word}: a tiny parser written for fun`, {
      repository: `toolsmith${random.digits(2)}/${word}`,
      hasFile: false,
      category: "tools",
    }),
    innocent("github-releases", `${word}-weather`, `Android weather app named after the ${word}`, {
      repository: `openskies${random.digits(2)}/${word}-weather`,
      category: "lifestyle",
    }),
    innocent("github-releases", "awesome-banking-ui", "Screens of an imaginary bank for designers", {
      repository: `pixelshop${random.digits(2)}/awesome-banking-ui`,
      hasFile: false,
      category: "tools",
    }),
  ];
}

export function neighbours(seed: number, made: Banks, marks: (own: Random) => Mark): Draft[] {
  return [...rivals(seed, made, marks), ...everyday(seed, made), ...fillers(seed, made)];
}
