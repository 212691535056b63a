import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finding, findingId } from "../../../lib/domain/finding/finding.ts";
import { instantOf } from "../../../lib/kernel/time.ts";
import { record } from "../../../lib/workflows/scan/record.ts";
import { type Decision, decide } from "../../../lib/workflows/triage/decide.ts";
import { tendCases } from "../../../lib/workflows/watch/tend.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";
import { assessment, listing } from "../../support/samples.ts";

const NOW = "2026-11-02T09:00:00.000Z";
let store: Scratch;
let count = 0;

beforeAll(async () => {
  store = await openScratch();
});
afterAll(() => store.close());

/** A new case, seen once. */
async function opened(): Promise<Finding> {
  count += 1;
  const seen = { listing: listing({ key: String(count), version: "1.0", description: "first" }), responses: [] };
  return (await record(store.at(NOW), undefined, assessment("impersonation"), seen)).finding;
}

async function decided(decision: Partial<Decision> = {}): Promise<Finding> {
  const { id } = await opened();
  const made = await decide(store.at(NOW), id, {
    disposition: "unrelated",
    reason: "a guide",
    by: "analyst",
    ...decision,
  });
  if (!made.ok) throw new Error(made.error.kind);
  // As it stands in the ledger, where nothing is undefined.
  return (await store.ledger.read(id)) ?? made.value;
}

describe("deciding", () => {
  it.each<[string, Partial<Decision>, string]>([
    ["no reason", { reason: "  " }, "no-reason"],
    ["an end that is over", { disposition: "authorised", expires: "2026-11-01T00:00:00.000Z" }, "bad-expiry"],
    ["an end of what never was allowed", { expires: "2027-11-01T00:00:00.000Z" }, "bad-expiry"],
  ])("refuses %s, and writes nothing", async (_, wrong, kind) => {
    const { id } = await opened();
    const made = await decide(store.at(NOW), id, { disposition: "unrelated", reason: "r", by: "analyst", ...wrong });
    expect(made).toMatchObject({ ok: false, error: { kind } });
    expect(await store.ledger.read(id)).toMatchObject({ version: 1, stage: "new" });
  });

  it("lets one of two analysts win, and shows the other who did and when", async () => {
    const { id } = await opened();
    const both = await Promise.all(
      (["first", "second"] as const).map((by) =>
        decide(store.at(NOW), id, { disposition: by === "first" ? "impersonation" : "unrelated", reason: by, by }),
      ),
    );
    const lost = both.filter((made) => !made.ok);
    expect(lost).toHaveLength(1);
    const winner = both.findIndex((made) => made.ok) === 0 ? "first" : "second";
    expect(lost[0]).toMatchObject({ error: { kind: "conflict", current: { disposition: { by: winner, at: NOW } } } });
  });

  it("of a finding that is none says so", async () => {
    const id = findingId("nobody", "nowhere", "0");
    const made = await decide(store.at(NOW), id, { disposition: "unrelated", reason: "r", by: "analyst" });
    expect(made).toEqual({ ok: false, error: { kind: "unknown-finding", id } });
  });
});

describe("a finding that a person dismissed", () => {
  const unshown = fc.record({
    version: fc.string({ maxLength: 8 }),
    description: fc.string({ maxLength: 40 }),
    installs: fc.nat(),
    region: fc.constant("de"),
  });
  const shown = fc.oneof(
    fc.record({ name: fc.constantFrom("Northwind Bank Loans", "Other") }),
    fc.record({ packageName: fc.constantFrom("com.other.app", "net.other") }),
    fc.record({ developer: fc.constantFrom({ name: "Other", key: "d-10" }, { name: "New", key: "d-11" }) }),
  );

  it("stays dismissed whatever else changes, and returns when what it showed does", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(unshown, fc.double({ min: 0, max: 1, noNaN: true }), shown, async (other, score, change) => {
        const before = await decided();
        const again = { listing: { ...before.listing, ...other }, responses: [] };
        const same = await record(store.at(NOW), before, assessment("impersonation", score), again);
        expect(same.finding).toMatchObject({ stage: "closed", disposition: before.disposition });
        const changed = { listing: { ...again.listing, ...change }, responses: [] };
        const returned = await record(store.at(NOW), same.finding, assessment("impersonation", score), changed);
        expect(returned.finding).toMatchObject({ stage: "triaging", disposition: before.disposition });
      }),
      { numRuns: 25 },
    );
  });
});

describe("an authorisation with an end", () => {
  const expires = "2026-12-01T00:00:00.000Z";

  it("holds until then; then the question returns, once, and somebody is told", async () => {
    const before = await decided({ disposition: "authorised", expires });
    await tendCases(store.at("2026-11-30T23:59:59.000Z"), [before], true);
    expect(await store.ledger.read(before.id)).toEqual(before);
    for (const now of ["2026-12-01T00:00:01.000Z", "2026-12-02T00:00:00.000Z"]) {
      const standing = await store.ledger.read(before.id);
      await tendCases(store.at(now), standing === undefined ? [] : [standing], false);
    }
    expect(await store.ledger.read(before.id)).toMatchObject({
      stage: "triaging",
      version: before.version + 1,
      disposition: { value: "authorised", expires },
    });
    const told = (await store.ledger.history(before.id)).flatMap(({ notices }) => notices.map(({ kind }) => kind));
    expect(told).toEqual(["finding.new", "finding.reopened"]);
  });

  it("is not ended by a scan that comes too late to a case somebody has just decided", async () => {
    const before = await decided({ disposition: "authorised", expires });
    const renewed = { disposition: "authorised", reason: "renewed", by: "analyst" } as const;
    await decide(store.at(NOW), before.id, { ...renewed, expires: instantOf(Date.parse(expires) + 1e10) });
    await tendCases(store.at("2026-12-02T00:00:00.000Z"), [before], true);
    expect(await store.ledger.read(before.id)).toMatchObject({ stage: "closed", disposition: { reason: "renewed" } });
  });
});
