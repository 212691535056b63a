import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Coverage } from "../../lib/domain/finding/coverage.ts";
import type { Finding } from "../../lib/domain/finding/finding.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";
import { createFolderLocker } from "../../lib/platform/locker/folder.ts";
import type { SourceId } from "../storefront/types.ts";
import { openWorld } from "../support/program.ts";

type Opened = Awaited<ReturnType<typeof openWorld>>;

/** A source that fails twice in a row is left alone, so that waiting for it does not fill the test. */
const impatient = (config: object) => ({ ...config, budgets: { patience: 2 } });

const FAULTS: [SourceId, string, object][] = [
  ["google-play", "refused", { captcha: true }],
  ["app-store", "throttled", { throttle: 1 }],
  ["aptoide", "drifted", { layout: true }],
  ["tencent-myapp", "unreachable", { dead: true }],
];

describe("a day on which four of six stores cannot be read", () => {
  let world: Opened;
  let healthy: Finding[];

  beforeAll(async () => {
    world = await openWorld(31, impatient);
    const other = await openWorld(31, impatient);
    await other.bench.run("scan");
    healthy = await findingsOf(other);
    await other.close();
  }, 120_000);
  afterAll(() => world.close());

  it("says which, why and since when, and finds all there is in the others", { timeout: 120_000 }, async () => {
    for (const [source, , switches] of FAULTS) world.storefront.set(source, switches);
    const { code, stdout } = await world.bench.run("scan", "--json", "--quiet");
    expect(code).toBe(3);
    const { coverage } = JSON.parse(stdout) as { coverage: Coverage[] };
    for (const [source, kind] of FAULTS) {
      const part = coverage.find((one) => one.source === source);
      expect(part).toMatchObject({ source, outcome: "failed", canary: "lost", listings: 0 });
      expect(part?.failures[0]?.kind).toBe(kind);
      expect(part?.failingSince).toMatch(/^\d{4}-\d{2}-\d{2}T/);
    }
    const sound = new Set(coverage.filter(({ outcome }) => outcome === "complete").map(({ source }) => source));
    expect(sound).toEqual(new Set(["fdroid", "github-releases"]));
    const found = await findingsOf(world);
    expect(found.map(facts)).toEqual(healthy.filter(({ listing }) => sound.has(listing.source)).map(facts));
    const samples = coverage.map(({ source, failures }) => [source, failures.flatMap(({ sample }) => sample ?? [])]);
    const kept = Object.fromEntries(samples.filter(([, of]) => of?.length !== 0)) as Record<string, string[]>;
    expect(Object.keys(kept).sort()).toEqual(["aptoide", "google-play"]);
    const [captcha] = kept["google-play"] ?? [];
    expect(Buffer.from((await lockerOf(world).get(captcha ?? "")) ?? []).toString()).toMatch(/captcha/i);
  });

  it("keeps the bank's own icons with the evidence", async () => {
    const icons = join(world.bench.folder, "icons");
    for (const name of readdirSync(icons)) {
      const kept = await lockerOf(world).about(sha256Hex(readFileSync(join(icons, name))));
      expect(kept).toMatchObject({ kind: "reference-icon", mediaType: "image/png", origin: `icons/${name}` });
    }
  });

  it.each([
    ["en", "NOT searched completely", "page changed"],
    ["zh", "未完整搜索", "页面变更"],
  ])("tells people so (%s)", { timeout: 60_000 }, async (language, heading, drifted) => {
    const { stdout, code } = await world.bench.run("scan", "--lang", language);
    expect(code).toBe(3);
    expect(stdout).toContain(heading);
    expect(stdout).toContain(drifted);
    for (const [source] of FAULTS) expect(stdout).toContain(source);
  });

  it("finds the rest as soon as the stores are well again", { timeout: 120_000 }, async () => {
    for (const [source] of FAULTS) world.storefront.set(source, {});
    const { code } = await world.bench.run("scan");
    expect(code).toBe(0);
    expect((await findingsOf(world)).map(facts)).toEqual(healthy.map(facts));
  });
});

describe("a fake that goes, comes back and changes its name", () => {
  let world: Opened;
  beforeAll(async () => {
    world = await openWorld(32, (config) => ({ ...config, ...onlyGooglePlay(config) }));
  });
  afterAll(() => world.close());

  it("is gone after two proofs of absence, relisted when it is back, and changed when it changed", {
    timeout: 180_000,
  }, async () => {
    const { bench, storefront } = world;
    const fake = storefront.world.apps.find(({ source, kind }) => source === "google-play" && kind === "lure-suffix");
    if (fake === undefined) throw new Error("this world has no such fake");
    const change = async () => {
      const { stdout } = await bench.run("scan", "--again", "--json", "--quiet");
      const { news } = JSON.parse(stdout) as { news: (Finding & { change: string })[] };
      return news.filter(({ listing }) => listing.key === fake.key).map((one) => one.change);
    };
    expect(await change()).toEqual(["new"]);
    storefront.remove(fake.id);
    expect(await change()).toEqual([]);
    expect(await change()).toEqual(["vanished"]);
    storefront.restore(fake.id);
    expect(await change()).toEqual(["relisted"]);
    storefront.rename(fake.id, `${fake.name} Plus`);
    expect(await change()).toEqual(["changed"]);
    expect(await change()).toEqual([]);
  });
});

function onlyGooglePlay(config: { sources: Record<string, object>; brands: object[] }): object {
  const sources = Object.entries(config.sources).map(([id, set]) => [id, { ...set, enabled: id === "google-play" }]);
  return { sources: Object.fromEntries(sources), brands: config.brands.slice(0, 1) };
}

function lockerOf({ bench }: Opened) {
  return createFolderLocker(join(bench.folder, "data", "locker"));
}

async function findingsOf({ bench }: Opened): Promise<Finding[]> {
  const { findings } = await bench.json<{ findings: Finding[] }>("findings", "--all", "--limit", "5000");
  return findings.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What two worlds on two ports have in common. */
function facts({ id, listing, assessment, liveness }: Finding): object {
  return { id, name: listing.name, verdict: assessment.verdict, score: assessment.score, liveness };
}
