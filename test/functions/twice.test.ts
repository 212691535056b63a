import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import type { Slice, SliceEnd } from "../../lib/workflows/scan/slice.ts";
import { bankProfiles, writeIcons } from "../storefront/profile-facts.ts";
import { type Storefront, startStorefront } from "../storefront/server.ts";
import type { SourceId } from "../storefront/types.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";

/** Delivery is at least once and any call may fail: whatever is repeated, there is one finding and one recognisable notice. */

const SCAN = "2026-11-02";
/** A source for each of the functions that work on sources. */
const WORKERS: Record<string, SourceId> = {
  drain: "tencent-myapp",
  "drain-google-play": "google-play",
  "drain-app-store": "app-store",
};
let cloud: Cloud;
let storefront: Storefront;
let folder: string;

beforeAll(async () => {
  cloud = await openCloud();
  // One try each, so that every cut line is a failure of the handler.
  process.env.AWS_MAX_ATTEMPTS = "1";
  storefront = await startStorefront({ seed: 70_211 });
  folder = mkdtempSync(join(tmpdir(), "knockoff-twice-"));
  await writeIcons(storefront.world, join(folder, "icons"));
  await configure("tencent-myapp");
});

afterAll(async () => {
  await cloud.stop();
  await storefront.stop();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => cloud.newTable());

/** One bank, one store, two searches: small enough to be run hundreds of times. */
async function configure(source: SourceId): Promise<void> {
  const whole = bankProfiles(storefront.world, { url: storefront.url, iconFolder: "icons" });
  const sources = Object.entries(whole.sources).map(([id, set]) => [id, { ...set, enabled: id === source }]);
  const config = {
    ...whole,
    brands: whole.brands.slice(0, 1),
    budgets: { queriesPerSource: 2, detailsPerSource: 1, patience: 0 },
    sources: Object.fromEntries(sources),
  };
  writeFileSync(join(folder, "knockoff.yaml"), stringify(config));
  await cloud.upload(folder);
}

/** Leases of a call that failed lapse; then the same event comes again. */
async function again(name: string, event: object): Promise<void> {
  await cloud.timePasses();
  const end = await cloud.call<SliceEnd>(name, event);
  if (end?.more) throw new Error(`${name} is not done although nothing disturbed it`);
}

type Step = (name: string, event: object) => Promise<void>;

/** Runs a day and answers with what stands then. Where nobody is told yet, what waits to be told is looked at instead. */
async function scan(times: Record<string, Step>, worker = "drain", tell = true): Promise<object> {
  const step = (name: string, event: object) => (times[name] ?? times.all ?? again)(name, event);
  const slice: Slice = {
    scan: SCAN,
    source: WORKERS[worker] ?? "",
    spent: { details: 0, icons: 0 },
    until: "9999-12-31T00:00:00.000Z",
  };
  cloud.aws.published.length = 0;
  await step("plan", { scan: SCAN });
  await step(worker, slice);
  if (tell) {
    await step("announce", {});
    await step("digest", { scan: SCAN });
  }
  const findings = (await cloud.findings()).map(({ id, version, liveness, assessment, evidence, icon }) => {
    const { verdict, score, signals } = assessment;
    // Which of several answers showed a listing first depends on what was asked again; that all of it was kept does not.
    const kept = evidence.length > 0 && evidence.every(isKept);
    return { id, version, liveness, verdict, score, rules: signals.map(({ rule }) => rule), icon, kept };
  });
  const ids = tell ? cloud.aws.published.map(({ attributes }) => attributes.notice ?? "") : await cloud.outbox();
  const told = new Set(ids);
  const notices = [...told].filter((id) => id.startsWith("n-")).sort();
  expect(Math.min(findings.length, notices.length), "something to lose").toBeGreaterThan(0);
  expect(findings.map(({ kept }) => kept)).not.toContain(false);
  return { findings, notices, digests: told.size - notices.length };
}

function isKept(sha256: string): boolean {
  const objects = cloud.aws.buckets.get("knockoff-evidence")?.objects;
  const [bytes, about] = [`evidence/${sha256.slice(0, 2)}/${sha256}`, `about/${sha256.slice(0, 2)}/${sha256}.json`];
  return objects?.has(bytes) === true && objects.has(about);
}

describe("every handler", () => {
  it.each(Object.entries(WORKERS))(
    "%s and the others may be called twice with the same event",
    async (worker, source) => {
      await configure(source);
      const once = await scan({}, worker);
      await cloud.newTable();
      const twice: Step = async (name, event) => {
        await again(name, event);
        await again(name, event);
      };
      expect(await scan({ all: twice }, worker)).toEqual(once);
      expect(cloud.aws.published.filter(({ topic }) => topic === "arn:digest")).toHaveLength(1);
    },
  );

  it.each(Object.entries(WORKERS))("%s and the others may be called twice at once", async (worker, source) => {
    await configure(source);
    const once = await scan({}, worker);
    await cloud.newTable();
    const together: Step = async (name, event) => {
      await Promise.all([cloud.call(name, event), cloud.call(name, event)]);
      await again(name, event);
    };
    expect(await scan({ all: together }, worker)).toEqual(once);
  });

  it.each(["plan", "drain", "announce", "digest"])(
    "%s may fail at any of its calls, before or after they took effect",
    async (disturbed) => {
      await configure("tencent-myapp");
      const tell = disturbed === "announce" || disturbed === "digest";
      const once = await scan({}, "drain", tell);
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
          expect(await scan({ [disturbed]: disturb }, "drain", tell), `${cut} call ${nth}`).toEqual(once);
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
    // Of two that read the same state one is refused and comes again, as a message does that was not handled.
    const both = await Promise.allSettled([deliver(), deliver()]);
    for (const { status } of both) if (status === "rejected") await deliver();
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

describe("what is no part of a scan", () => {
  const until = "9999-12-31T00:00:00.000Z";
  const slice = (over: Partial<Slice>): Slice => {
    return { scan: SCAN, source: "tencent-myapp", spent: { details: 0, icons: 0 }, until, ...over };
  };

  it.each(["2026-11-02#aptoide", "yesterday", "<aws.sched", "2026-11-02\u200b", "a".repeat(3_000)])(
    "a scan called %s is opened by nobody",
    async (scan) => {
      await expect(cloud.call("plan", { scan })).rejects.toThrow(/no name of a scan/);
      await expect(cloud.call("drain", slice({ scan }))).rejects.toThrow(/never opened/);
      await expect(cloud.call("digest", { scan })).rejects.toThrow(/never opened/);
    },
  );

  it("a source that a function does not know is asked by nobody", async () => {
    await cloud.call("plan", { scan: SCAN });
    await expect(cloud.call("drain", slice({ source: "elsewhere" }))).rejects.toThrow(/no source of this worker/);
  });

  it("a source that was switched off since is left alone, and is a gap", async () => {
    await configure("tencent-myapp");
    await cloud.call("plan", { scan: SCAN });
    await configure("google-play");
    const before = storefront.requests().length;
    expect(await cloud.call("drain", slice({}))).toMatchObject({ more: false });
    expect(storefront.requests().slice(before)).toEqual([]);
    const { gaps } = await cloud.call<{ gaps: { source: string }[] }>("digest", { scan: SCAN });
    expect(gaps.map(({ source }) => source)).toEqual(["tencent-myapp"]);
  });

  it("a source is given up when the scan's time is over, and is a gap", async () => {
    await configure("tencent-myapp");
    await cloud.call("plan", { scan: SCAN });
    const end = await cloud.call<SliceEnd>("drain", slice({ until: "2026-01-01T00:00:00.000Z" }));
    expect(end).toMatchObject({ more: false });
    const { gaps, done } = await cloud.call<{ gaps: { source: string }[]; done: number }>("digest", { scan: SCAN });
    expect({ gaps: gaps.map(({ source }) => source), done }).toEqual({ gaps: ["tencent-myapp"], done: 0 });
  });
});

describe("the outbox before there is a configuration", () => {
  it("is swept without a word", async () => {
    cloud.aws.buckets.get("knockoff-config")?.objects.delete("accepted/current.json");
    expect(await cloud.call("announce", {})).toEqual({ sent: 0, failed: 0, oldestSeconds: 0 });
    await expect(cloud.call("plan", {})).rejects.toThrow(/no configuration was accepted yet: upload knockoff.yaml/);
  });
});
