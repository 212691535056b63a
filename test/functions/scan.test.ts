import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { SliceEnd } from "../../lib/workflows/scan/slice.ts";
import { bankProfiles, writeIcons } from "../storefront/profile-facts.ts";
import { type Storefront, startStorefront } from "../storefront/server.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";

let cloud: Cloud;
let storefront: Storefront;
let folder: string;

beforeAll(async () => {
  cloud = await openCloud();
  storefront = await startStorefront({ seed: 70_211 });
  folder = mkdtempSync(join(tmpdir(), "knockoff-config-"));
  mkdirSync(folder, { recursive: true });
  const config = bankProfiles(storefront.world, { url: storefront.url, iconFolder: "icons" });
  writeFileSync(join(folder, "knockoff.yaml"), stringify(config));
  await writeIcons(storefront.world, join(folder, "icons"));
});

afterAll(async () => {
  await cloud.stop();
  await storefront.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("the functions", () => {
  it("work off a scan", async () => {
    expect(await cloud.upload(folder)).toEqual({ batchItemFailures: [] });
    console.log(cloud.aws.published);
    const plan = await cloud.call<{ scan: string; sources: (SliceEnd & { worker: string })[] }>("plan", {
      scan: "2026-11-02",
    });
    console.log(JSON.stringify(plan.sources.map((s) => s.source)));
    for (const slice of plan.sources) {
      const name = slice.worker === "common" ? "drain" : `drain-${slice.worker}`;
      const t = Date.now();
      console.log(slice.source, await cloud.call(name, slice), Date.now() - t);
    }
    console.log(await cloud.call("announce", {}));
    console.log(await cloud.call("digest", { scan: plan.scan }));
    console.log(cloud.aws.published.length, cloud.aws.published.at(-1), cloud.aws.published.at(5));
  }, 300_000);
});
