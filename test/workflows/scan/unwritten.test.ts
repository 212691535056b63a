import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CaseEvent } from "../../../lib/domain/finding/event.ts";
import { findingId } from "../../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../../lib/domain/finding/ledger.ts";
import type { Listing } from "../../../lib/domain/listing/listing.ts";
import { gapText } from "../../../lib/entry/text/gap.ts";
import { messagesFor } from "../../../lib/entry/text/language.ts";
import { err, ok } from "../../../lib/kernel/result.ts";
import type { Source } from "../../../lib/sources/source.ts";
import type { ScanPorts, ScanSource } from "../../../lib/workflows/scan/ports.ts";
import { scan } from "../../../lib/workflows/scan/scan.ts";
import { tendCases } from "../../../lib/workflows/watch/tend.ts";
import { decided, givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";
import { assessment, brand, listing } from "../../support/samples.ts";

const NOW = "2026-11-02T09:00:00.000Z";
let store: Scratch;
beforeEach(async () => {
  store = await openScratch();
});
afterEach(() => store.close());

/** A store that shows the same listings, and its canary, whatever it is asked; `byId` answers that there is none. */
function storeOf(listings: Listing[]): ScanSource {
  const canary = { term: "maps", region: "us", language: "en", expectKey: "maps" };
  const source: Source = {
    about: {
      id: "aptoide",
      name: { en: "Fake", zh: "假" },
      kind: "open-market",
      homepage: "https://store.example",
      hosts: ["store.example"],
      regions: [],
      pace: { perMinute: 600, parallel: 2 },
      canary,
      baseUrl: "https://store.example",
      proof: "none",
      firstParty: false,
      statesCertificate: false,
      searchIsWhole: true,
    },
    search: async () => ok({ listings, truncated: false, dropped: 0 }),
    byId: async () => ok(undefined),
  };
  const http = { fetch: async () => err({ kind: "unreachable" as const, detail: "nothing is behind this store" }) };
  return { source, http, baseUrl: source.about.baseUrl, settings: {}, canary, live: true };
}

function portsOf(listings: Listing[], ledger: Ledger = store.ledger): ScanPorts {
  return {
    ...store,
    ledger,
    brands: [brand()],
    blind: new Set(),
    sources: [storeOf(listings)],
    regions: ["us"],
    budgets: { queriesPerSource: 2, icons: 0, detailsPerSource: 10, patience: 0 },
    readIcon: async () => ({ problem: "none" }),
    assess: ({ key }) => (key === "maps" ? [] : [assessment("impersonation")]),
    clock: () => NOW,
    owner: "test",
    signal: new AbortController().signal,
    timeIsUp: () => false,
    progress: () => {},
  };
}

const idOf = (key: string) => findingId("northwind", "aptoide", key);
const vast = { description: "x".repeat(500_000) };

describe("a scan that cannot write one case", () => {
  it("tells of it and writes all others, where the case would be too large from the start", async () => {
    const shown = ["maps", "one", "vast", "two"].map((key) => listing({ key, ...(key === "vast" ? vast : {}) }));
    const { coverage, news } = await scan(portsOf(shown), "2026-11-02");
    expect(news.map(({ finding }) => finding.listing.key).sort()).toEqual(["one", "two"]);
    expect(await store.ledger.read(idOf("vast"))).toBeUndefined();
    const [part] = coverage;
    expect(part).toMatchObject({
      outcome: "partial",
      failures: [],
      unwritten: [{ finding: idOf("vast"), brand: "northwind", why: "too-large" }],
    });
    expect((await store.book.part("2026-11-02", "aptoide"))?.unwritten).toEqual(part?.unwritten);
    expect(part && gapText(part, messagesFor("en"))).toContain("1 case NOT written: full");
    expect(part && gapText(part, messagesFor("zh"))).toContain("1 个案件未写入：容量已满");
  });

  it("goes on where others write on a case all the time", async () => {
    const before = await givenCase(store.ledger, { key: "busy", at: NOW });
    const noted: CaseEvent = { at: NOW, by: "bot", kind: "noted", text: "again" };
    const ledger: Ledger = {
      ...store.ledger,
      async append(id, of, version, ...rest) {
        const now = id === before.id ? ((await store.ledger.read(id))?.version ?? 0) : 0;
        if (now > 0) await store.ledger.append(id, of, now, [noted], []);
        return store.ledger.append(id, of, version, ...rest);
      },
    };
    const shown = [listing({ key: "maps" }), listing({ key: "busy", name: "Another name" }), listing({ key: "one" })];
    const { coverage } = await scan(portsOf(shown, ledger), "2026-11-02");
    expect(coverage[0]).toMatchObject({ outcome: "partial", unwritten: [{ finding: before.id, why: "contended" }] });
    expect(await store.ledger.read(idOf("one"))).toMatchObject({ version: 1 });
    // It was seen, though not written, so nobody looks for it as if it were gone.
    expect(await store.book.sighting(before.id)).toMatchObject({ scan: "2026-11-02", misses: 0 });
  });

  it("tells of a full case that turns out to be gone, or whose time is up", async () => {
    const before = await givenCase(store.ledger, { key: "gone", at: NOW }, decided(NOW, "impersonation"));
    await store.book.putSighting({
      finding: before.id,
      lastSeen: NOW,
      scan: "2026-11-01",
      tasks: [],
      misses: 0,
      absences: 1,
    });
    const full: Ledger = {
      ...store.ledger,
      append: async (id, ...rest) =>
        id === before.id ? err({ kind: "too-large", bytes: 2, most: 1 }) : store.ledger.append(id, ...rest),
    };
    const { coverage } = await scan(portsOf([listing({ key: "maps" })], full), "2026-11-02");
    expect(coverage[0]).toMatchObject({ outcome: "partial", unwritten: [{ finding: before.id, why: "too-large" }] });
    const ended = { ...before, liveness: "gone" as const, goneSince: "2026-01-01T00:00:00.000Z" };
    expect(await tendCases({ ledger: full, clock: () => NOW }, [ended], true)).toEqual([
      { finding: before.id, brand: "northwind", why: "too-large" },
    ]);
  });
});
