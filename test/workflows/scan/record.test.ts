import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CaseEvent } from "../../../lib/domain/finding/event.ts";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../../lib/domain/finding/ledger.ts";
import { sha256Hex } from "../../../lib/kernel/id.ts";
import { type Observation, record } from "../../../lib/workflows/scan/record.ts";
import { note } from "../../../lib/workflows/triage/handle.ts";
import { givenCase, recorded } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";
import { assessment, listing } from "../../support/samples.ts";

let store: Scratch;

beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

const bytes = Buffer.from("an icon");
const icon = { sha256: sha256Hex(bytes), bytes, mediaType: "image/png" };

function recorder(blind: ReadonlySet<string> = new Set()) {
  const { ledger, locker } = store;
  const ports = { ledger, locker, blind, clock: () => "2026-11-02T09:00:00.000Z" };
  const see = (before: Finding | undefined, score: number, seen: Partial<Observation>) =>
    recorded(ports, before, assessment("impersonation", score), { listing: listing(), responses: [], ...seen });
  return { ledger, locker, see };
}

describe("a listing whose icon could not be had at first", () => {
  it("gets its icon with the next observation, kept as evidence, and nobody is told of it", async () => {
    const { ledger, locker, see } = recorder();
    const described = listing({ key: "late", description: "all of it" });
    const first = await see(undefined, 0.9, { listing: described });
    expect(first).toMatchObject({ change: "new", finding: { icon: undefined } });
    const second = await see(first.finding, 0.9, { listing: listing({ key: "late" }), icon });
    expect(second).toMatchObject({
      change: "none",
      finding: { icon: icon.sha256, listing: { description: "all of it" } },
    });
    expect(second.finding.evidence).toContain(icon.sha256);
    expect(await locker.get(icon.sha256)).toEqual(bytes);
    expect((await ledger.history(second.finding.id)).flatMap(({ notices }) => notices)).toHaveLength(1);
    expect(await see(second.finding, 0.9, { listing: described, icon })).toMatchObject({
      change: "none",
      finding: { version: 2 },
    });
  });

  it("is judged anew, and told, where the icon makes it another case", async () => {
    const { ledger, see } = recorder();
    const plain = { listing: listing({ key: "other" }) };
    const first = await see(undefined, 0.6, plain);
    const second = await see(first.finding, 0.99, { ...plain, icon });
    expect(second).toMatchObject({ change: "changed", finding: { assessment: { score: 0.99 } } });
    expect((await ledger.history(second.finding.id)).flatMap(({ notices }) => notices)).toHaveLength(2);
  });
});

describe("a brand whose own icon could not be had today", () => {
  it("loses no verdict for it, and gains those that are plain without it", async () => {
    const { see } = recorder(new Set(["northwind"]));
    const seen = { listing: listing({ key: "blind" }) };
    const first = await see(undefined, 0.8, seen);
    expect(await see(first.finding, 0.01, seen)).toMatchObject({
      change: "none",
      finding: { assessment: { score: 0.8 } },
    });
    const renamed = { listing: listing({ key: "blind", name: "Secure Pay" }) };
    const second = await see(first.finding, 0.01, renamed);
    expect(second).toMatchObject({ finding: { listing: { name: "Secure Pay" }, assessment: { score: 0.8 } } });
    expect(await see(second.finding, 0.95, renamed)).toMatchObject({ change: "changed" });
  });
});

describe("a case that others write on while a scan has something to say of it", () => {
  const at = "2026-11-02T09:00:00.000Z";

  /** The ledger as it is where somebody notes on the case before each of the first appends of a scan. */
  function busyLedger(notes: number): Ledger {
    let left = notes;
    return {
      ...store.ledger,
      async append(id, brand, version, ...rest) {
        if (left > 0) {
          left -= 1;
          const noted: CaseEvent = { at, by: "ana", kind: "noted", text: `one of ${notes}` };
          const { version: now } = (await store.ledger.read(id)) ?? { version: 0 };
          await store.ledger.append(id, brand, now, [noted], []);
        }
        return store.ledger.append(id, brand, version, ...rest);
      },
    };
  }

  const change = async (key: string, notes: number) => {
    const before = await givenCase(store.ledger, { key, at });
    let kept = 0;
    const locker: Scratch["locker"] = {
      ...store.locker,
      put: (...all) => {
        kept += 1;
        return store.locker.put(...all);
      },
    };
    const ports = { ...store.at(at), locker, ledger: busyLedger(notes) };
    const seen = { listing: { ...before.listing, name: "Another name" }, responses: [] };
    const made = await record(ports, before, before.assessment, seen);
    return { made, kept, before };
  };

  it("is written on what they left, and its evidence is kept once", async () => {
    const { made, kept } = await change("busy", 5);
    expect(made).toMatchObject({
      value: { change: "changed", finding: { version: 7, listing: { name: "Another name" } } },
    });
    expect(kept).toBe(1);
  });

  it("is left as they have it, and the scan is told, where they never stop", async () => {
    const { made, before } = await change("crowded", 1_000);
    expect(made).toMatchObject({ error: { why: "contended", finding: { version: 7 } } });
    expect((await store.ledger.read(before.id))?.listing.name).toBe(before.listing.name);
  });

  it("ends no scan, whoever writes as fast as they can", async () => {
    const before = await givenCase(store.ledger, { key: "rush", at });
    let running = true;
    const writer = async () => {
      for (let n = 0; running; n += 1) {
        await note({ ledger: store.ledger, clock: () => at }, before.id, { by: "bot", text: `note ${n}` });
      }
    };
    const writing = writer();
    const names = ["One", "Two", "Three", "Four", "Five"];
    let known = before;
    for (const name of names) {
      const made = await record(store.at(at), known, before.assessment, {
        listing: { ...before.listing, name },
        responses: [],
      });
      known = made.ok ? made.value.finding : (made.error.finding ?? known);
    }
    running = false;
    await writing;
    expect(known.version).toBeGreaterThan(1);
  });
});

describe("what does not fit into a case", () => {
  const huge = { description: "x".repeat(500_000) };

  it("is a value where the listing is new, and where it is known", async () => {
    const at = "2026-11-02T09:00:00.000Z";
    const seen = { listing: listing({ ...huge, key: "vast" }), responses: [] };
    const judged = assessment("impersonation");
    expect(await record(store.at(at), undefined, judged, seen)).toEqual({
      ok: false,
      error: { why: "too-large", finding: undefined },
    });
    const before = await givenCase(store.ledger, { key: "grown", at });
    const grown = { listing: { ...before.listing, ...huge, name: "Another name" }, responses: [] };
    expect(await record(store.at(at), before, judged, grown)).toMatchObject({
      error: { why: "too-large", finding: { id: before.id, version: 1 } },
    });
  });
});
