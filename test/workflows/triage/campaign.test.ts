import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaignAround, campaignsAmong } from "../../../lib/workflows/triage/campaign.ts";
import { relatedTo } from "../../../lib/workflows/triage/related.ts";
import { type CaseFacts, decided, givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const AT = "2026-11-02T09:00:00.000Z";
const signed = (digit: string) => [{ algorithm: "sha256" as const, hex: digit.repeat(64) }];
/** Nothing in it ties it to another. */
const bare = { developer: undefined, packageName: undefined };
let store: Scratch;

beforeAll(async () => {
  store = await openScratch();
  const given = (key: string, facts: Partial<CaseFacts>, ...events: Parameters<typeof givenCase>[2][]) =>
    givenCase(store.ledger, { key, at: AT, ...facts, listing: { ...bare, ...facts.listing } }, ...events);
  // a - b - c hang together in a chain of which c is another bank's; d shares with c only.
  await given("a", { listing: { certificates: signed("1") } });
  await given("b", { listing: { certificates: signed("1"), packageName: "com.fake.one" } });
  await given("c", { brand: "tern", listing: { packageName: "com.fake.one", developer: { email: "x@evil.example" } } });
  await given("d", { listing: { developer: { email: "x@evil.example" } } });
  // What is thought harmless ties nothing, unless a person thought otherwise.
  await given("copy", { verdict: "copy", listing: { certificates: signed("1") } });
  await given("confirmed", { verdict: "copy", listing: { certificates: signed("1") } }, decided(AT, "impersonation"));
  await given("alone", { listing: { certificates: signed("9") } });
});
afterAll(() => store.close());

async function around(key: string, brand: string, brands?: string[]) {
  const { findings } = await store.ledger.list({ brands: [brand] }, 50);
  const finding = findings.find(({ listing }) => listing.key === key);
  if (finding === undefined) throw new Error(`no case ${key}`);
  const { campaign, cut } = await campaignAround(store.ledger, finding, brands);
  return { keys: campaign?.findings.map(({ listing }) => listing.key).sort(), cut, campaign };
}

describe("the campaign around a finding", () => {
  it("is all that can be reached from it, through the cases of other brands where those may be read", async () => {
    for (const key of ["a", "d"])
      expect(await around(key, "northwind")).toMatchObject({
        keys: ["a", "b", "c", "confirmed", "d"],
        cut: false,
      });
  });

  it("goes neither into nor through a brand that may not be read, and names none of it", async () => {
    const own = ["northwind"];
    const { keys, campaign } = await around("a", "northwind", own);
    expect(keys).toEqual(["a", "b", "confirmed"]);
    expect(JSON.stringify(campaign)).not.toContain("tern");
    expect((await around("d", "northwind", own)).keys).toBeUndefined();
  });

  it("is none for what shares nothing", async () => {
    expect(await around("alone", "northwind")).toMatchObject({ keys: undefined, cut: false });
  });
});

describe("the campaigns among the findings of some brands", () => {
  it("are those of these brands alone", async () => {
    const keys = async (brands: string[] | undefined) =>
      (await campaignsAmong(store.ledger, brands)).campaigns.map(({ findings }) =>
        findings.map(({ listing }) => listing.key).sort(),
      );
    expect(await keys(undefined)).toEqual([["a", "b", "c", "d"]]);
    expect(await keys(["northwind"])).toEqual([["a", "b"]]);
    expect(await keys(["tern"])).toEqual([]);
  });
});

describe("a flood of listings that share one value", () => {
  const website = "https://template.example";
  const siblings = { email: "gang@evil.example", website };

  beforeAll(async () => {
    const flood = Array.from({ length: 201 }, (_, n) =>
      givenCase(store.ledger, {
        key: `flood${n}`,
        at: AT,
        brand: "flooder",
        listing: { ...bare, developer: { website } },
      }),
    );
    await Promise.all(flood);
    for (const key of ["s1", "s2"])
      await givenCase(store.ledger, { key, at: AT, brand: "harbor", listing: { ...bare, developer: siblings } });
  });

  it("hides no campaign that something else holds together, and says that there is more", async () => {
    expect(await around("s1", "harbor")).toMatchObject({ keys: ["s1", "s2"], cut: true });
  });

  it("of another bank's takes nothing away from those who may not know of it", async () => {
    const { campaign, cut } = await around("s1", "harbor", ["harbor"]);
    expect(campaign?.ties.map(({ kind }) => kind).sort()).toEqual(["backend", "email"]);
    expect(cut).toBe(false);
    const [finding] = (await store.ledger.list({ brands: ["harbor"] }, 1)).findings;
    if (finding === undefined) throw new Error("no case");
    const { related, more } = await relatedTo(store.ledger, finding, 20, ["harbor"]);
    expect([related.map(({ ties }) => [...ties].sort()), more]).toEqual([[["backend", "email"]], 0]);
  });
});
