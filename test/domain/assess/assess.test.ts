import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createAssessor } from "../../../lib/domain/assess/assess.ts";
import type { Assessment } from "../../../lib/domain/assess/assessment.ts";
import { RULESET } from "../../../lib/domain/assess/ruleset.ts";
import type { Listing } from "../../../lib/domain/listing/listing.ts";
import { brand, listing } from "../../support/samples.ts";

const OURS = { algorithm: "sha256" as const, hex: "ab".repeat(32) };
const FOREIGN = { algorithm: "sha256" as const, hex: "cd".repeat(32) };
const OUR_PACKAGE = "com.northwindharbor.mobile";

const judge = createAssessor([brand()]);

function assess(over: Partial<Listing>, firstParty = false): Assessment | undefined {
  return judge(listing(over), { firstParty })[0];
}

describe("the verdict on a listing", () => {
  it.each<[string, Partial<Listing>, boolean, string]>([
    ["the store's own id, where the store checks", { source: "google-play", key: OUR_PACKAGE }, true, "official"],
    [
      "our account and our package",
      { source: "google-play", key: OUR_PACKAGE, packageName: OUR_PACKAGE, developer: { key: "4711" } },
      true,
      "official",
    ],
    [
      "our account and an app nobody listed",
      { source: "google-play", key: "x", packageName: "com.northwindharbor.kids", developer: { key: "4711" } },
      true,
      "unregistered",
    ],
    ["our certificate on our package in a mirror", { packageName: OUR_PACKAGE, certificates: [OURS] }, false, "copy"],
    [
      "our certificate on an unknown package",
      { packageName: "com.northwindharbor.kids", certificates: [OURS] },
      false,
      "unregistered",
    ],
    [
      "our package under another certificate",
      { packageName: OUR_PACKAGE, certificates: [FOREIGN] },
      false,
      "repackaged",
    ],
    ["our package, nothing proved", { packageName: OUR_PACKAGE, developer: undefined }, false, "unproved"],
    [
      "our package and our publisher's name, nothing proved",
      { packageName: OUR_PACKAGE, developer: { name: "Northwind Harbor Bank AG" } },
      false,
      "unproved",
    ],
    ["our name and a lure", { name: "Northwind Harbor Bank Rewards" }, true, "impersonation"],
    [
      "our publisher's name under another account",
      { source: "google-play", name: "Mobile Banking", developer: { name: "Northwind Harbor Bank AG", key: "9" } },
      true,
      "impersonation",
    ],
    ["the first word of our name among others", { name: "Northwind Kite Weather" }, true, "suspicious"],
  ])("%s: %s", (_, over, firstParty, verdict) => {
    expect(assess(over, firstParty)?.verdict).toBe(verdict);
  });

  it.each([
    "Harbor Credit Union",
    "Bank of Harbor Island",
    "Unit Converter",
    "北湖银行",
    "Wind Harbour Tides",
    "NHBC Live",
  ])("is silence about %s", (name) => {
    const found = assess({ name, packageName: "com.example.other", developer: { name: "Somebody", key: "1" } }, true);
    expect(found?.verdict ?? "unrelated").toBe("unrelated");
  });

  it("compares certificates of one algorithm only", () => {
    const sha1 = { algorithm: "sha1" as const, hex: "ef".repeat(20) };
    expect(assess({ packageName: OUR_PACKAGE, certificates: [sha1], developer: undefined })?.verdict).toBe("unproved");
  });

  it("lets a partner be a partner, by key and not by name", () => {
    const partner = {
      name: "Harbor Cover",
      packages: [],
      publishers: [{ source: "google-play", key: "88" }],
      certificates: [],
    };
    const withPartner = createAssessor([brand({ partners: [partner] })]);
    const name = "Northwind Harbor Bank Insurance";
    const verdicts = ["88", "89"].map(
      (key) =>
        withPartner(listing({ source: "google-play", name, developer: { name: "Harbor Cover", key } }), {
          firstParty: true,
        })[0]?.verdict,
    );
    expect(verdicts).toEqual(["unrelated", "impersonation"]);
  });

  it("does not accuse what is proved to be another registered bank's", () => {
    const other = brand({
      id: "other",
      names: [{ text: "Northwind Harbour", script: "Latn", distinctive: true, role: "name" }],
      officialApps: [],
      publishers: [{ source: "google-play", key: "5" }],
      certificates: [],
    });
    const both = createAssessor([brand(), other]);
    const verdicts = both(listing({ source: "google-play", name: "Northwind Harbour", developer: { key: "5" } }), {
      firstParty: true,
    });
    expect(verdicts.map(({ brand: id, verdict }) => [id, verdict])).toEqual([["other", "unregistered"]]);
  });
});

describe("names in disguise", () => {
  it.each([
    "NORTHWIND HARBOR BANK",
    "N o r t h w i n d H a r b o r",
    "N.o.r.t.h.w.i.n.d Harbor Bank",
    "Nоrthwind Hаrbor Bank", // Cyrillic o and a
    "North\u200bwind Har\u200bbor",
    "Ｎｏｒｔｈｗｉｎｄ Ｈａｒｂｏｒ Ｂａｎｋ",
    "N0rthwind H4rbor",
    "Northvvind Harbor",
    "NorthwindHarborLoans",
    "Nortwind Harbor Bank",
    "Northwind Habror Bank",
    "Harbor Northwind Bank",
    "北港银行客服",
    "北 港 银 行",
    "北港銀行",
    "北G银行",
    "北港yinhang",
  ])("are read through: %s", (name) => {
    expect(
      assess({ name, packageName: "com.example.a1", developer: { name: "Somebody", key: "1" } }, true)?.verdict,
    ).toBe("impersonation");
  });
});

describe("an assessment", () => {
  const hostile = fc.record({
    name: fc.string({ unit: "binary", maxLength: 400 }),
    packageName: fc.option(fc.string({ maxLength: 80 }), { nil: undefined }),
    description: fc.option(fc.string({ unit: "grapheme", maxLength: 3_000 }), { nil: undefined }),
    filing: fc.option(fc.string(), { nil: undefined }),
  });

  it("never fails, adds up, and is the same every time", () => {
    fc.assert(
      fc.property(hostile, (over) => {
        const made = judge(listing(over), { firstParty: true });
        expect(judge(listing(over), { firstParty: true })).toEqual(made);
        for (const { score, signals } of made) {
          const sum = signals.reduce((all, { weight }) => all + weight, RULESET.prior as number);
          expect(score).toBeCloseTo(1 / (1 + Math.exp(-sum)), 3);
          expect(signals.every(({ weight }) => Number.isFinite(weight))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
