import { filingNumber } from "./banks.ts";
import type { Draft } from "./build.ts";
import { stranger } from "./build.ts";
import {
  fullWidth,
  homoglyph,
  latinInitial,
  leet,
  ligature,
  punctuated,
  spaced,
  traditional,
  typoDelete,
  typoKeyboard,
  typoTranspose,
  zeroWidth,
} from "./disguise.ts";
import { ourMaker } from "./genuine.ts";
import type { IconVariant } from "./marks.ts";
import type { Random } from "./random.ts";
import { seeded } from "./random.ts";
import { FAKE_TEXT, FAKE_TEXT_HAN } from "./texts.ts";
import type { BankTruth, Kind, Maker, SourceId } from "./types.ts";
import { GENERIC_BANKING, GENERIC_REWARD, HAN_GENERIC_REWARD, HAN_LURES, LURE_PREFIXES, LURES } from "./words.ts";

type Extra = Partial<Draft> & { name: string };
type Fake = (kind: Kind, source: SourceId, extra: Extra) => Draft;

/** Fakes of one bank: what a draft leaves open is filled as a careless crook would. */
function faker(bank: BankTruth, random: Random): Fake {
  return (kind, source, extra) => {
    const han = source === "tencent-myapp" || /\p{Script=Han}/u.test(extra.name);
    const says = random.pick(han ? FAKE_TEXT_HAN : FAKE_TEXT);
    return {
      source,
      label: "impersonation",
      kind,
      brand: bank.id,
      description: says(han ? bank.han : bank.title),
      // Half of the fakes on 应用宝 print the number of some shell company, half none at all.
      filing: random.chance(0.5) ? filingNumber(random) : null,
      findBy: han ? [bank.han] : [bank.latin, bank.title],
      ...extra,
    };
  };
}

/** Our mark, changed or not, on somebody else's app. */
function worn(bank: BankTruth, variant: IconVariant) {
  return { icon: { mark: bank.icon.mark, variant } };
}

/** Makers who upload again and again, under one address: what a campaign is found by. */
function gangOf(bank: BankTruth): { developer: Maker } {
  return { developer: stranger(seeded(0, `gang-${bank.id}`), false) };
}

/** The bank's package with one letter too many, or another ending. */
function nearPackage(bank: BankTruth, random: Random): string {
  return random.chance(0.5)
    ? bank.mainPackage.replace("mobile", "mobiIe")
    : `${bank.mainPackage}${random.pick(["s", "x", "app"])}`;
}

