import type { Draft } from "./build.ts";
import { TRUSTED_SHELF } from "./build.ts";
import type { BankTruth, Maker, SourceId } from "./types.ts";

/** What is rightly there: the banks' own apps, genuine copies of them, and partners. */

export function ourMaker(bank: BankTruth, source: SourceId): Maker {
  const han = source === "tencent-myapp";
  const id =
    source === "app-store"
      ? bank.developerIds.apple
      : source === "aptoide"
        ? bank.developerIds.aptoide
        : bank.developerIds.google;
  return {
    name: han ? bank.legal.han : source === "github-releases" ? bank.developerIds.github : bank.legal.latin,
    id,
    page: "dev",
    email: `apps@${bank.domain}`,
    website: `https://www.${bank.domain}`,
  };
}

/** A bank's app as the bank itself makes it. */
export function ourApp(bank: BankTruth, source: SourceId, extra: Partial<Draft> = {}): Draft {
  const han = source === "tencent-myapp" || (bank.style === "chinese" && source !== "github-releases");
  return {
    source,
    label: "official",
    brand: bank.id,
    name: han
      ? bank.han
      : `${bank.latin.replace(/ Bank$/, "")} ${bank.style === "ambiguous" ? "Bank Mobile" : "Mobile"}`,
    description: han ? bank.description.han : bank.description.latin,
    packageName: bank.mainPackage,
    developer: ourMaker(bank, source),
    icon: bank.icon,
    certificate: bank.certificate,
    filing: bank.filing.number,
    installs: 1_000_000,
    findBy: bank.names
      .filter(({ role, script }) => role === "name" && (script === "Hans") === han)
      .map(({ text }) => text),
    ...extra,
  };
}

function officials(bank: BankTruth): Draft[] {
  const business = `${bank.namespace}.business`;
  const drafts = [
    ourApp(bank, "google-play"),
    ourApp(bank, "google-play", { name: `${bank.title} Business`, packageName: business, installs: 50_000 }),
    ourApp(bank, "app-store"),
  ];
  // The second bank stays off 应用宝 and F-Droid: whatever carries its package there is not its own doing.
  if (bank.style !== "ambiguous") drafts.push(ourApp(bank, "tencent-myapp"));
  if (bank.style === "distinctive") {
    const authenticator = { name: `${bank.latin} Authenticator`, packageName: `${bank.namespace}.authenticator` };
    drafts.push(ourApp(bank, "fdroid", authenticator));
    const repository = `${bank.developerIds.github}/authenticator-android`;
    drafts.push(ourApp(bank, "github-releases", { ...authenticator, packageName: undefined, repository }));
  }
  return drafts;
}

function copies(bank: BankTruth): Draft[] {
  const copy = (source: SourceId, extra: Partial<Draft>) =>
    ourApp(bank, source, { label: "copy", installs: 5000, ...extra });
  const drafts = [copy("aptoide", { shelf: TRUSTED_SHELF }), copy("aptoide", {})];
  if (bank.style === "chinese") drafts.push(copy("fdroid", {}));
  return drafts;
}

/** Proved ours by key or certificate, and yet in no inventory. */
function unregistered(bank: BankTruth): Draft[] {
  const forgotten = { label: "unregistered" as const, installs: 1000 };
  if (bank.style === "distinctive") {
    return [
      ourApp(bank, "google-play", { ...forgotten, name: `${bank.latin} Kids`, packageName: `${bank.namespace}.kids` }),
      ourApp(bank, "aptoide", {
        ...forgotten,
        name: `${bank.latin} Travel Card`,
        packageName: `${bank.namespace}.travelcard`,
      }),
    ];
  }
  if (bank.style === "ambiguous") {
    return [
      ourApp(bank, "app-store", {
        ...forgotten,
        name: `${bank.title} Invest`,
        packageName: `${bank.namespace}.invest`,
      }),
    ];
  }
  return [
    ourApp(bank, "google-play", { ...forgotten, name: `${bank.han}信用卡`, packageName: `${bank.namespace}.card` }),
  ];
}

function partners(bank: BankTruth): Draft[] {
  const { partner } = bank;
  const [publisher] = partner.publishers;
  return [
    {
      source: "google-play",
      label: "partner",
      brand: bank.id,
      name: `${partner.name} for ${bank.title}`,
      description: `Travel insurance for holders of a ${bank.title} card, run by ${partner.name}. Report a claim, call a doctor, find a garage.`,
      packageName: partner.packages[0],
      developer: { name: partner.name, id: publisher?.key ?? "", page: "dev", email: "help@travelcover.example" },
      certificate: partner.certificate,
      findBy: [bank.title],
    },
  ];
}

export function genuine(banks: BankTruth[]): Draft[] {
  return banks.flatMap((bank) => [...officials(bank), ...copies(bank), ...unregistered(bank), ...partners(bank)]);
}
