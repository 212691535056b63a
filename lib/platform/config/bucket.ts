import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Instant } from "../../kernel/time.ts";
import type { AwsSettings } from "../aws/environment.ts";
import { etagOf, readObject, s3Client } from "../aws/s3.ts";
import type { Config } from "./load.ts";

/** A configuration that was found sound, with the hashes of its icons, so that whoever uses it parses and decodes nothing. */
export interface AcceptedConfig {
  schema: "accepted-config/1";
  acceptedAt: Instant;
  config: Config;
}

/** `incoming/` is what the bank uploads, `accepted/current.json` what scans go by: a mistake in an upload never stops a scan. */
export interface ConfigBucket {
  /** Undefined while nothing was accepted yet. */
  current(): Promise<Config | undefined>;
  /** Which configuration is in force; to be asked before one reads what is to replace it. */
  inForce(): Promise<string | undefined>;
  /** Throws when another has come into force since `before`: what was read may be older than that one. */
  accept(accepted: AcceptedConfig, before: string | undefined): Promise<void>;
  /** Writes what was uploaded into a folder of this machine; false when it is more than a configuration can be. */
  download(folder: string): Promise<boolean>;
}

const INCOMING = "incoming/";
const CURRENT = "accepted/current.json";
export const MOST_FILES = 2_000;
export const MOST_BYTES = 100_000_000;

export function openConfigBucket(settings: AwsSettings, bucket: string): ConfigBucket {
  const client = s3Client(settings);
  return {
    async current() {
      const bytes = await readObject(client, bucket, CURRENT);
      return bytes === undefined
        ? undefined
        : (JSON.parse(Buffer.from(bytes).toString("utf8")) as AcceptedConfig).config;
    },
    inForce: () => etagOf(client, bucket, CURRENT),
    async accept(accepted, before) {
      const still = before === undefined ? { IfNoneMatch: "*" } : { IfMatch: before };
      const Body = JSON.stringify(accepted);
      const object = { Bucket: bucket, Key: CURRENT, Body, ContentType: "application/json" };
      await client.send(new PutObjectCommand({ ...object, ...still }));
    },
    async download(folder) {
      const keys = await keysOf(client, bucket);
      if (keys === undefined) return false;
      for (const key of keys) {
        const path = pathIn(folder, key.slice(INCOMING.length));
        if (path !== undefined) await keep(path, (await readObject(client, bucket, key)) ?? new Uint8Array());
      }
      return true;
    },
  };
}

/** A key that this machine has no name for is left out: if the configuration names it, it is missing there, with its line. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  } catch (error) {
    const unnameable = ["ENAMETOOLONG", "EISDIR", "ENOTDIR", "EEXIST", "ERR_INVALID_ARG_VALUE"];
    if (!unnameable.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}

async function keysOf(client: S3Client, bucket: string): Promise<string[] | undefined> {
  const keys: string[] = [];
  let bytes = 0;
  let next: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: INCOMING, ContinuationToken: next }),
    );
    for (const { Key, Size } of page.Contents ?? []) {
      keys.push(Key ?? INCOMING);
      bytes += Size ?? 0;
    }
    if (keys.length > MOST_FILES || bytes > MOST_BYTES) return undefined;
    next = page.NextContinuationToken;
  } while (next !== undefined);
  return keys;
}

/** A key may be any text; what would leave the folder, and the marks of empty folders, are no files of a configuration. */
function pathIn(folder: string, name: string): string | undefined {
  const path = normalize(join(folder, name));
  return name === "" || name.endsWith("/") || !path.startsWith(join(folder, "/")) ? undefined : path;
}
