import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import type { Coverage } from "../../lib/domain/finding/coverage.ts";
import type { Finding } from "../../lib/domain/finding/finding.ts";
import { type Bench, createBench } from "../support/program.ts";
import { sharedPath } from "../support/shared.ts";

const MANIFEST = fileURLToPath(new URL("../recorded/manifest.json", import.meta.url));

/** The certificate that signs the Guardian Project's own repository, as the project publishes it. */
const GUARDIAN = "b7c2eefd8dac7806af67dfcd92eb18126bc08312a7f2d6f3862e46013c7a6135";

const GUARDIAN_APPS = [
  "org.witness.informacam.app",
  "info.guardianproject.checkey",
  "info.guardianproject.courier",
  "info.guardianproject.locationprivacy",
  "org.witness.sscphase1",
  "org.torproject.android",
  "info.guardianproject.orfox",
  "info.guardianproject.browser",
  "info.guardianproject.pixelknot",
  "info.guardianproject.ripple",
];

interface Report {
  news: (Finding & { change: string })[];
  coverage: Coverage[];
  tally: { assessed: number; alerts: number };
  replayed: { misses: { source: string; url: string }[]; unused: string[] };
}

/** Three publishers whose real listings were recorded; `apps` false leaves only what proves them. */
function config(apps: boolean): object {
  const inventory = (entries: object[]) => (apps ? entries : []);
  return {
    regions: ["us"],
    sources: {
      "google-play": { canary: { term: "panda", region: "us", language: "en", expectKey: "com.sgn.pandapop.gp" } },
      "app-store": { canary: { term: "slack", region: "us", language: "en", expectKey: "803453959" } },
      fdroid: {
        settings: { repositories: [{ url: "https://guardianproject.info/fdroid/repo", fingerprint: GUARDIAN }] },
        canary: { term: "orbot", region: "us", language: "en", expectKey: "org.torproject.android" },
      },
      "tencent-myapp": { enabled: false },
      "github-releases": { enabled: false },
    },
    brands: [
      {
        id: "slack",
        country: "us",
        names: [{ text: "Slack", distinctive: false }],
        apps: inventory([{ platform: "mac", stores: { "app-store": "803453959" } }]),
        publishers: [{ store: "app-store", name: "Slack Technologies, Inc.", key: "453420243" }],
        searchTerms: ["things", "bbedit", "bear", "deliveries", "notability", "tweetbot", "nonexistent"],
        watch: {
          listings: ["284882215", "338986109", "736189492", "975937182", "803453959", "839333328", "999999999"].map(
            (key) => ({
              store: "app-store",
              key,
            }),
          ),
        },
      },
      {
        id: "translate",
        country: "us",
        names: ["Google Translate"],
        apps: inventory([
          {
            platform: "android",
            package: "com.google.android.apps.translate",
            stores: { "google-play": "com.google.android.apps.translate" },
          },
        ]),
        publishers: [{ store: "google-play", name: "Google LLC", key: "5700313618786177705" }],
        searchTerms: ["panda", "where am i"],
        watch: {
          listings: [
            { store: "google-play", key: "com.google.android.apps.translate" },
            { store: "google-play", key: "com.mojang.minecraftpe" },
            { store: "google-play", key: "com.adex77.WhereAmI" },
            { store: "aptoide", key: "64807051" },
            { store: "aptoide", key: "1" },
          ],
          developers: [{ store: "google-play", key: "Mojang" }],
        },
      },
      {
        id: "guardian",
        country: "us",
        names: ["Guardian Project", "Orbot"],
        // Every app of the recorded index.
        watch: { listings: GUARDIAN_APPS.map((key) => ({ store: "fdroid", key })) },
        apps: inventory([
          { platform: "android", package: "org.torproject.android", stores: { fdroid: "org.torproject.android" } },
        ]),
        publishers: [{ store: "fdroid", key: GUARDIAN }],
      },
    ],
  };
}

const SUBJECTS = [
  ["slack", "app-store", "803453959"],
  ["translate", "google-play", "com.google.android.apps.translate"],
  ["guardian", "fdroid", "org.torproject.android"],
] as const;

describe.skipIf(!sharedPath("recorded"))("a scan answered by bodies that stores really sent", () => {
  let bench: Bench;
  afterEach(() => bench.remove());

  async function scan(): Promise<{ code: number | null; report: Report; findings: Finding[] }> {
    const folder = sharedPath("recorded") ?? "";
    const { code, stdout, stderr } = await bench.run(
      "scan",
      "--recorded",
      folder,
      "--manifest",
      MANIFEST,
      "--json",
      "--quiet",
    );
    expect(stderr).toBe("");
    const { findings } = await bench.json<{ findings: Finding[] }>("findings", "--all", "--limit", "1000");
    return { code, report: JSON.parse(stdout), findings };
  }

  function verdictOf(findings: Finding[], [brand, source, key]: (typeof SUBJECTS)[number]): string | undefined {
    return findings.find((one) => one.brand === brand && one.listing.source === source && one.listing.key === key)
      ?.assessment.verdict;
  }

  it("calls what is registered official, and raises no alarm over any other listing", { timeout: 60_000 }, async () => {
    bench = createBench(config(true));
    const { code, report, findings } = await scan();
    expect(SUBJECTS.map((subject) => verdictOf(findings, subject))).toEqual(["official", "official", "official"]);
    process.stdout.write(`recorded listings assessed: ${report.tally.assessed}, alerts: ${report.tally.alerts}\n`);
    expect(report.tally.alerts).toBe(0);
    expect(report.tally.assessed).toBeGreaterThan(200);
    // What was not recorded is refused and told; every recording was asked for.
    expect(code).toBe(3);
    expect(report.replayed.unused).toEqual([]);
    expect(report.replayed.misses.length).toBeGreaterThan(0);
    const failures = report.coverage.flatMap((part) => part.failures);
    expect(new Set(failures.map(({ kind, detail }) => `${kind}: ${detail}`))).toEqual(
      new Set(["refused: not recorded"]),
    );
  });

  it("calls what only key or certificate prove unregistered", { timeout: 60_000 }, async () => {
    bench = createBench(config(false));
    const { report, findings } = await scan();
    expect(SUBJECTS.map((subject) => verdictOf(findings, subject))).toEqual([
      "unregistered",
      "unregistered",
      "unregistered",
    ]);
    expect(report.tally.alerts).toBe(0);
  });
});
