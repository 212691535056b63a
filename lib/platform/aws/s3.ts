import { GetObjectCommand, HeadObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { AwsSettings } from "./environment.ts";
import { sharedClient } from "./shared-client.ts";

/** A server of this machine knows no bucket by its host name. */
export function s3Client(settings: AwsSettings): S3Client {
  const forcePathStyle = settings.endpoint !== undefined;
  return sharedClient("s3", settings, () => new S3Client({ ...settings, forcePathStyle }));
}

/** What stands now, for writing only where it still does. */
export async function etagOf(client: S3Client, bucket: string, key: string): Promise<string | undefined> {
  try {
    return (await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }))).ETag;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** The whole object, or undefined where none stands (which S3 tells only to those who may list the bucket). */
export async function readObject(client: S3Client, bucket: string, key: string): Promise<Uint8Array | undefined> {
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return await Body?.transformToByteArray();
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
