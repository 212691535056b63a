import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import type { Desk } from "../lib/domain/desk/desk.ts";
import type { Channel } from "../lib/domain/finding/channel.ts";
import type { Leases } from "../lib/domain/finding/leases.ts";
import type { Ledger } from "../lib/domain/finding/ledger.ts";
import type { ScanBook } from "../lib/domain/finding/scan-book.ts";
import { awsSettings } from "../lib/platform/aws/environment.ts";
import { createSnsChannel } from "../lib/platform/channel/sns.ts";
import { type ConfigBucket, openConfigBucket } from "../lib/platform/config/bucket.ts";
import type { Config } from "../lib/platform/config/load.ts";
import { openCloudDb } from "../lib/platform/dynamo/cloud.ts";
import { createDesk } from "../lib/platform/dynamo/desk.ts";
import { createLeases } from "../lib/platform/dynamo/leases.ts";
import { createLedger } from "../lib/platform/dynamo/ledger.ts";
import { createScanBook } from "../lib/platform/dynamo/scan-book.ts";
import { optionalResource, resource } from "./environment.ts";

/** Level and service come from the environment, as Powertools reads them. */
export const logger = new Logger();

export interface CloudStore {
  ledger: Ledger;
  book: ScanBook;
  leases: Leases;
  desk: Desk;
}

/** The ledger of the bank's account. A reader that may not write leaves what lags to those who may. */
export function cloudStore(env: NodeJS.ProcessEnv, access: "writes" | "reads" = "writes"): CloudStore {
  const db = openCloudDb(awsSettings(env), resource(env, "TABLE"));
  return {
    ledger: createLedger(db, { repairs: access === "writes" }),
    book: createScanBook(db),
    leases: createLeases(db),
    desk: createDesk(db),
  };
}

export function configBucket(env: NodeJS.ProcessEnv): ConfigBucket {
  return openConfigBucket(awsSettings(env), resource(env, "CONFIG_BUCKET"));
}

/** Read anew for every call, so that what was accepted a minute ago counts. */
export async function acceptedConfig(env: NodeJS.ProcessEnv): Promise<Config> {
  const config = await configBucket(env).current();
  if (config !== undefined) return config;
  const bucket = resource(env, "CONFIG_BUCKET");
  throw new Error(`no configuration was accepted yet: upload knockoff.yaml to ${bucket}/incoming/`);
}

/** What people are written in; English while there is no configuration that says otherwise. */
export async function languageOf(env: NodeJS.ProcessEnv): Promise<"en" | "zh"> {
  return (await configBucket(env).current())?.language ?? "en";
}

export function snsChannel(env: NodeJS.ProcessEnv): Channel {
  return createSnsChannel(awsSettings(env), {
    findings: optionalResource(env, "TOPIC_FINDINGS"),
    digest: optionalResource(env, "TOPIC_DIGEST"),
    operations: optionalResource(env, "TOPIC_OPERATIONS"),
  });
}

/** Whether less than `reserveMs` of an invocation is left. */
export function timeLimit(context: Pick<Context, "getRemainingTimeInMillis">, reserveMs: number): () => boolean {
  return () => context.getRemainingTimeInMillis() < reserveMs;
}
