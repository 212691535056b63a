import { systemClock } from "../lib/entry/system-clock.ts";
import { dayOf } from "../lib/kernel/time.ts";
import { openScan } from "../lib/workflows/scan/open.ts";
import { readCatalog, wantedSources } from "./catalog.ts";
import { acceptedConfig, cloudStore, logger } from "./runtime.ts";

/** Opens the scan of a day, or the one that is named, and answers with its sources for the state machine to work on. */
export async function handler(event: { at?: string; scan?: string }) {
  const config = await acceptedConfig(process.env);
  const { brands, regions, budgets } = config;
  const scan = event.scan ?? dayOf(event.at ?? systemClock());
  const sources = wantedSources(config, readCatalog());
  await openScan({ brands, regions, budgets, book: cloudStore(process.env).book, clock: systemClock }, sources, scan);
  logger.info("scan opened", { scan, sources: sources.length, brands: brands.length });
  const spent = { details: 0, icons: 0 };
  return { scan, sources: sources.map(({ id, worker }) => ({ scan, source: id, worker, spent })) };
}
