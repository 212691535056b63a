import type { Context } from "aws-lambda";
import { VERSION } from "../lib/entry/cli/version.ts";
import { createIconReader } from "../lib/entry/icon-reader.ts";
import { ICON_DOOR, scanPorts } from "../lib/entry/scan-ports.ts";
import { awsSettings } from "../lib/platform/aws/environment.ts";
import type { Config } from "../lib/platform/config/load.ts";
import { createDoor, honestUserAgent } from "../lib/platform/http/door.ts";
import { createS3Locker } from "../lib/platform/locker/s3.ts";
import { readCredentials } from "../lib/platform/secrets/secrets-manager.ts";
import type { Source } from "../lib/sources/source.ts";
import type { ScanPorts } from "../lib/workflows/scan/ports.ts";
import { type Slice, type SliceEnd, workSlice } from "../lib/workflows/scan/slice.ts";
import { optionalResource, resource } from "./environment.ts";
import { acceptedConfig, type CloudStore, cloudStore, logger, timeLimit } from "./runtime.ts";

/** Kept back to finish what is in hand, and to stop what hangs. */
const RESERVE_MS = 60_000;
const LAST_MS = 5_000;

/** A handler that works one stretch of time on one of these sources. */
export function drainHandler(sources: readonly Source[]) {
  return async (event: Slice, context: Context): Promise<SliceEnd> => {
    logger.appendKeys({ scan: event.scan, source: event.source });
    const config = await acceptedConfig(process.env);
    // Switched off since the scan was planned: left alone, and a gap.
    if (config.sources[event.source]?.enabled === false) return { ...event, more: false, waitSeconds: 0 };
    const left = context.getRemainingTimeInMillis();
    const signal = AbortSignal.timeout(Math.max(1, left - LAST_MS));
    const store = cloudStore(process.env);
    // What is wrong with the settings of another source is its own matter.
    const mine = sources.filter(({ about }) => about.id === event.source);
    const { ports, close } = await openPorts(config, mine, store, signal, context);
    try {
      const end = await workSlice(ports, store.leases, event);
      logger.info("stretch ended", { more: end.more, spent: end.spent });
      return end;
    } finally {
      await close();
    }
  };
}

async function openPorts(
  config: Config,
  sources: readonly Source[],
  store: CloudStore,
  signal: AbortSignal,
  context: Context,
): Promise<{ ports: ScanPorts; close(): Promise<void> }> {
  const env = process.env;
  const door = createDoor({ userAgent: honestUserAgent(VERSION, config.contact), allow: config.network.allow });
  const common = env.KNOCKOFF_PROXY || config.network.proxy;
  const ports = await scanPorts({
    config,
    brands: config.brands,
    sources,
    httpFor({ about }) {
      const set = config.sources[about.id];
      return door.forSource(about, { signal, proxy: set?.proxy ?? common, pace: set?.pace });
    },
    readIcon: createIconReader(
      door.anywhere(ICON_DOOR.pace, { deadlineMs: ICON_DOOR.deadlineMs, signal, proxy: common }),
    ),
    credentials: await credentialsOf(sources, config.sources),
    replayed: false,
    store: { ...store, locker: createS3Locker(awsSettings(env), resource(env, "EVIDENCE_BUCKET")) },
    owner: context.awsRequestId,
    signal,
    timeIsUp: timeLimit(context, RESERVE_MS),
  });
  return { ports, close: () => door.close() };
}

/** The secret is read only where a source of ours is given one of its values. */
async function credentialsOf(
  sources: readonly Source[],
  set: Record<string, { credentialEnv?: string } | undefined>,
): Promise<Record<string, string>> {
  const secret = optionalResource(process.env, "CREDENTIALS");
  const needed = sources.some((source) => set[source.about.id]?.credentialEnv !== undefined);
  return needed && secret !== undefined ? readCredentials(awsSettings(process.env), secret) : {};
}
