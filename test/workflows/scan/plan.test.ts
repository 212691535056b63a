import { describe, expect, it } from "vitest";
import type { Source } from "../../../lib/sources/source.ts";
import { askableOf } from "../../../lib/workflows/scan/askable.ts";
import { languageOf, planSource } from "../../../lib/workflows/scan/plan.ts";
import type { ScanSource } from "../../../lib/workflows/scan/ports.ts";
import { searchTerms, termKey } from "../../../lib/workflows/scan/terms.ts";
import { brand } from "../../support/samples.ts";

const answer = async () => ({ ok: false, error: { kind: "refused", detail: "a plan asks nothing" } }) as const;

function entry(about: Partial<Source["about"]> = {}, can: Partial<Source> = {}): ScanSource {
  const canary = { term: "weather", region: "de", language: "de", expectKey: "w" };
  const source: Source = {
    about: {
      id: "aptoide",
      name: { en: "A", zh: "A" },
      kind: "open-market",
      homepage: "https://store.example",
      hosts: ["store.example"],
      regions: [],
      pace: { perMinute: 60, parallel: 1 },
      canary,
      baseUrl: "https://store.example",
      proof: "none",
      firstParty: false,
      statesCertificate: false,
      ...about,
    },
    search: answer,
    ...can,
  };
  return { source, http: { fetch: answer }, baseUrl: "https://store.example", settings: {}, canary, live: false };
}

describe("the terms of a brand", () => {
  it("begin with what customers type and hold no term twice", () => {
    const terms = searchTerms(brand());
    expect(terms.slice(0, 3)).toEqual(["Northwind Harbor Bank", "北港银行", "NHB bank"]);
    expect(new Set(terms.map(termKey)).size).toBe(terms.length);
  });

  it("put a word of banking beside a name that proves nothing alone", () => {
    const terms = searchTerms(brand({ names: [{ text: "Tern", script: "Latn", distinctive: false, role: "name" }] }));
    expect(terms.indexOf("Tern bank")).toBe(0);
    expect(terms).toContain("Tern");
  });

  it("speak Chinese to Chinese names", () => {
    expect(searchTerms(brand())).toEqual(expect.arrayContaining(["北港银行贷款", "北港银行客服"]));
  });
});

describe("the plan of a source", () => {
  it("asks the canary first", () => {
    expect(planSource(askableOf(entry()), [brand()], ["de"], 10).tasks[0]).toMatchObject({
      kind: "canary",
      subject: "w",
    });
  });

  it("asks a term that several brands want once, for all of them", () => {
    const { tasks } = planSource(askableOf(entry()), [brand(), brand({ id: "twin" })], ["de"], 100);
    const shared = tasks.filter((task) => task.kind === "search");
    expect(shared.every((task) => task.brands.length === 2)).toBe(true);
    expect(new Set(tasks.map((task) => task.key)).size).toBe(tasks.length);
  });

  it("keeps to the budget and says what it left out", () => {
    const { tasks, dropped } = planSource(askableOf(entry()), [brand()], ["de"], 2);
    expect(tasks.filter((task) => task.kind === "search")).toHaveLength(2);
    expect(dropped).toBe(searchTerms(brand()).length - 2);
  });

  it("gives each brand its best term before any brand its second", () => {
    const other = brand({
      id: "tern",
      names: [{ text: "Ternary Savings", script: "Latn", distinctive: true, role: "name" }],
    });
    const { tasks } = planSource(askableOf(entry()), [brand(), other], ["de"], 2);
    expect(tasks.filter((task) => task.kind === "search").map((task) => task.brands[0])).toEqual(["northwind", "tern"]);
  });

  it("asks a store in the regions it knows, or in its first", () => {
    const regionsAsked = (regions: string[], wanted: string[]) =>
      new Set(
        planSource(askableOf(entry({ regions })), [brand()], wanted, 1)
          .tasks.filter((t) => t.kind === "search")
          .map((t) => t.query.region),
      );
    expect(regionsAsked(["de", "at", "cn"], ["de", "at"])).toEqual(new Set(["de", "at"]));
    expect(regionsAsked(["cn"], ["de"])).toEqual(new Set(["cn"]));
    expect(regionsAsked([], ["de", "at"])).toEqual(new Set(["de"]));
  });

  it("looks up our own listings and accounts only where the source can", () => {
    const own = brand({
      officialApps: [{ platform: "android", ids: { aptoide: "77" } }],
      publishers: [{ source: "aptoide", key: "k" }],
    });
    const kinds = (source: ScanSource) =>
      planSource(askableOf(source), [own], ["de"], 0).tasks.map((task) => task.kind);
    expect(kinds(entry())).toEqual(["canary"]);
    expect(kinds(entry({}, { byId: answer, byDeveloper: answer }))).toEqual(["canary", "listing", "developer"]);
  });
});

it.each([
  ["de", "de"],
  ["cn", "zh"],
  ["us", "en"],
  ["br", "pt"],
])("speaks the language of %s", (region, language) => expect(languageOf(region)).toBe(language));
