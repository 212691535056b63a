import type { Assessment, Verdict } from "../../lib/domain/assess/assessment.ts";
import type { BrandProfile } from "../../lib/domain/brand/profile.ts";
import type { Listing } from "../../lib/domain/listing/listing.ts";

/** A fictional bank for tests. */
export function brand(over: Partial<BrandProfile> = {}): BrandProfile {
  return {
    id: "northwind",
    title: "Northwind Harbor Bank",
    country: "de",
    names: [
      { text: "Northwind Harbor Bank", script: "Latn", distinctive: true, role: "name" },
      { text: "北港银行", script: "Hans", distinctive: true, role: "name" },
      { text: "NHB", script: "Latn", distinctive: false, role: "alias" },
    ],
    icons: [],
    officialApps: [
      {
        platform: "android",
        packageName: "com.northwindharbor.mobile",
        ids: { "google-play": "com.northwindharbor.mobile" },
      },
    ],
    publishers: [{ source: "google-play", name: "Northwind Harbor Bank AG", key: "4711" }],
    certificates: [{ algorithm: "sha256", hex: "ab".repeat(32) }],
    namespaces: ["com.northwindharbor"],
    domains: ["northwindharbor.example"],
    trademarks: [],
    papers: [],
    partners: [],
    searchTerms: [],
    watch: { listings: [], developers: [] },
    ...over,
  };
}

export function listing(over: Partial<Listing> = {}): Listing {
  return {
    source: "aptoide",
    key: "1",
    url: "https://store.example/app/1",
    name: "Northwind Harbor Bank Rewards",
    platform: "android",
    packageName: "com.example.rewards",
    developer: { name: "Fast Apps", key: "d-9" },
    region: "de",
    ...over,
  };
}

export function assessment(verdict: Verdict, score = 0.9): Assessment {
  return { brand: "northwind", verdict, score, signals: [], ruleset: "test" };
}
