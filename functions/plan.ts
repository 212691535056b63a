import { systemClock } from "../lib/entry/system-clock.ts";
import { dayIn, plusMs } from "../lib/kernel/time.ts";
import { openScan } from "../lib/workflows/scan/open.ts";
import { readCatalog, wantedSources } from "./catalog.ts";
import { acceptedConfig, cloudStore, logger } from "./runtime.ts";

/** An hour less than the state machine may run, so that there is always a digest, and the next day's scan finds the stores free. */
const LONGEST_MS = 22 * 3_600_000;

/** Opens the scan of a day, or the one that is named, and answers with its sources for the state machine to work on. */
export async function handler(event: { at?: string; scan?: string }) {
  const config = await acceptedConfig(process.env);
  const { brands, regions, budgets } = config;
  const scan = event.scan ?? dayIn(process.env.KNOCKOFF_TIME_ZONE ?? "UTC", event.at ?? systemClock());
  const sources = wantedSources(config, readCatalog());
  await openScan({ brands, regions, budgets, book: cloudStore(process.env).book, clock: systemClock }, sources, scan);
  logger.info("scan opened", { scan, sources: sources.length, brands: brands.length });
  const common = { scan, spent: { details: 0, icons: 0 }, until: plusMs(systemClock(), LONGEST_MS) };
  return { scan, sources: sources.map(({ id, worker }) => ({ ...common, source: id, worker })) };
}
