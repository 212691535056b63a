import { createAssessor } from "../domain/assess/assess.ts";
import type { BrandProfile, ReferenceIcon } from "../domain/brand/profile.ts";
import type { Locker } from "../domain/evidence/evidence.ts";
import type { Ledger } from "../domain/finding/ledger.ts";
import type { ScanBook } from "../domain/finding/scan-book.ts";
import { referenceIcon } from "../platform/config/icons.ts";
import type { Config } from "../platform/config/load.ts";
import type { Http, Source } from "../sources/source.ts";
import type { IconReader, ScanPorts, ScanSource } from "../workflows/scan/ports.ts";
import { keepReferenceIcon } from "./own-icons.ts";
import { systemClock } from "./system-clock.ts";

/** The door for icons: their hosts are whatever listings say, and a slow one must not hold up a scan. */
export const ICON_DOOR = { pace: { perMinute: 1_200, parallel: 6 }, deadlineMs: 10_000 };

/** What differs between the hosts of a scan. */
export interface ScanHost {
  config: Config;
  brands: readonly BrandProfile[];
  sources: readonly Source[];
  httpFor(source: Source): Http;
  readIcon: IconReader;
  /** The environment of one machine, or the secret of a cloud, by the names the configuration uses. */
  credentials: Record<string, string | undefined>;
  /** True when answers come from recordings. */
  replayed: boolean;
  store: { ledger: Ledger; book: ScanBook; locker: Locker };
  owner: string;
  signal: AbortSignal;
  timeIsUp(): boolean;
}

/** Puts together what a scan needs, the same on every host. */
export async function scanPorts(host: ScanHost): Promise<ScanPorts> {
  const { config, store, readIcon } = host;
  const { brands, blind } = await withLinkedIcons(host.brands, config, readIcon, store.locker);
  return {
    brands,
    blind,
    sources: host.sources.map((source) => scanSource(source, host)),
    regions: config.regions,
    budgets: host.replayed ? { ...config.budgets, patience: 0 } : config.budgets,
    ledger: store.ledger,
    book: store.book,
    locker: store.locker,
    readIcon,
    assess: createAssessor(brands),
    clock: systemClock,
    owner: host.owner,
    signal: host.signal,
    timeIsUp: host.timeIsUp,
    progress: () => {},
  };
}

function scanSource(source: Source, { config, credentials, replayed, httpFor }: ScanHost): ScanSource {
  const set = config.sources[source.about.id];
  return {
    source,
    http: httpFor(source),
    baseUrl: (set?.baseUrl ?? source.about.baseUrl).replace(/\/+$/, ""),
    settings: set?.settings ?? {},
    credential: set?.credentialEnv === undefined ? undefined : credentials[set.credentialEnv],
    canary: set?.canary ?? source.about.canary,
    live: !replayed && set?.baseUrl === undefined,
  };
}

/** Icons of ours that stand at links are fetched when they are needed; a brand of which one cannot be had is blind. */
async function withLinkedIcons(
  brands: readonly BrandProfile[],
  config: Config,
  readIcon: IconReader,
  locker: Locker,
): Promise<{ brands: BrandProfile[]; blind: Set<string> }> {
  const blind = new Set<string>();
  const seeing = brands.map(async (brand) => {
    const urls = config.iconUrls.filter((entry) => entry.brand === brand.id).map((entry) => entry.url);
    const linked = await Promise.all(urls.map((url) => linkedIcon(url, readIcon, locker)));
    if (linked.includes(undefined)) blind.add(brand.id);
    return { ...brand, icons: [...brand.icons, ...linked.filter((icon) => icon !== undefined)] };
  });
  return { brands: await Promise.all(seeing), blind };
}

async function linkedIcon(url: string, readIcon: IconReader, locker: Locker): Promise<ReferenceIcon | undefined> {
  const { icon } = await readIcon(url);
  if (icon === undefined) return undefined;
  const reference = await referenceIcon(icon.bytes, url);
  if (!reference.ok) return undefined;
  await keepReferenceIcon(locker, systemClock, reference.value, icon.bytes, icon.mediaType);
  return reference.value;
}
