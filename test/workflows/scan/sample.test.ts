import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256Hex } from "../../../lib/kernel/id.ts";
import { err } from "../../../lib/kernel/result.ts";
import { judge } from "../../../lib/platform/http/judge.ts";
import { drifted, parseJson } from "../../../lib/sources/parse.ts";
import type { Http, Source } from "../../../lib/sources/source.ts";
import { checkCanary } from "../../../lib/workflows/scan/canary.ts";
import type { ScanPorts, ScanSource } from "../../../lib/workflows/scan/ports.ts";
import { scan } from "../../../lib/workflows/scan/scan.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";
import { brand } from "../../support/samples.ts";

const NOW = "2026-11-02T09:00:00.000Z";
let store: Scratch;
beforeEach(async () => {
  store = await openScratch();
});
afterEach(() => store.close());

/** A store that answers every question with one page, as its door lets it through. */
function storeOf(page: { status?: number; type?: string; body: string | Uint8Array } | undefined): ScanSource {
  let asked = 0;
  const http: Http = {
    async fetch({ url }) {
      asked += 1;
      if (page === undefined) return err({ kind: "unreachable", detail: "gone" });
      const body = Buffer.from(page.body.toString().replace("{n}", String(asked)));
      const headers: Record<string, string> = page.type === undefined ? {} : { "content-type": page.type };
      return judge({ status: page.status ?? 200, url, headers, body }, 0);
    },
  };
  const source: Source = {
    about: {
      id: "fake-store",
      name: { en: "Fake", zh: "假" },
      kind: "open-market",
      homepage: "https://store.example",
      hosts: ["store.example"],
      regions: [],
      pace: { perMinute: 600, parallel: 4 },
      canary: { term: "maps", region: "us", language: "en", expectKey: "maps" },
      baseUrl: "https://store.example",
      proof: "none",
      firstParty: false,
      statesCertificate: false,
    },
    async search(_, ask) {
      const answer = await ask.http.fetch({ url: `${ask.baseUrl}/search` });
      if (!answer.ok) return answer;
      const read = parseJson(answer.value.body);
      return read.ok ? { ok: true, value: { listings: [], truncated: false, dropped: 0 } } : drifted("no JSON");
    },
  };
  const { canary, baseUrl } = source.about;
  return { source, http, baseUrl, settings: {}, canary, live: true };
}

function portsOf(entry: ScanSource): ScanPorts {
  return {
    ...store,
    brands: [brand()],
    blind: new Set(),
    sources: [entry],
    regions: ["us"],
    budgets: { queriesPerSource: 6, icons: 0, detailsPerSource: 0, patience: 0 },
    readIcon: async () => ({ problem: "none" }),
    assess: () => [],
    clock: () => NOW,
    owner: "test",
    signal: new AbortController().signal,
    timeIsUp: () => false,
    progress: () => {},
  };
}

const CAPTCHA = "<html><title>Just a moment...</title>request {n}</html>";

describe("what a source shows instead of an answer", () => {
  it.each([
    ["a captcha", { type: "text/html", body: CAPTCHA }, "refused", 1],
    ["a refusal", { status: 403, body: "no entry {n}" }, "refused", 1],
    ["a page that changed", { type: "text/html; charset=utf-8", body: "<html>new layout {n}</html>" }, "drifted", 1],
    ["an answer without the canary", { type: "application/json", body: "[]" }, "drifted", 1],
    ["nothing", undefined, "unreachable", 0],
    ["an empty page", { body: "" }, "drifted", 0],
    ["too much traffic", { status: 429, body: "slow down {n}" }, "throttled", 0],
  ] as const)("%s is kept once in a scan, where there is something to see", async (_, page, kind, count) => {
    const { coverage } = await scan(portsOf(storeOf(page)), "2026-11-02");
    const failures = coverage[0]?.failures ?? [];
    expect(failures[0]?.kind).toBe(kind);
    const samples = failures.flatMap(({ sample }) => sample ?? []);
    expect(samples).toHaveLength(count);
    const health = await store.book.health("fake-store");
    // The other questions were answered, so the source may be thought well.
    if (health?.failure !== undefined) expect(health.failure.sample).toBe(samples[0]);
    const [sample] = samples;
    if (sample === undefined) return;
    expect(await store.locker.about(sample)).toMatchObject({
      kind: "response",
      origin: "https://store.example/search",
      at: NOW,
    });
    const text = Buffer.from((await store.locker.get(sample)) ?? []).toString();
    expect(text).toMatch(new RegExp(`^${page?.body.replace("{n}", "\\d+").replace(/[[.]/g, "\\$&")}$`));
  });

  it("is kept from its beginning, and no more than 64 kB of it", async () => {
    const body = `<html>${"x".repeat(200_000)}</html>`;
    const { coverage } = await scan(portsOf(storeOf({ type: "text/html", body })), "2026-11-02");
    const sample = coverage[0]?.failures[0]?.sample ?? "";
    expect(sample).toBe(sha256Hex(body.slice(0, 65_536)));
    expect(await store.locker.about(sample)).toMatchObject({ bytes: 65_536 });
  });

  it("stays with the source's health while it fails the same way, and goes when it is well", async () => {
    const captcha = storeOf({ type: "text/html", body: CAPTCHA });
    const { failure } = await checkCanary(portsOf(captcha), captcha);
    expect(failure).toMatchObject({ kind: "refused", sample: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const dead = storeOf(undefined);
    expect((await checkCanary(portsOf(dead), dead)).failure).toEqual({ kind: "unreachable", detail: "gone" });
  });
});
