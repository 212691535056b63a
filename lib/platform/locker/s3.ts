import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { ExponentialBackoff, handleWhen, retry } from "cockatiel";
import type { Evidence, Locker, Sha256 } from "../../domain/evidence/evidence.ts";
import { sha256Hex } from "../../kernel/id.ts";
import type { AwsSettings } from "../aws/environment.ts";
import { readObject, s3Client, statusOf } from "../aws/s3.ts";
import { aboutOnly, isHash } from "./about.ts";

/**
 * Evidence as S3 objects: `evidence/ab/abcd…` holds the bytes, `about/ab/abcd….json` what is known of them. Both are written only
 * where nothing stands (`If-None-Match: *`), and S3 checks the bytes against our SHA-256 before it keeps them; the bucket's
 * Object Lock does the rest. Two prefixes, because those who fetch may read descriptions and write bytes, but not read bytes.
 */
export function createS3Locker(settings: AwsSettings, bucket: string): Locker {
  const client = s3Client(settings);
  return {
    async put(bytes, about) {
      const sha256 = sha256Hex(bytes);
      const evidence: Evidence = { ...aboutOnly(about), sha256, bytes: bytes.length };
      await putOnce(client, bucket, bytesKey(sha256), bytes);
      const first = await putOnce(client, bucket, aboutKey(sha256), Buffer.from(`${JSON.stringify(evidence)}\n`));
      return first ? evidence : ((await readAbout(client, bucket, sha256)) ?? evidence);
    },

    async get(sha256) {
      if (!isHash(sha256)) return undefined;
      const bytes = await readObject(client, bucket, bytesKey(sha256));
      if (bytes !== undefined && sha256Hex(bytes) !== sha256)
        throw new Error(`evidence ${sha256} was altered in ${bucket}`);
      return bytes;
    },

    about: async (sha256) => (isHash(sha256) ? readAbout(client, bucket, sha256) : undefined),
  };
}

function bytesKey(sha256: Sha256): string {
  return `evidence/${sha256.slice(0, 2)}/${sha256}`;
}

function aboutKey(sha256: Sha256): string {
  return `about/${sha256.slice(0, 2)}/${sha256}.json`;
}

const whileContended = retry(
  handleWhen((error) => statusOf(error) === 409),
  { maxAttempts: 5, backoff: new ExponentialBackoff({ initialDelay: 50 }) },
);

/** Two writers at once: S3 lets one through, tells the other 412, or 409 while the first is still being written. */
async function putOnce(client: S3Client, bucket: string, key: string, bytes: Uint8Array): Promise<boolean> {
  const command = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: bytes,
    IfNoneMatch: "*",
    ChecksumSHA256: Buffer.from(sha256Hex(bytes), "hex").toString("base64"),
    // What an attacker wrote must never open in the browser of somebody who follows a link to it.
    ContentType: "application/octet-stream",
    ContentDisposition: "attachment",
  });
  try {
    await whileContended.execute(() => client.send(command));
    return true;
  } catch (error) {
    if (statusOf(error) === 412) return false;
    throw error;
  }
}

async function readAbout(client: S3Client, bucket: string, sha256: Sha256): Promise<Evidence | undefined> {
  const bytes = await readObject(client, bucket, aboutKey(sha256));
  return bytes === undefined ? undefined : (JSON.parse(Buffer.from(bytes).toString("utf8")) as Evidence);
}
