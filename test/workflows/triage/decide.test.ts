import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Finding, findingId } from "../../../lib/domain/finding/finding.ts";
import { instantOf } from "../../../lib/kernel/time.ts";
import { type Decision, decide, decideEach } from "../../../lib/workflows/triage/decide.ts";
import { tendCases } from "../../../lib/workflows/watch/tend.ts";
import { recorded } from "../../support/cases.ts";
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
  return (await recorded(store.at(NOW), undefined, assessment("impersonation"), seen)).finding;
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

describe("deciding on what one has seen", () => {
  it("is refused when somebody changed it meanwhile, with who and when", async () => {
    const { id, version } = await opened();
    const first = { disposition: "impersonation", reason: "our icon", by: "ana", expectedVersion: version } as const;
    expect(await decide(store.at(NOW), id, first)).toMatchObject({ ok: true, value: { version: version + 1 } });
    const second = { ...first, disposition: "unrelated", by: "ben" } as const;
    const lost = await decide(store.at(instantOf(Date.parse(NOW) + 60_000)), id, second);
    expect(lost).toMatchObject({
      ok: false,
      error: { kind: "conflict", current: { version: version + 1, changedBy: "ana", changedAt: NOW } },
    });
    const informed = { ...second, expectedVersion: version + 1 };
    expect(await decide(store.at(NOW), id, informed)).toMatchObject({
      ok: true,
      value: { disposition: { by: "ben" } },
    });
  });

  it("is no conflict where it stands so already, whoever decided it", async () => {
    const { id, version } = await opened();
    const same = { disposition: "unrelated", reason: "a guide", expectedVersion: version } as const;
    const once = await decide(store.at(NOW), id, { ...same, by: "ana" });
    expect(await decide(store.at(NOW), id, { ...same, by: "ben" })).toMatchObject({
      ok: true,
      value: { version: version + 1, disposition: { by: "ana" } },
    });
    expect(once.ok).toBe(true);
  });

  it("names the officer whose lent right was used", async () => {
    const { id } = await opened();
    const lent = { disposition: "authorised", reason: "a partner", by: "ana", onBehalfOf: "olga" } as const;
    await decide(store.at(NOW), id, lent);
    const [, commit] = await store.ledger.history(id);
    expect(commit?.events).toMatchObject([{ kind: "decided", by: "ana", onBehalfOf: "olga" }]);
  });
});

describe("deciding several at once", () => {
  const kinds = ["new", "decided", "same", "stale", "unknown", "current"] as const;
  const decision = { disposition: "unrelated", reason: "a guide", by: "analyst" } as const;

  /** A case that stands in one of the ways a selected case may stand. */
  async function prepared(kind: (typeof kinds)[number]) {
    if (kind === "unknown") return { id: `f-none${"0".repeat(8)}` };
    const { id, version } = await opened();
    if (kind === "decided") await decide(store.at(NOW), id, { ...decision, disposition: "impersonation", reason: "r" });
    if (kind === "same") await decide(store.at(NOW), id, { ...decision, by: "earlier" });
    if (kind === "stale") await decide(store.at(NOW), id, { ...decision, reason: "otherwise", by: "earlier" });
    return { id, expectedVersion: kind === "new" || kind === "decided" ? undefined : version };
  }

  const told = (outcome: Awaited<ReturnType<typeof decide>>) =>
    outcome.ok
      ? { stage: outcome.value.stage, version: outcome.value.version, disposition: outcome.value.disposition }
      : { problem: outcome.error.kind };

  it("comes to the same as deciding each alone, in whatever order", { timeout: 60_000 }, async () => {
    const selection = fc
      .array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })));
    await fc.assert(
      fc.asyncProperty(selection, async ([all, order]) => {
        const together: Awaited<ReturnType<typeof prepared>>[] = [];
        const alone: Awaited<ReturnType<typeof prepared>>[] = [];
        for (const kind of all) {
          together.push(await prepared(kind));
          alone.push(await prepared(kind));
        }
        const shuffled = order.flatMap((at) => together[at] ?? []);
        const results = await decideEach(store.at(NOW), shuffled, decision);
        expect(results.map(({ id }) => id)).toEqual(shuffled.map(({ id }) => id));
        for (const [at, { id, expectedVersion }] of alone.entries()) {
          const single = await decide(store.at(NOW), id, { ...decision, expectedVersion });
          const bulk = results[order.indexOf(at)];
          expect(bulk && told(bulk.outcome), all[at]).toEqual(told(single));
        }
      }),
      { numRuns: 12 },
    );
  });

  it("without a reason changes none of them", async () => {
    const cases = [await opened(), await opened()];
    const results = await decideEach(store.at(NOW), cases, { ...decision, reason: " " });
    expect(results).toMatchObject(
      cases.map(({ id }) => ({ id, outcome: { ok: false, error: { kind: "no-reason" } } })),
    );
    for (const { id } of cases) expect(await store.ledger.read(id)).toMatchObject({ version: 1 });
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
        const same = await recorded(store.at(NOW), before, assessment("impersonation", score), again);
        expect(same.finding).toMatchObject({ stage: "closed", disposition: before.disposition });
        const changed = { listing: { ...again.listing, ...change }, responses: [] };
        const returned = await recorded(store.at(NOW), same.finding, assessment("impersonation", score), changed);
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
