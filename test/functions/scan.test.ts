import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deployment } from "../../infra/deployment.ts";
import type { Finding } from "../../lib/domain/finding/finding.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";
import type { Digest } from "../../lib/workflows/announce/digest.ts";
import { runMachine } from "../support/aws/asl.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";
import { type Deployed, type DeployedFunction, deployedOf } from "../support/aws/deployed.ts";
import type { Published } from "../support/aws/sns.ts";
import { openWorld } from "../support/program.ts";
import { layerIsBuilt, synthesize } from "../support/synth.ts";

/**
 * The daily scan as the cloud runs it: the bundled handlers, each told only what its template tells it, in the order of the state
 * machine of the template, against simulated stores and services of AWS that keep their rules.
 */

const SEED = 70_211;
const DAY = "2026-11-02T04:30:00Z";

let world: Awaited<ReturnType<typeof openWorld>>;
let cloud: Cloud;
let deployed: Deployed;

interface Run {
  digest: Digest;
  told: Published[];
  visited: string[];
  waits: number[];
}

/** Runs the machine once. The first stretches of every source are so short that none is enough. */
async function run(at: string, broken: string[] = []): Promise<Run> {
  const before = cloud.aws.published.length;
  const visited: string[] = [];
  const waits: number[] = [];
  const stretches = new Map<string, number>();
  const digest = (await runMachine(
    deployed.machine,
    { at },
    {
      async invoke(arn, input) {
        const called = deployed.functions.get(arn);
        if (called === undefined) throw new Error(`the machine calls ${arn}, which is not deployed`);
        if (broken.includes(called.name)) throw new Error(`${called.name} is broken`);
        const { source } = input as { source?: string };
        const stretch = stretches.get(source ?? "") ?? 0;
        if (source !== undefined) stretches.set(source, stretch + 1);
        const remainingMs = source === undefined ? 300_000 : 60_500 + 500 * 4 ** stretch;
        return cloud.call(called.name, input, { remainingMs, environment: localised(called) });
      },
      async wait(seconds) {
        waits.push(seconds);
      },
      visited: (state) => visited.push(state),
    },
  )) as Digest;
  return { digest, told: cloud.aws.published.slice(before), visited, waits };
}

