import type { SitePorts } from "../lib/entry/site/ports.ts";
import { systemClock } from "../lib/entry/system-clock.ts";
import { msOf } from "../lib/kernel/time.ts";
import { awsSettings } from "../lib/platform/aws/environment.ts";
import { createS3Locker } from "../lib/platform/locker/s3.ts";
import { readCatalog } from "./catalog.ts";
import { resource } from "./environment.ts";
import { cloudStore, configBucket } from "./runtime.ts";

/** People look at many pages in a minute, and at none of them for a change of the configuration. */
const CONFIG_MS = 60_000;

/** What console and API stand on in the bank's account. */
export function sitePorts(env: NodeJS.ProcessEnv): SitePorts {
  const { ledger, book, desk } = cloudStore(env);
  const config = keptFor(CONFIG_MS, () => configBucket(env).current());
  return {
    ledger,
    book,
    desk,
    locker: createS3Locker(awsSettings(env), resource(env, "EVIDENCE_BUCKET")),
    sources: readCatalog(),
    brands: async () => (await config())?.brands ?? [],
    // Configurations that were accepted before there was a policy say nothing of it.
    policy: async () => ({ fourEyes: (await config())?.review?.fourEyes ?? false }),
    clock: systemClock,
  };
}

/** Reads once for all who ask within this time; what could not be read is asked for again. */
function keptFor<T>(ms: number, read: () => Promise<T>): () => Promise<T> {
  let kept: { until: number; value: Promise<T> } | undefined;
  return () => {
    const now = msOf(systemClock());
    if (kept !== undefined && now < kept.until) return kept.value;
    const value = read();
    kept = { until: now + ms, value };
    value.catch(() => {
      kept = undefined;
    });
    return value;
  };
}
