import { describe, expect, it } from "vitest";
import { ALERTS } from "../../lib/domain/assess/assessment.ts";
import type { Finding } from "../../lib/domain/finding/finding.ts";
import { type AppTruth, KINDS } from "../storefront/types.ts";
import { openWorld } from "../support/program.ts";

/** Worlds that nothing was developed on. */
const UNSEEN = [70_211, 81_853, 120_011];

describe("a whole scan of a world that nothing was developed on", () => {
  it.each(UNSEEN)(
    "finds every kind of impersonation and accuses no innocent (seed %i)",
    { timeout: 120_000 },
    async (seed) => {
      const { storefront, bench, close } = await openWorld(seed);
      try {
        const { code, stderr } = await bench.run("scan", "--quiet");
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        const { findings } = await bench.json<{ findings: Finding[] }>("findings", "--all", "--limit", "5000");
        const alerts = new Set(findings.filter((finding) => isAlert(finding)).map(placeOf));
        const { apps } = storefront.world;
        const fakes = apps.filter(({ label }) => label === "impersonation");
        const missed = fakes.filter((app) => !alerts.has(`${app.source} ${app.key}`));
        const accused = apps.filter((app) => app.label !== "impersonation" && alerts.has(`${app.source} ${app.key}`));
        process.stdout.write(
          `seed ${seed}: ${fakes.length - missed.length} of ${fakes.length} impersonations alerted, ${accused.length} of ${apps.length - fakes.length} others\n`,
        );
        expect(unfoundKinds(fakes, missed)).toEqual([]);
        expect(accused.map(describeApp)).toEqual([]);
        expect(wrongProofs(apps, findings)).toEqual([]);
      } finally {
        await close();
      }
    },
  );
});

/** Kinds of which not a single impersonation was alerted. */
function unfoundKinds(fakes: readonly AppTruth[], missed: readonly AppTruth[]): string[] {
  const found = new Set(fakes.filter((app) => !missed.includes(app)).map(({ kind }) => kind));
  return KINDS.filter((kind) => !found.has(kind));
}

function isAlert({ assessment }: Finding): boolean {
  return ALERTS.includes(assessment.verdict);
}

function placeOf({ listing }: Finding): string {
  return `${listing.source} ${listing.key}`;
}

function describeApp({ source, kind, label, name, packageName, key }: AppTruth): string {
  return `${source} ${kind ?? label} ${name} ${packageName ?? key}`;
}

/** What is ours, or a genuine copy, must be called so. */
function wrongProofs(apps: readonly AppTruth[], findings: readonly Finding[]): string[] {
  const verdicts = new Map(findings.map((finding) => [placeOf(finding), finding.assessment.verdict]));
  return apps
    .filter(({ label }) => label === "official" || label === "copy" || label === "unregistered")
    .filter((app) => verdicts.get(`${app.source} ${app.key}`) !== app.label)
    .map((app) => `${describeApp(app)} is ${verdicts.get(`${app.source} ${app.key}`) ?? "not found"}`);
}