function ofDistinctive(bank: BankTruth, random: Random): Draft[] {
  const fake = faker(bank, random);
  const { latin, han, slug } = bank;
  const lure = () => random.pick(LURES);
  const word = latin.split(" ")[1] as string;
  const gang = gangOf(bank);
  return [
    fake("exact-name", "google-play", { name: latin }),
    fake("exact-name", "app-store", { name: bank.title }),
    fake("exact-name", "github-releases", {
      name: `${slug}-mobile`,
      repository: `${slug}-app/${slug}-mobile`,
      description: `${latin} mobile banking apk download`,
    }),
    fake("lure-suffix", "google-play", { name: `${latin} ${lure()}`, ...gang }),
    fake("lure-suffix", "app-store", { name: `${latin} ${lure()}` }),
    fake("lure-prefix", "aptoide", { name: `${random.pick(LURE_PREFIXES)} ${latin}`, ...gang }),
    fake("lure-suffix", "fdroid", { name: `${latin} Lite` }),
    fake("homoglyph", "google-play", { name: homoglyph(latin, random) }),
    fake("homoglyph", "aptoide", { name: homoglyph(bank.title, random) }),
    fake("zero-width", "google-play", { name: zeroWidth(latin) }),
    fake("full-width", "aptoide", { name: fullWidth(latin) }),
    fake("leet", "google-play", { name: leet(latin, random) }),
    fake("ligature", "aptoide", { name: ligature(latin) ?? latin }),
    fake("typo-delete", "google-play", { name: typoDelete(latin, random) }),
    fake("typo-transpose", "app-store", { name: `${typoTranspose(latin, random)} Bank` }),
    fake("typo-keyboard", "aptoide", { name: typoKeyboard(latin, random) }),
    fake("spaced", "google-play", { name: spaced(latin) }),
    fake("punctuated", "aptoide", { name: punctuated(latin, ".") }),
    fake("concatenated", "google-play", { name: `${latin.replace(" ", "")}Loans`, ...gang }),
    fake("concatenated", "github-releases", {
      name: `${slug}-loan-apk`,
      repository: `quickcash${random.digits(3)}/${slug}-loan-apk`,
      description: `${latin} instant loan, signed android apk inside`,
    }),
    fake("package-near", "google-play", {
      name: random.pick(GENERIC_BANKING),
      packageName: nearPackage(bank, random),
      ...worn(bank, "original"),
    }),
    fake("repackaged", "aptoide", {
      name: `${latin} Mobile`,
      packageName: bank.mainPackage,
      description: bank.description.latin,
      developer: { ...ourMaker(bank, "aptoide"), id: random.digits(6) },
      ...worn(bank, "original"),
    }),
    fake("icon-identical", "google-play", { name: random.pick(GENERIC_REWARD), ...worn(bank, "original") }),
    fake("icon-reencoded", "app-store", { name: `${word} Mobile Banking`, ...worn(bank, "reencoded") }),
    fake("icon-brightened", "google-play", { name: `${word} Mobile Banking`, ...worn(bank, "brightened") }),
    fake("icon-resized", "aptoide", { name: `${word} Online Access`, ...worn(bank, "resized") }),
    fake("description-copied", "google-play", { name: "Mobile Bank Plus", description: bank.description.latin }),
    fake("developer-copied", "google-play", {
      name: random.pick(GENERIC_BANKING),
      developer: { ...stranger(random, false), name: bank.legal.latin },
    }),
    fake("chinese-lure", "tencent-myapp", { name: `${han}${random.pick(HAN_LURES)}` }),
    fake("filing-missing", "tencent-myapp", { name: `${han}手机版`, filing: null }),
    fake("filing-foreign", "tencent-myapp", { name: han, filing: filingNumber(random) }),
    fake("traditional-characters", "app-store", { name: traditional(han) }),
  ];
}

function ofAmbiguous(bank: BankTruth, random: Random): Draft[] {
  const fake = faker(bank, random);
  const { latin, title, han, slug } = bank;
  return [
    fake("ambiguous-context", "google-play", { name: `${title} Mobile App` }),
    fake("ambiguous-context", "app-store", { name: `${latin} Banking Login` }),
    fake("ambiguous-context", "aptoide", { name: `${latin} Loans` }),
    fake("ambiguous-context", "github-releases", {
      name: `${slug}-bank-apk`,
      repository: `${slug}-bank-app/${slug}-bank-apk`,
      description: `${title} android apk, login and transfer`,
    }),
    fake("exact-name", "google-play", { name: title }),
    fake("homoglyph", "aptoide", { name: `${homoglyph(latin, random)} Bank` }),
    fake("spaced", "google-play", { name: `${spaced(latin.toUpperCase())} Bank` }),
    fake("lure-suffix", "google-play", { name: `${title} ${random.pick(LURES)}` }),
    fake("repackaged", "tencent-myapp", { name: `${title}`, packageName: bank.mainPackage, ...worn(bank, "original") }),
    fake("repackaged", "fdroid", {
      name: `${title} Mobile`,
      packageName: bank.mainPackage,
      developer: { ...ourMaker(bank, "fdroid"), id: random.digits(6) },
      ...worn(bank, "reencoded"),
    }),
    fake("icon-identical", "aptoide", { name: random.pick(GENERIC_REWARD), ...worn(bank, "original") }),
    fake("icon-resized", "google-play", { name: random.pick(GENERIC_BANKING), ...worn(bank, "resized") }),
    fake("package-near", "aptoide", {
      name: random.pick(GENERIC_BANKING),
      packageName: nearPackage(bank, random),
      ...worn(bank, "original"),
    }),
    fake("developer-copied", "app-store", {
      name: random.pick(GENERIC_BANKING),
      developer: { ...stranger(random, false), name: bank.legal.latin, id: random.digits(9) },
    }),
    fake("description-copied", "aptoide", { name: "Pocket Bank Pro", description: bank.description.latin }),
    fake("chinese-lure", "tencent-myapp", { name: `${han}${random.pick(HAN_LURES)}` }),
  ];
}

