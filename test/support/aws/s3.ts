import { createHash } from "node:crypto";
import type { AwsAnswer, AwsRequest } from "./wire.ts";
import { escapeXml } from "./xml.ts";

/** Objects by key. A bucket under Object Lock takes no body without a checksum, as S3 takes none. */
export interface Bucket {
  locked: boolean;
  objects: Map<string, Buffer>;
}

const XML = { "content-type": "application/xml" };

/** PutObject, GetObject, HeadObject and ListObjectsV2 by path, with S3's rules for `If-Match`, `If-None-Match: *` and SHA-256 checksums. */
export function createS3(buckets: ReadonlyMap<string, Bucket>): (request: AwsRequest) => AwsAnswer {
  return (request) => {
    const [, name = "", ...rest] = request.url.pathname.split("/");
    const bucket = buckets.get(name);
    const key = decodeURIComponent(rest.join("/"));
    if (bucket === undefined) return failure(404, "NoSuchBucket");
    if (request.method === "PUT") return put(bucket, key, request);
    if (request.method === "HEAD") return head(bucket.objects.get(key));
    if (request.method !== "GET") return failure(405, "MethodNotAllowed");
    if (key === "") return list(bucket, request.url.searchParams.get("prefix") ?? "");
    const body = bucket.objects.get(key);
    return body === undefined ? failure(404, "NoSuchKey") : { status: 200, body };
  };
}

function put(bucket: Bucket, key: string, { headers, body }: AwsRequest): AwsAnswer {
  const checksum = headers["x-amz-checksum-sha256"];
  if (checksum === undefined && headers["content-md5"] === undefined && bucket.locked) {
    return failure(400, "InvalidRequest");
  }
  const actual = createHash("sha256").update(body).digest("base64");
  if (checksum !== undefined && checksum !== actual) return failure(400, "BadDigest");
  if (headers["if-none-match"] === "*" && bucket.objects.has(key)) return failure(412, "PreconditionFailed");
  const wanted = headers["if-match"];
  const standing = bucket.objects.get(key);
  if (wanted !== undefined && standing === undefined) return failure(404, "NoSuchKey");
  if (wanted !== undefined && standing !== undefined && wanted !== etagOf(standing))
    return failure(412, "PreconditionFailed");
  bucket.objects.set(key, body);
  return { status: 200, headers: { etag: etagOf(body) } };
}

function head(body: Buffer | undefined): AwsAnswer {
  if (body === undefined) return { status: 404 };
  return { status: 200, headers: { etag: etagOf(body), "content-length": String(body.length) } };
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}

function list(bucket: Bucket, prefix: string): AwsAnswer {
  const found = [...bucket.objects].filter(([key]) => key.startsWith(prefix));
  const contents = found.map(
    ([key, body]) => `<Contents><Key>${escapeXml(key)}</Key><Size>${body.length}</Size></Contents>`,
  );
  const body = `<ListBucketResult><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`;
  return { status: 200, headers: XML, body };
}

function failure(status: number, code: string): AwsAnswer {
  return { status, headers: XML, body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>` };
}
