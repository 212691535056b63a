import type { BrandProfile } from "../../domain/brand/profile.ts";
import { msOf } from "../../kernel/time.ts";
import type { Config } from "../../platform/config/load.ts";
import { registry } from "../../sources/registry.ts";
import { capabilitiesOf } from "../../workflows/scan/askable.ts";
import { keepOwnIcons } from "../own-icons.ts";
import { readSettings, type SettingsArgs } from "../settings.ts";
import type { Store } from "../store.ts";
import { systemClock } from "../system-clock.ts";
import type { SitePorts } from "./ports.ts";

/** How long a configuration is gone by before the file is looked at again. */
const FRESH_MS = 30_000;

/** What the console and the API of one machine stand on. A configuration that is broken while they run leaves the last good one. */
export function localSitePorts(store: Store, first: Config, args: SettingsArgs, env: NodeJS.ProcessEnv): SitePorts {
  let config = first;
  let readAt = systemClock();

  async function current(): Promise<Config> {
    if (msOf(systemClock()) - msOf(readAt) < FRESH_MS) return config;
    readAt = systemClock();
    const settings = await readSettings(args, env);
    if (!settings.ok) return config;
    config = settings.value.config;
    await keepOwnIcons(config, store.locker, systemClock);
    return config;
  }

  return {
    ...store,
    sources: registry.map((source) => ({ about: source.about, can: capabilitiesOf(source) })),
    brands: async (): Promise<readonly BrandProfile[]> => (await current()).brands,
    policy: async () => (await current()).review,
    clock: systemClock,
  };
}