function ofChinese(bank: BankTruth, random: Random): Draft[] {
  const fake = faker(bank, random);
  const { latin, han } = bank;
  const alias = bank.alias as string;
  const sound = latin.replace(/ Bank$/, "");
  const byAlias = [alias, han];
  const gang = gangOf(bank);
  return [
    fake("exact-name", "google-play", { name: han }),
    fake("exact-name", "app-store", { name: latin }),
    fake("chinese-lure", "tencent-myapp", { name: `${han}客服` }),
    fake("chinese-lure", "aptoide", { name: `${han}贷款`, ...gang }),
    fake("chinese-lure", "app-store", { name: `${han}${random.pick(HAN_LURES)}` }),
    fake("alias-lure", "tencent-myapp", { name: `${alias}秒批`, findBy: byAlias }),
    fake("alias-lure", "google-play", { name: `${alias}快贷`, findBy: byAlias, ...gang }),
    fake("traditional-characters", "google-play", { name: traditional(han) }),
    fake("traditional-characters", "aptoide", { name: `${traditional(han)}信用卡` }),
    fake("latin-initial", "tencent-myapp", { name: latinInitial(han, bank.pinyin[1]) }),
    fake("latin-initial", "google-play", { name: latinInitial(han, bank.pinyin[1]) }),
    fake("zero-width", "tencent-myapp", { name: zeroWidth(han) }),
    fake("spaced", "aptoide", { name: spaced(han) }),
    fake("punctuated", "tencent-myapp", { name: punctuated(han, "·") }),
    fake("filing-missing", "tencent-myapp", { name: `${han}极速版`, filing: null }),
    fake("filing-foreign", "tencent-myapp", { name: han, filing: filingNumber(random) }),
    fake("repackaged", "aptoide", {
      name: han,
      packageName: bank.mainPackage,
      description: bank.description.han,
      developer: { ...ourMaker(bank, "aptoide"), id: random.digits(6) },
      ...worn(bank, "original"),
    }),
    fake("icon-identical", "tencent-myapp", { name: random.pick(HAN_GENERIC_REWARD), ...worn(bank, "original") }),
    fake("icon-brightened", "tencent-myapp", { name: "手机银行助手", ...worn(bank, "brightened") }),
    fake("description-copied", "tencent-myapp", { name: "掌上金融服务", description: bank.description.han }),
    fake("developer-copied", "tencent-myapp", {
      name: "手机银行客户端",
      developer: { ...stranger(random, true), name: bank.legal.han },
    }),
    fake("typo-transpose", "app-store", { name: typoTranspose(latin, random) }),
    fake("homoglyph", "app-store", { name: `${homoglyph(sound, random)} Bank` }),
    fake("leet", "google-play", { name: `${leet(sound, random)} Bank` }),
  ];
}

export function impersonations(seed: number, banks: BankTruth[]): Draft[] {
  return banks.flatMap((bank) => {
    const random = seeded(seed, `fakes-${bank.id}`);
    if (bank.style === "distinctive") return ofDistinctive(bank, random);
    return bank.style === "ambiguous" ? ofAmbiguous(bank, random) : ofChinese(bank, random);
  });
}
