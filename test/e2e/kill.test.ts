import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../lib/domain/finding/finding.ts";
import { seeded } from "../storefront/random.ts";
import type { SourceId } from "../storefront/types.ts";
import { ended, openWorld } from "../support/program.ts";

type Opened = Awaited<ReturnType<typeof openWorld>>;

const ASKED: readonly SourceId[] = ["google-play", "aptoide"];
const KILLS = 20;

/** Two stores and one bank: about 40 apps. */
function small(config: { sources: Record<string, object>; brands: object[] }): object {
  const sources = Object.entries(config.sources).map(([id, set]) => [
    id,
    { ...set, enabled: (ASKED as readonly string[]).includes(id), pace: { perMinute: 6000, parallel: 1 } },
  ]);
  return { ...config, sources: Object.fromEntries(sources), brands: config.brands.slice(0, 1) };
}

describe("a scan that is killed again and again", () => {
  let killed: Opened;
  let calm: Opened;
  beforeAll(async () => {
    [killed, calm] = await Promise.all([openWorld(53, small), openWorld(53, small)]);
    for (const source of ASKED) killed.storefront.set(source, { latencyMs: 60 });
  });
  afterAll(() => Promise.all([killed.close(), calm.close()]));

  it("ends as an undisturbed one does, and loses nothing that was once recorded", { timeout: 240_000 }, async () => {
    const random = seeded(53, "kills");
    const seen = new Map<string, number>();
    let interrupted = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const scan = killed.bench.start("scan", "--quiet");
      const over = ended(scan);
      await sleep(random.int(300, 1_400));
      for (const { id, version } of await findingsOf(killed)) seen.set(id, Math.max(version, seen.get(id) ?? 0));
      scan.kill("SIGKILL");
      if ((await over).code === null) interrupted += 1;
    }
    const { code } = await killed.bench.run("scan", "--quiet");
    expect(code).toBe(0);
    await calm.bench.run("scan", "--quiet");

    const after = await findingsOf(killed);
    process.stdout.write(`${interrupted} of ${KILLS} kills hit a running scan; ${after.length} findings\n`);
    expect(interrupted).toBeGreaterThan(KILLS / 2);
    expect(after.map(facts)).toEqual((await findingsOf(calm)).map(facts));
    expect(new Set(after.map(({ id }) => id)).size).toBe(after.length);
    const lost = [...seen].filter(([id, version]) => (after.find((one) => one.id === id)?.version ?? 0) < version);
    expect(lost).toEqual([]);
  });

  it("tells every finding once the scan is over, and then never again", { timeout: 60_000 }, async () => {
    const { stdout } = await killed.bench.run("scan", "--json", "--quiet");
    expect(JSON.parse(stdout).news).toEqual([]);
  });
});

describe("readers beside a scan whose process is killed", () => {
  let world: Opened;
  beforeAll(async () => {
    world = await openWorld(54, small);
    for (const source of ASKED) world.storefront.set(source, { latencyMs: 60 });
  });
  afterAll(() => world.close());

  it("go on with the ledger, whoever owned it", { timeout: 120_000 }, async () => {
    // The scan opens the folder first and serves the ledger to the others.
    const scan = world.bench.start("scan", "--quiet");
    const over = ended(scan);
    await sleep(1_200);
    const reading = (async () => {
      const counts: number[] = [];
      for (let i = 0; i < 6; i += 1) counts.push((await findingsOf(world)).length);
      return counts;
    })();
    await sleep(700);
    scan.kill("SIGKILL");
    await over;
    const second = world.bench.run("scan", "--quiet");
    const counts = await reading;
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect((await second).code).toBe(0);
    expect((await findingsOf(world)).length).toBeGreaterThanOrEqual(counts.at(-1) ?? 0);
  });
});

async function findingsOf({ bench }: Opened): Promise<Finding[]> {
  const { findings } = await bench.json<{ findings: Finding[] }>("findings", "--all", "--quiet", "--limit", "5000");
  return findings.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What two worlds on two ports have in common. */
function facts({ id, listing, assessment, liveness, stage }: Finding): object {
  return { id, name: listing.name, verdict: assessment.verdict, score: assessment.score, liveness, stage };
}
