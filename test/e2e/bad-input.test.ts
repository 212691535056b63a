import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Coverage } from "../../lib/domain/finding/coverage.ts";
import { type HostileStore, hugePng, startHostileStore } from "../support/hostile-store.ts";
import { type Bench, createBench, ended } from "../support/program.ts";

const BANK = { id: "northwind", country: "us", names: ["Northwind Harbor Bank"] };

describe("a configuration that is wrong", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = createBench();
    mkdirSync(join(bench.folder, "icons"));
    const huge = await hugePng();
    writeFileSync(join(bench.folder, "icons", "huge.png"), huge);
    writeFileSync(join(bench.folder, "icons", "cut.png"), huge.subarray(0, 60));
    writeFileSync(join(bench.folder, "icons", "text.gif"), "GIF89a nonsense");
    writeFileSync(
      join(bench.folder, "icons", "external.svg"),
      '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://169.254.169.254/x"/></svg>',
    );
  }, 60_000);
  afterAll(() => bench.remove());

  it.each([
    ["broken YAML", "brands:\n  - id: [northwind\n", ["knockoff.yaml:"]],
    [
      "unknown keys",
      "brands:\n  - id: northwind\n    country: us\n    nmaes: [X]\n    names: [Y]\n",
      [":4:5", "nmaes", "names"],
    ],
    [
      "an unknown store",
      "sources: { googel-play: {} }\nbrands: [{ id: a, country: us, names: [Y] }]\n",
      ["googel-play", "google-play"],
    ],
    ["no brand", "brands: []\n", ["brands"]],
    ["an icon that is not there", withIcon("icons/none.png"), [":5:13", "icons/none.png"]],
    ["an icon of 20,000 x 20,000 pixels", withIcon("icons/huge.png"), ["icons/huge.png", "20000"]],
    ["an icon cut short", withIcon("icons/cut.png"), ["icons/cut.png"]],
    ["an icon that is no image", withIcon("icons/text.gif"), ["icons/text.gif"]],
    ["an icon that fetches", withIcon("icons/external.svg"), ["icons/external.svg"]],
  ])("is told apart: %s", async (_, yaml, expected) => {
    writeFileSync(join(bench.folder, "knockoff.yaml"), yaml);
    for (const command of [["brand", "check"], ["scan"]]) {
      const { code, stderr } = await bench.run(...command);
      expect(code).toBe(2);
      for (const text of expected) expect(stderr).toContain(text);
    }
  });
});

function withIcon(path: string): string {
  return `brands:\n  - id: northwind\n    country: us\n    names: [Northwind Harbor Bank]\n    icons: [${path}]\n`;
}

describe("a store that is an attacker's", () => {
  let store: HostileStore;
  let bench: Bench;
  const terms = ["huge description", "million items", "nested", "letters", "icons", "redirect"];

  beforeAll(async () => {
    store = await startHostileStore();
    const off = Object.fromEntries(
      ["google-play", "aptoide", "fdroid", "tencent-myapp", "github-releases"].map((id) => [id, { enabled: false }]),
    );
    bench = createBench({
      network: { allow: [new URL(store.url).host] },
      budgets: { patience: 0 },
      sources: {
        ...off,
        "app-store": {
          baseUrl: store.url,
          pace: { perMinute: 6000, parallel: 4 },
          canary: { term: "canary", region: "us", language: "en", expectKey: "99" },
        },
      },
      brands: [{ ...BANK, searchTerms: terms }],
    });
  }, 60_000);
  afterAll(async () => {
    await store.stop();
    bench.remove();
  });

  it("costs a failure or a counted drop each, never the scan, and little memory", { timeout: 120_000 }, async () => {
    const child = bench.start("scan", "--json", "--quiet");
    let peakMb = 0;
    const watch = setInterval(() => {
      peakMb = Math.max(peakMb, peakOf(child.pid));
    }, 50);
    const { code, stdout, stderr } = await ended(child);
    clearInterval(watch);
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    const { coverage, tally } = JSON.parse(stdout) as { coverage: Coverage[]; tally: { iconsFailed: number } };
    const failures = coverage[0]?.failures.map(({ kind, detail }) => `${kind}: ${detail}`).join("\n");
    expect(failures).toContain("larger than");
    expect(failures).toContain("objects and lists");
    expect(failures).toContain("169.254.169.254");
    expect(tally.iconsFailed).toBeGreaterThanOrEqual(8);
    expect(store.trespasses()).toEqual([]);
    process.stdout.write(`peak memory of a scan of hostile answers: ${Math.round(peakMb)} MB\n`);
    expect(peakMb).toBeLessThan(300);
  });

  it("cannot write on the terminal what it wants", async () => {
    const { stdout } = await bench.run("findings", "--all");
    expect(stdout).toContain("Northwind Harbor Bank");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not come through
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

/** Linux only; elsewhere 0. */
function peakOf(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
