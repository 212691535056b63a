import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { campaignAround, campaignsAmong } from "../../../lib/workflows/triage/campaign.ts";
import { type CaseFacts, decided, givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const AT = "2026-11-02T09:00:00.000Z";
const signed = (digit: string) => [{ algorithm: "sha256" as const, hex: digit.repeat(64) }];
let store: Scratch;

beforeAll(async () => {
  store = await openScratch();
  const plain = { developer: undefined, packageName: undefined };
  const given = (key: string, facts: Partial<CaseFacts>, ...events: Parameters<typeof givenCase>[2][]) =>
    givenCase(store.ledger, { key, at: AT, ...facts, listing: { ...plain, ...facts.listing } }, ...events);
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

async function around(key: string, brand: string, mayRead: (brand: string) => boolean) {
  const { findings } = await store.ledger.list({ brands: [brand] }, 50);
  const finding = findings.find(({ listing }) => listing.key === key);
  if (finding === undefined) throw new Error(`no case ${key}`);
  const { campaign, cut } = await campaignAround(store.ledger, finding, mayRead);
  return { keys: campaign?.findings.map(({ listing }) => listing.key).sort(), cut, campaign };
}

describe("the campaign around a finding", () => {
  it("is all that can be reached from it, through the cases of other brands where those may be read", async () => {
    for (const key of ["a", "d"])
      expect(await around(key, "northwind", () => true)).toMatchObject({
        keys: ["a", "b", "c", "confirmed", "d"],
        cut: false,
      });
  });

  it("goes neither into nor through a brand that may not be read, and names none of it", async () => {
    const own = (brand: string) => brand === "northwind";
    const { keys, campaign } = await around("a", "northwind", own);
    expect(keys).toEqual(["a", "b", "confirmed"]);
    expect(JSON.stringify(campaign)).not.toContain("tern");
    expect((await around("d", "northwind", own)).keys).toBeUndefined();
  });

  it("is none for what shares nothing", async () => {
    expect(await around("alone", "northwind", () => true)).toMatchObject({ keys: undefined, cut: false });
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
