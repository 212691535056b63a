import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { openConfigBucket } from "../../../lib/platform/config/bucket.ts";
import type { Config } from "../../../lib/platform/config/load.ts";
import { type AwsServer, startAws } from "../../support/aws/server.ts";

let aws: AwsServer;
let folder: string;
let objects: Map<string, Buffer>;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "knockoff-bucket-"));
  objects = new Map();
  aws.buckets.set("config", { locked: false, objects });
  return () => rmSync(folder, { recursive: true });
});

const open = () => openConfigBucket(awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: aws.url }), "config");

describe("the bucket of configurations", () => {
  it("has none until one was accepted", async () => {
    expect(await open().current()).toBeUndefined();
    const config = { file: "knockoff.yaml", regions: ["de"] } as Config;
    await open().accept({ schema: "accepted-config/1", acceptedAt: "2026-11-02T09:00:00.000Z", config });
    expect(await open().current()).toEqual(config);
  });

  it("puts what was uploaded into a folder, and nothing beside it", async () => {
    objects.set("incoming/knockoff.yaml", Buffer.from("brands: []"));
    objects.set("incoming/icons/a.png", Buffer.from("png"));
    objects.set("incoming/icons/", Buffer.from(""));
    objects.set("incoming/../../escaped.txt", Buffer.from("out"));
    objects.set("incoming//etc/absolute.txt", Buffer.from("in"));
    objects.set("accepted/current.json", Buffer.from("{}"));
    await open().download(join(folder, "in"));
    expect(readdirSync(folder)).toEqual(["in"]);
    const files = readdirSync(join(folder, "in"), { recursive: true }).sort();
    expect(files).toEqual(["etc", "etc/absolute.txt", "icons", "icons/a.png", "knockoff.yaml"]);
    expect(readFileSync(join(folder, "in/icons/a.png"), "utf8")).toBe("png");
  });

  it("takes no more than a configuration can be", async () => {
    for (let i = 0; i < 2_001; i += 1) objects.set(`incoming/${i}`, Buffer.from("x"));
    await expect(open().download(folder)).rejects.toThrow(/more than 2000 files/);
    expect(readdirSync(folder)).toEqual([]);
  });
});
