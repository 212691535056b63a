import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { awsSettings } from "../../../lib/platform/aws/environment.ts";
import { type AcceptedConfig, openConfigBucket } from "../../../lib/platform/config/bucket.ts";
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

function accepted(region: string): AcceptedConfig {
  const config = { file: "knockoff.yaml", regions: [region] } as Config;
  return { schema: "accepted-config/1", acceptedAt: "2026-11-02T09:00:00.000Z", config };
}

const open = () => openConfigBucket(awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: aws.url }), "config");

describe("the bucket of configurations", () => {
  it("has none until one was accepted", async () => {
    expect(await open().current()).toBeUndefined();
    await open().accept(accepted("de"), undefined);
    expect(await open().current()).toMatchObject({ regions: ["de"] });
  });

  it("lets no upload that was read before replace one that was accepted since", async () => {
    await open().accept(accepted("de"), undefined);
    const before = await open().inForce();
    await open().accept(accepted("fr"), before);
    await expect(open().accept(accepted("it"), before)).rejects.toThrow(/PreconditionFailed/);
    await expect(open().accept(accepted("it"), undefined)).rejects.toThrow(/PreconditionFailed/);
    expect(await open().current()).toMatchObject({ regions: ["fr"] });
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

  it("leaves out what no file of this machine can be called, and takes the rest", async () => {
    objects.set(`incoming/${"商标注册证".repeat(30)}.pdf`, Buffer.from("long"));
    objects.set("incoming/icons", Buffer.from("a file"));
    objects.set("incoming/icons/a.png", Buffer.from("below a file"));
    objects.set("incoming/nul\u0000.txt", Buffer.from("nul"));
    objects.set("incoming/knockoff.yaml", Buffer.from("brands: []"));
    expect(await open().download(folder)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(["icons", "knockoff.yaml"]);
  });

  it("takes no more than a configuration can be", async () => {
    for (let i = 0; i < 2_001; i += 1) objects.set(`incoming/${i}`, Buffer.from("x"));
    expect(await open().download(folder)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });
});
