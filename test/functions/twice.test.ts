import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Slice, SliceEnd } from "../../lib/workflows/scan/slice.ts";
import { bankProfiles, writeIcons } from "../storefront/profile-facts.ts";
import { type Storefront, startStorefront } from "../storefront/server.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";

/** Delivery is at least once and any call may fail: whatever is repeated, there is one finding and one recognisable notice. */

const SCAN = "2026-11-02";
const SLICE: Slice = { scan: SCAN, source: "tencent-myapp", spent: { details: 0, icons: 0 } };
let cloud: Cloud;
let storefront: Storefront;
let folder: string;

beforeAll(async () => {
  cloud = await openCloud();
  // One try each, so that every cut line is a failure of the handler.
  process.env.AWS_MAX_ATTEMPTS = "1";
  storefront = await startStorefront({ seed: 70_211 });
  folder = mkdtempSync(join(tmpdir(), "knockoff-twice-"));
  const whole = bankProfiles(storefront.world, { url: storefront.url, iconFolder: "icons" });
  const others = ["google-play", "app-store", "aptoide", "fdroid", "github-releases"];
  const off = Object.fromEntries(others.map((id) => [id, { enabled: false }]));
  const config = {
    ...whole,
    brands: whole.brands.slice(0, 1),
    budgets: { queriesPerSource: 2, detailsPerSource: 1, patience: 0 },
    sources: { ...whole.sources, ...off },
  };
  writeFileSync(join(folder, "knockoff.yaml"), stringify(config));
  await writeIcons(storefront.world, join(folder, "icons"));
  await cloud.upload(folder);
});

afterAll(async () => {
  await cloud.stop();
  await storefront.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => cloud.newTable());

/** Leases of a call that failed lapse; then the same event comes again. */
async function again(name: string, event: object): Promise<void> {
  await cloud.timePasses();
  const end = await cloud.call<SliceEnd>(name, event);
  if (end?.more) throw new Error(`${name} is not done although nothing disturbed it`);
}

async function scan(times: { [name: string]: (name: string, event: object) => Promise<void> }): Promise<object> {
  const step = (name: string, event: object) => (times[name] ?? again)(name, event);
  cloud.aws.published.length = 0;
  await step("plan", { scan: SCAN });
  await step("drain", SLICE);
  await step("announce", {});
  await step("digest", { scan: SCAN });
  const told = cloud.aws.published.map(({ attributes }) => attributes.notice);
  const findings = (await cloud.findings()).map(({ id, version, liveness, assessment, evidence, icon }) => {
    const { verdict, score, signals } = assessment;
    return { id, version, liveness, verdict, score, rules: signals.map(({ rule }) => rule), icon, evidence };
  });
  const notices = [...new Set(told)].filter((id) => id?.startsWith("n-")).sort();
  expect(Math.min(findings.length, notices.length), "something to lose").toBeGreaterThan(1);
  return { findings, notices };
}

describe("every handler", () => {
  it("may be called twice with the same event", async () => {
    const once = await scan({});
    await cloud.newTable();
    const twice = async (name: string, event: object) => {
      await again(name, event);
      await again(name, event);
    };
    expect(await scan({ plan: twice, drain: twice, announce: twice, digest: twice })).toEqual(once);
    expect(cloud.aws.published.filter(({ topic }) => topic === "arn:digest")).toHaveLength(1);
  });

  it("may be called twice at once", async () => {
    const once = await scan({});
    await cloud.newTable();
    const together = async (name: string, event: object) => {
      await Promise.all([cloud.call(name, event), cloud.call(name, event)]);
      await again(name, event);
    };
    expect(await scan({ plan: together, drain: together, announce: together, digest: together })).toEqual(once);
  });

  it.each(["plan", "drain", "announce", "digest"])(
    "%s may fail at any of its calls, before or after they took effect",
    async (disturbed) => {
      const once = await scan({});
      let tried = 0;
      for (const cut of ["before", "after"] as const) {
        let hit = true;
        for (let nth = 1; hit; nth += 1) {
          await cloud.newTable();
          const disturb = async (name: string, event: object) => {
            hit = false;
            cloud.aws.interrupt((call) => {
              if (call === nth) hit = true;
              return call === nth ? cut : undefined;
            });
            await cloud.call(name, event).catch(() => undefined);
            cloud.aws.interrupt(undefined);
            await again(name, event);
          };
          expect(await scan({ [disturbed]: disturb }), `${cut} call ${nth}`).toEqual(once);
          tried += 1;
        }
      }
      console.log(`${disturbed}: ${tried - 2} interruptions`);
      expect(tried).toBeGreaterThan(6);
    },
    600_000,
  );
});

describe("the desk that takes configurations in", () => {
  const record = { messageId: "m-1", body: JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put" }] }) };
  const deliver = () => cloud.call("accept", { Records: [{ ...record, eventSource: "aws:sqs" }] });

  async function outcome(): Promise<object> {
    const told = cloud.aws.published.map(({ attributes }) => `${attributes.kind} ${attributes.notice}`);
    const { config } = JSON.parse(
      String(cloud.aws.buckets.get("knockoff-config")?.objects.get("accepted/current.json")),
    );
    return { told: [...new Set(told)], config };
  }

  it("may be given the same upload twice, and at once", async () => {
    cloud.aws.published.length = 0;
    await deliver();
    const once = await outcome();
    await deliver();
    await Promise.all([deliver(), deliver()]);
    expect(cloud.aws.published).toHaveLength(4);
    expect(await outcome()).toEqual(once);
  });

  it("may fail at any of its calls, before or after they took effect", async () => {
    cloud.aws.published.length = 0;
    await deliver();
    const once = await outcome();
    let tried = 0;
    for (const cut of ["before", "after"] as const) {
      for (let nth = 1, hit = true; hit; nth += 1) {
        cloud.aws.published.length = 0;
        cloud.aws.buckets.get("knockoff-config")?.objects.delete("accepted/current.json");
        hit = false;
        cloud.aws.interrupt((call) => {
          if (call === nth) hit = true;
          return call === nth ? cut : undefined;
        });
        const failed = await deliver().then(
          () => false,
          () => true,
        );
        cloud.aws.interrupt(undefined);
        // A message that was not handled stays in the queue and comes again.
        expect(failed, `${cut} call ${nth}`).toBe(hit);
        if (failed) await deliver();
        expect(await outcome(), `${cut} call ${nth}`).toEqual(once);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(6);
  });
});
