import type { Icon } from "./marks.ts";

export const SOURCES = ["google-play", "app-store", "aptoide", "fdroid", "tencent-myapp", "github-releases"] as const;
export type SourceId = (typeof SOURCES)[number];

/** What an app truly is; a scanner has to find it out. */
export type Label = "official" | "copy" | "unregistered" | "partner" | "impersonation" | "innocent";

export const LABELS: readonly Label[] = ["official", "copy", "unregistered", "partner", "impersonation", "innocent"];

/** How an impersonation is made; every world has each at least once. */
export const KINDS = [
  "exact-name",
  "lure-prefix",
  "lure-suffix",
  "homoglyph",
  "zero-width",
  "full-width",
  "leet",
  "ligature",
  "typo-delete",
  "typo-transpose",
  "typo-keyboard",
  "spaced",
  "punctuated",
  "concatenated",
  "chinese-lure",
  "alias-lure",
  "traditional-characters",
  "latin-initial",
  "package-near",
  "repackaged",
  "icon-identical",
  "icon-reencoded",
  "icon-resized",
  "icon-brightened",
  "description-copied",
  "developer-copied",
  "filing-missing",
  "filing-foreign",
  "ambiguous-context",
] as const;
export type Kind = (typeof KINDS)[number];

/** A signing certificate as stores speak of it: lower-case hex, and the owner's distinguished name. */
export interface Certificate {
  sha1: string;
  sha256: string;
  owner: string;
}

export interface Maker {
  name: string;
  /** The number the store gave the account. */
  id: string;
  /** Google links an account by its number (`dev`) or by its name (`developer`). */
  page: "dev" | "developer";
  email: string;
  website?: string;
}

export interface AppTruth {
  /** Ours, not the store's: names the icon and the control calls. */
  id: string;
  source: SourceId;
  /** What the store calls it: package, track id, Aptoide's app id, or owner/repository. */
  key: string;
  label: Label;
  /** Impersonations only. */
  kind?: Kind;
  /** Bank it belongs to, copies or imitates. */
  brand?: string;
  name: string;
  platform: "android" | "ios" | "mac";
  /** Package or bundle id; a repository has none. */
  packageName?: string;
  developer: Maker;
  summary: string;
  description: string;
  category: Category;
  icon: Icon;
  certificate: Certificate;
  /** Number the store prints; 应用宝 only, absent where it prints none. */
  filing?: string;
  /** Whose shelf it stands on; Aptoide only. */
  shelf?: { id: number; name: string };
  version: string;
  versionCode: number;
  installs: number;
  sizeBytes: number;
  /** Epoch milliseconds. */
  releasedAt: number;
  updatedAt: number;
  /** False for a repository that offers no APK. */
  hasFile: boolean;
  /** Queries of a customer or a careful scanner that must bring it up. */
  findBy: string[];
}

export type Category = "finance" | "tools" | "lifestyle" | "education" | "game" | "productivity" | "news";

export interface BankName {
  text: string;
  script: "Latn" | "Hans";
  distinctive: boolean;
  role: "name" | "alias";
}

export interface Partner {
  name: string;
  packages: string[];
  publishers: { source: SourceId; name: string; key: string }[];
  certificate: Certificate;
}

/** A bank as the world made it. The profile a customer would register is drawn from it in `profile-facts.ts`. */
export interface BankTruth {
  id: string;
  style: "distinctive" | "ambiguous" | "chinese";
  title: string;
  country: string;
  names: BankName[];
  /** Words of the name as customers type them. */
  latin: string;
  han: string;
  /** Pinyin syllables of the two characters before 银行. */
  pinyin: [string, string];
  alias?: string;
  slug: string;
  legal: { latin: string; han: string };
  namespace: string;
  mainPackage: string;
  domain: string;
  developerIds: { google: string; apple: string; aptoide: string; github: string };
  certificate: Certificate;
  filing: { number: string; holder: string };
  icon: Icon;
  description: { latin: string; han: string };
  partner: Partner;
}

export interface World {
  seed: number;
  banks: BankTruth[];
  apps: AppTruth[];
  /** SHA-256 of the certificate the F-Droid repository signs with, lower-case hex. */
  fdroidFingerprint: string;
}
