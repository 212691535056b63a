import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import { sha256Hex } from "../../../lib/kernel/id.ts";
import { type Observation, record } from "../../../lib/workflows/scan/record.ts";
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
    record(ports, before, assessment("impersonation", score), { listing: listing(), responses: [], ...seen });
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
