import { createInterface } from "node:readline";
import { createAssessor } from "../../lib/domain/assess/assess.ts";
import type { BrandName, BrandProfile } from "../../lib/domain/brand/profile.ts";
import type { Listing } from "../../lib/domain/listing/listing.ts";

/** Speaks the scorer contract of the names benchmark: JSON lines on standard input and output, name signals only. */

interface ContractBrand {
  id: string;
  country: string;
  names: string[];
  localNames?: string[];
  aliases?: string[];
  packages?: string[];
  namespaces?: string[];
  domains?: string[];
  developers?: string[];
}

interface Candidate {
  title?: string;
  developer?: string;
  packageId?: string;
  description?: string;
}

const brands: BrandProfile[] = [];
let judge: ReturnType<typeof createAssessor> | undefined;

for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
  if (line === "") continue;
  const message = JSON.parse(line) as { type: string; id: string; brand: ContractBrand | string; candidate: Candidate };
  if (message.type === "brand") {
    brands.push(profileOf(message.brand as ContractBrand));
    judge = undefined;
    continue;
  }
  const answer =
    message.type === "scan" ? { hits: hitsOf(message.candidate) } : pairOf(message.brand, message.candidate);
  process.stdout.write(`${JSON.stringify({ id: message.id, ...answer })}\n`);
}

function hitsOf(candidate: Candidate): { brand: string; score: number; reasons: string[] }[] {
  judge ??= createAssessor(brands);
  return judge(listingOf(candidate), { firstParty: false })
    .filter(
      ({ verdict, signals }) =>
        !["official", "unregistered", "copy"].includes(verdict) && !claimsInventory(verdict, signals),
    )
    .map(({ brand, score, signals }) => ({ brand, score, reasons: signals.map(({ rule }) => rule) }));
}

function pairOf(brand: ContractBrand | string, candidate: Candidate): { score: number; reasons: string[] } {
  const id = typeof brand === "string" ? brand : brand.id;
  const known = typeof brand === "string" ? brands.filter((one) => one.id === brand) : [profileOf(brand)];
  const own = createAssessor(known)(listingOf(candidate), { firstParty: false }).find((one) => one.brand === id);
  return { score: own?.score ?? 0, reasons: own?.signals.map(({ rule }) => rule) ?? [] };
}

/** The contract calls an app official when package and developer are the inventory's: here that is a key at one store. */
function listingOf({ title, developer, packageId, description }: Candidate): Listing {
  return {
    source: "judge",
    key: `${packageId ?? ""}|${developer ?? ""}`,
    url: "",
    name: title ?? "",
    platform: "android",
    packageName: packageId === "" ? undefined : packageId,
    developer:
      developer === undefined || developer === "" ? undefined : { name: developer, key: developer.toLowerCase() },
    description,
  };
}

function profileOf(brand: ContractBrand): BrandProfile {
  const developers = brand.developers ?? [];
  return {
    id: brand.id,
    title: brand.names[0] ?? brand.id,
    country: brand.country,
    names: [
      ...[...brand.names, ...(brand.localNames ?? [])].map((text) => nameOf(text, "name")),
      ...(brand.aliases ?? []).map((text) => nameOf(text, "alias")),
    ],
    icons: [],
    officialApps: (brand.packages ?? []).map((packageName) => ({ platform: "android", packageName, ids: {} })),
    publishers: developers.map((name) => ({ source: "other", name })),
    certificates: [],
    namespaces: brand.namespaces ?? [],
    domains: brand.domains ?? [],
    trademarks: [],
    papers: [],
    partners: [],
    searchTerms: [],
    watch: { listings: [], developers: [] },
  };
}

function nameOf(text: string, role: BrandName["role"]): BrandName {
  return { text, script: /\p{Script=Han}/u.test(text) ? "Hans" : "Latn", distinctive: true, role };
}

/** Package and developer are the inventory's, and no store vouches for either: the contract calls that official. */
function claimsInventory(verdict: string, signals: { rule: string }[]): boolean {
  return verdict === "unproved" && signals.some(({ rule }) => rule === "identity.package-ours");
}
