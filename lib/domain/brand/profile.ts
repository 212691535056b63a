import type { Digest } from "../../kernel/digest.ts";

/** ISO 15924 code of the script a name is written in. */
export type Script = "Latn" | "Hans" | "Hant" | "Hang" | "Jpan" | "Cyrl" | "Arab" | "Thai" | "Deva" | "Other";

export interface BrandName {
  text: string;
  script: Script;
  /** false for names that prove nothing alone ("ING", "Chase"): they need other words beside them. */
  distinctive: boolean;
  /** `alias` is a short form or abbreviation customers use. */
  role: "name" | "alias";
}

export type Platform = "android" | "ios" | "mac" | "harmony";

/** One app of ours. `ids` are the store's own keys for it: Google's is the package, Apple's the track id. */
export interface OfficialApp {
  platform: Platform;
  packageName?: string;
  name?: string;
  /** source id -> key of the listing there. */
  ids: Record<string, string>;
  /** A text of the official listing, to notice copies of it. */
  description?: string;
}

/** Our account at a store. The key is what the store gave us; the name is only a name. */
export interface Publisher {
  source: string;
  name?: string;
  key?: string;
}

export interface Filing {
  number: string;
  holder?: string;
}

export interface Trademark {
  number: string;
  country: string;
  class?: string;
  text?: string;
  /** Calendar day. */
  expires?: string;
}

export interface Paper {
  kind: string;
  number?: string;
  file?: string;
  expires?: string;
}

/** Somebody who may use the brand: a group company, an agency, an authorised reseller. */
export interface AllowedParty {
  name: string;
  packages: string[];
  publishers: Publisher[];
  certificates: Digest[];
}

/** The hashes of one of our icons, computed when the profile is loaded. */
export interface ReferenceIcon {
  sha256: string;
  /** 64 hex digits, see `domain/match/icon/perceptual-hash.ts`; undefined where the image is too plain to hash. */
  phash?: string;
  /** Where the profile says it is. */
  origin: string;
}

export interface BrandProfile {
  id: string;
  /** How people call the brand in reports. */
  title: string;
  country: string;
  names: BrandName[];
  icons: ReferenceIcon[];
  officialApps: OfficialApp[];
  publishers: Publisher[];
  certificates: Digest[];
  /** Package prefixes only we use, e.g. `com.acme.bank`. */
  namespaces: string[];
  domains: string[];
  filing?: Filing;
  trademarks: Trademark[];
  papers: Paper[];
  partners: AllowedParty[];
  /** Further words worth asking a store for, e.g. those of a running campaign. */
  searchTerms: string[];
  /** Listings and accounts to look at every time, ours or not. */
  watch: { listings: { source: string; key: string }[]; developers: { source: string; key: string }[] };
  contact?: { name?: string; email?: string; phone?: string };
}
