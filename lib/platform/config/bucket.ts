import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Instant } from "../../kernel/time.ts";
import type { AwsSettings } from "../aws/environment.ts";
import { readObject, s3Client } from "../aws/s3.ts";
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
  accept(accepted: AcceptedConfig): Promise<void>;
  /** Writes all that was uploaded into a folder of this machine. Throws when it is more than a configuration can be. */
  download(folder: string): Promise<void>;
}

const INCOMING = "incoming/";
const CURRENT = "accepted/current.json";
const MOST_FILES = 2_000;
const MOST_BYTES = 100_000_000;

export function openConfigBucket(settings: AwsSettings, bucket: string): ConfigBucket {
  const client = s3Client(settings);
  return {
    async current() {
      const bytes = await readObject(client, bucket, CURRENT);
      return bytes === undefined
        ? undefined
        : (JSON.parse(Buffer.from(bytes).toString("utf8")) as AcceptedConfig).config;
    },
    async accept(accepted) {
      const Body = JSON.stringify(accepted);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: CURRENT, Body, ContentType: "application/json" }));
    },
    async download(folder) {
      for (const key of await keysOf(client, bucket)) {
        const path = pathIn(folder, key.slice(INCOMING.length));
        if (path === undefined) continue;
        await mkdir(dirname(path), { recursive: true });
        await writeFile(path, (await readObject(client, bucket, key)) ?? "");
      }
    },
  };
}

async function keysOf(client: S3Client, bucket: string): Promise<string[]> {
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
    if (keys.length > MOST_FILES || bytes > MOST_BYTES) {
      throw new Error(
        `${INCOMING} holds more than ${MOST_FILES} files or ${MOST_BYTES} bytes: remove what is no configuration`,
      );
    }
    next = page.NextContinuationToken;
  } while (next !== undefined);
  return keys;
}

/** A key may be any text; what would leave the folder, and the marks of empty folders, are no files of a configuration. */
function pathIn(folder: string, name: string): string | undefined {
  const path = normalize(join(folder, name));
  return name === "" || name.endsWith("/") || !path.startsWith(join(folder, "/")) ? undefined : path;
}
