import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { canaryOf } from "./canary.ts";
import { iconPng } from "./marks.ts";
import type { AppTruth, BankTruth, SourceId, World } from "./types.ts";
import { SOURCES } from "./types.ts";

/** What the world's banks would write into their `knockoff.yaml`: what a bank knows of itself, and nothing of its fakes. */

function iconName(bank: BankTruth): string {
  return `${bank.id}.png`;
}

/** Writes every bank's icon into a folder, which is made if need be. */
export async function writeIcons(world: World, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(world.banks.map(async (bank) => writeFile(join(folder, iconName(bank)), await iconPng(bank.icon))));
}

/** The bank's inventory: one entry for each app, with the key each store gave it. */
function inventory(world: World, bank: BankTruth) {
  const entries = new Map<string, { first: AppTruth; stores: Partial<Record<SourceId, string>> }>();
  for (const app of world.apps) {
    if (app.label !== "official" || app.brand !== bank.id) continue;
    // A repository has no package: it is an entry of its own.
    const id = `${app.platform} ${app.packageName ?? app.key}`;
    const entry = entries.get(id) ?? { first: app, stores: {} };
    entry.stores[app.source] = app.key;
    entries.set(id, entry);
  }
  return [...entries.values()].map(({ first, stores }) => ({
    platform: first.platform,
    ...(first.packageName ? { package: first.packageName } : {}),
    name: first.name,
    stores,
    description: first.description,
  }));
}

function namesOf(bank: BankTruth, role: "name" | "alias") {
  return bank.names
    .filter((name) => name.role === role)
    .map(({ text, script, distinctive }) => ({ text, script, distinctive }));
}

function brandOf(world: World, bank: BankTruth, iconFolder: string) {
  const { partner } = bank;
  return {
    id: bank.id,
    title: bank.title,
    country: bank.country,
    names: namesOf(bank, "name"),
    aliases: namesOf(bank, "alias"),
    icons: [join(iconFolder, iconName(bank))],
    apps: inventory(world, bank),
    publishers: [
      { store: "google-play", name: bank.legal.latin, key: bank.developerIds.google },
      { store: "app-store", name: bank.legal.latin, key: bank.developerIds.apple },
      { store: "github-releases", name: bank.developerIds.github, key: bank.developerIds.github },
      { store: "tencent-myapp", name: bank.legal.han },
    ],
    certificates: [bank.certificate.sha256, bank.certificate.sha1],
    namespaces: [bank.namespace],
    domains: [bank.domain],
    filing: bank.filing,
    partners: [
      {
        name: partner.name,
        packages: partner.packages,
        publishers: partner.publishers.map(({ source, name, key }) => ({ store: source, name, key })),
        certificates: [partner.certificate.sha256, partner.certificate.sha1],
      },
    ],
    contact: { name: `${bank.title} security`, email: `security@${bank.domain}` },
  };
}

function sourceOf(world: World, source: SourceId, url: string) {
  const settings =
    source === "fdroid" ? { repositories: [{ url: `${url}/fdroid/repo`, fingerprint: world.fdroidFingerprint }] } : {};
  return {
    baseUrl: `${url}/${source}`,
    // Nobody has to be spared here.
    pace: { perMinute: 6000, parallel: 8 },
    canary: canaryOf(world, source),
    settings,
  };
}

/**
 * The plain data of a `knockoff.yaml` for the world's banks and its stores at `url`. `iconFolder` is written as it is given:
 * absolute, or relative to where the file will be. Call `writeIcons` with the same folder.
 */
export function bankProfiles(world: World, { url, iconFolder }: { url: string; iconFolder: string }) {
  return {
    regions: ["us"],
    network: { allow: [new URL(url).host] },
    sources: Object.fromEntries(SOURCES.map((source) => [source, sourceOf(world, source, url)])),
    brands: world.banks.map((bank) => brandOf(world, bank, iconFolder)),
  };
}
