import type { Digest } from "../../kernel/digest.ts";
import type { Instant } from "../../kernel/time.ts";

export interface Developer {
  name?: string;
  /** The account's key at this store, which nobody else can have. */
  key?: string;
  email?: string;
  website?: string;
}

/** One app as one store shows it at one moment. A claim, not a truth: every text in it may be an attacker's. */
export interface Listing {
  source: string;
  /** The store's own key for the listing, unique within the source. */
  key: string;
  url: string;
  name: string;
  platform: "android" | "ios" | "mac" | "harmony" | "unknown";
  packageName?: string;
  developer?: Developer;
  iconUrl?: string;
  description?: string;
  version?: string;
  /** Installs the store states: its number, or the lower bound where it gives a class. */
  installs?: number;
  releasedAt?: Instant;
  updatedAt?: Instant;
  downloadUrl?: string;
  /** Signing certificates the store states. */
  certificates?: Digest[];
  /** The app filing number the store prints (ICP 备案). */
  filing?: string;
  /** True where a store that prints filing numbers printed none for this app. */
  filingMissing?: boolean;
  /** ISO 3166 country whose shop window was asked. */
  region?: string;
}

/** Longest texts kept of a listing, in UTF-16 units: a store's limits with room to spare. */
export const LIMITS = { name: 300, description: 20_000, short: 500, url: 2_000 } as const;