function localised({ environment }: DeployedFunction): Record<string, string> {
  const resource = /^KNOCKOFF_(TABLE|EVIDENCE_BUCKET|CONFIG_BUCKET|TOPIC_\w+|CREDENTIALS)$/;
  const entries = Object.entries(environment).map(([name, value]) => [
    name,
    resource.test(name) ? cloud.local(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** What a finding says, without when it was said and which of several answers showed it first. */
function facts({ id, listing, assessment, icon, stage, liveness, version }: Finding): object {
  return { id, listing, assessment, icon, stage, liveness, version };
}

const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);

describe.runIf(layerIsBuilt())("the daily scan in the cloud", () => {
  let first: Run;

  beforeAll(async () => {
    deployed = deployedOf(synthesize(deployment));
    world = await openWorld(SEED);
    cloud = await openCloud();
    expect(await cloud.upload(world.bench.folder)).toEqual({ batchItemFailures: [] });
  });

  afterAll(async () => {
    await cloud.stop();
    await world.close();
  });

  it("finds what the command line finds, and tells of each new fact once", { timeout: 240_000 }, async () => {
    first = await run(DAY);
    const { code, stdout } = await world.bench.run("scan", "--quiet", "--json");
    expect(code).toBe(0);
    const { findings } = await world.bench.json<{ findings: Finding[] }>("findings", "--all", "--limit", "5000");
    expect(findings.length).toBeGreaterThan(50);
    expect((await cloud.findings()).sort(byId).map(facts)).toEqual(findings.sort(byId).map(facts));

    const { news } = JSON.parse(stdout) as { news: { change: string; id: string }[] };
    const told = first.told
      .filter(({ topic }) => topic === "arn:findings")
      .map(({ body }) => JSON.parse(body.default ?? ""));
    expect(news.length).toBeGreaterThan(20);
    expect(told.map(({ change, finding }) => `${change} ${finding.id}`).sort()).toEqual(
      news.map(({ change, id }) => `finding.${change} ${id}`).sort(),
    );
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });

  it("keeps the bank's own icons with the evidence, where the console finds them", () => {
    const evidence = cloud.aws.buckets.get("knockoff-evidence")?.objects;
    const icons = join(world.bench.folder, "icons");
    const names = readdirSync(icons);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const sha256 = sha256Hex(readFileSync(join(icons, name)));
      const about = evidence?.get(`about/${sha256.slice(0, 2)}/${sha256}.json`);
      expect(JSON.parse(Buffer.from(about ?? []).toString())).toMatchObject({ kind: "reference-icon" });
    }
  });

  it("goes through every state, in stretches where one is not enough", () => {
    const states = [
      ...Object.keys(deployed.machine.States),
      ...Object.keys(deployed.machine.States.Sources?.ItemProcessor?.States ?? {}),
    ];
    expect(new Set(first.visited)).toEqual(new Set(states.filter((state) => state !== "Gap")));
    expect(first.waits.length).toBeGreaterThan(5);
  });

  it("closes with a digest in which everything planned is done", () => {
    const { digest, told } = first;
    expect(digest).toMatchObject({ schema: "digest/1", scan: "2026-11-02", gaps: [], canariesLost: [] });
    expect(digest.planned).toBeGreaterThan(100);
    expect(digest.done).toBe(digest.planned);
    expect(told.at(-1)).toMatchObject({ topic: "arn:digest", attributes: { kind: "digest", severity: "low" } });
  });

  it("gives subscribers what to filter by, and people a text without a live link", () => {
    const findings = first.told.filter(({ topic }) => topic === "arn:findings");
    for (const { attributes, body } of findings) {
      expect(Object.keys(attributes).sort()).toEqual(["brand", "kind", "notice", "severity", "source", "verdict"]);
      expect(body.email).not.toMatch(/https?:\/\//);
      expect(JSON.parse(body.default ?? "")).toMatchObject({ schema: "notice/1", id: attributes.notice });
    }
  });

  it("changes nothing and tells nobody when the same start comes twice", { timeout: 120_000 }, async () => {
    const before = await cloud.findings();
    const again = await run(DAY);
    expect(again.told).toEqual([]);
    expect(await cloud.findings()).toEqual(before);
  });

  it("tells the next day only of what is new, and that it searched", { timeout: 240_000 }, async () => {
    const [renamed] = world.storefront.world.apps.filter(
      ({ label, source }) => label === "impersonation" && source === "fdroid",
    );
    world.storefront.rename(renamed?.id ?? "", `${renamed?.name} Pro`);
    const { told, digest } = await run("2026-11-03T04:30:00Z");
    world.storefront.restore(renamed?.id ?? "");
    expect(told.map(({ topic, attributes }) => [topic, attributes.kind, attributes.source])).toEqual([
      ["arn:findings", "finding.changed", "fdroid"],
      ["arn:digest", "digest", undefined],
    ]);
    expect(digest.done).toBe(digest.planned);
  });

  it("goes on without a store that refuses and a program that is broken, and names both", {
    timeout: 240_000,
  }, async () => {
    world.storefront.set("google-play", { captcha: true });
    const { digest, visited, told } = await run("2026-11-04T04:30:00Z", ["drain-app-store"]);
    world.storefront.set("google-play", {});
    expect(visited.filter((state) => state === "Gap")).toHaveLength(1);
    const gaps = new Map(digest.gaps.map((gap) => [gap.source, gap]));
    expect([...gaps.keys()].sort()).toEqual(["app-store", "google-play"]);
    expect(gaps.get("google-play")?.failures[0]?.kind).toBe("refused");
    expect(gaps.get("app-store")).toMatchObject({ done: 0, failures: [{ kind: "interrupted" }] });
    const named = digest.gaps.flatMap(({ failures }) => failures).reduce((sum, { count }) => sum + count, 0);
    expect(digest.planned).toBe(digest.done + named);
    expect(digest.canariesLost).toEqual(["google-play"]);
    expect(told.at(-1)).toMatchObject({ topic: "arn:digest", attributes: { severity: "medium" } });
    expect(told.at(-1)?.body.email).toMatch(
      /NOT searched[\s\S]*app-store: 0\/\d+[\s\S]*google-play|google-play[\s\S]*app-store/,
    );
  });
});
