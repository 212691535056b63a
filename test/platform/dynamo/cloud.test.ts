import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { openCloudDb } from "../../../lib/platform/dynamo/cloud.ts";
import type { Db } from "../../../lib/platform/dynamo/db.ts";
import { createLeases } from "../../../lib/platform/dynamo/leases.ts";
import { createLedger } from "../../../lib/platform/dynamo/ledger.ts";
import { ensureTable } from "../../../lib/platform/dynamo/table.ts";
import { type AwsServer, startAws } from "../../support/aws/server.ts";
import { ledgerContract } from "../../support/ledger-contract.ts";

/** `KNOCKOFF_TEST_DYNAMODB=http://127.0.0.1:8000` runs the same suite on another endpoint, such as a stricter emulator. */
const OTHER = process.env.KNOCKOFF_TEST_DYNAMODB;
let aws: AwsServer;
let count = 0;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());

async function open(): Promise<Db> {
  count += 1;
  const table = `knockoff-${count}-${process.pid}`;
  const settings = awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: OTHER ?? aws.url });
  const client = new DynamoDBClient(settings);
  for (let i = 0; i < 100 && (await ensureTable(client, table)) !== "ACTIVE"; i += 1) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  client.destroy();
  return openCloudDb(settings, table);
}

describe("the ledger at a DynamoDB endpoint", () => {
  ledgerContract(async () => createLedger(await open()));
});

describe("leases", () => {
  const at = (minute: number) => `2026-11-02T09:${String(minute).padStart(2, "0")}:00.000Z`;

  it("belong to one of many who take them at once", async () => {
    const leases = createLeases(await open());
    const owners = Array.from({ length: 12 }, (_, n) => `worker-${n}`);
    const taken = await Promise.all(owners.map((owner) => leases.take("source:x", owner, at(0), 60_000)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it("are prolonged by their owner, lapse, and pass on when they are given back", async () => {
    const leases = createLeases(await open());
    expect(await leases.take("l", "a", at(0), 60_000)).toBe(true);
    expect(await leases.take("l", "a", at(0), 120_000)).toBe(true);
    expect(await leases.take("l", "b", at(1), 60_000)).toBe(false);
    expect(await leases.take("l", "b", at(2), 60_000)).toBe(true);
    await leases.free("l", "a");
    expect(await leases.take("l", "c", at(2), 60_000)).toBe(false);
    await leases.free("l", "b");
    expect(await leases.take("l", "c", at(2), 60_000)).toBe(true);
  });
});
