import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { createS3Locker } from "../../../lib/platform/locker/s3.ts";
import { type AwsServer, startAws } from "../../support/aws/server.ts";
import { lockerContract } from "../../support/locker-contract.ts";

const ABOUT = { kind: "icon", mediaType: "image/png", at: "2026-11-02T09:00:00.000Z" } as const;
let aws: AwsServer;
let count = 0;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());

function open() {
  count += 1;
  const bucket = `evidence-${count}`;
  aws.buckets.set(bucket, { locked: true, objects: new Map() });
  const settings = awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: aws.url });
  return { bucket, locker: createS3Locker(settings, bucket) };
}

describe("a locker on S3", () => {
  lockerContract(async () => open().locker);

  it("never gives out bytes that are not what their name says", async () => {
    const { bucket, locker } = open();
    const { sha256 } = await locker.put(Buffer.from("as it was"), ABOUT);
    aws.buckets.get(bucket)?.objects.set(`evidence/${sha256.slice(0, 2)}/${sha256}`, Buffer.from("altered"));
    await expect(locker.get(sha256)).rejects.toThrow(/altered/);
  });

  it("adds the description that a crash left out", async () => {
    const { bucket, locker } = open();
    const { sha256 } = await locker.put(Buffer.from("half"), ABOUT);
    aws.buckets.get(bucket)?.objects.delete(`about/${sha256.slice(0, 2)}/${sha256}.json`);
    expect(await locker.about(sha256)).toBeUndefined();
    await locker.put(Buffer.from("half"), ABOUT);
    expect(await locker.about(sha256)).toMatchObject({ ...ABOUT, sha256 });
  });
});
