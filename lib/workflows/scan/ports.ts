import type { Assessment } from "../../domain/assess/assessment.ts";
import type { BrandProfile } from "../../domain/brand/profile.ts";
import type { Locker, Sha256 } from "../../domain/evidence/evidence.ts";
import type { FindingId } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import type { ScanBook } from "../../domain/finding/scan-book.ts";
import type { Listing } from "../../domain/listing/listing.ts";
import type { Clock } from "../../kernel/time.ts";
import type { Http, Source, SourceFailure } from "../../sources/source.ts";

/** A source as this scan uses it: the adapter and what the operator set for it. */
export interface ScanSource {
  source: Source;
  http: Http;
  baseUrl: string;
  settings: Record<string, unknown>;
  credential?: string;
  canary: { term: string; region: string; language: string; expectKey: string };
  /** False for a stand-in or a recording: then a found canary proves nothing about the live store. */
  live: boolean;
}

/** An icon that was fetched and read. `phash` is absent where the image is too plain. */
export interface ReadIcon {
  sha256: Sha256;
  phash?: string;
  bytes: Uint8Array;
  mediaType: string;
}

/** Fetches an attacker's image through the door and reads it; the reason when that fails. */
export type IconReader = (url: string) => Promise<{ icon?: ReadIcon; problem?: string }>;

export type Assess = (
  listing: Listing,
  context: { firstParty: boolean; icon?: { sha256: Sha256; phash?: string } },
) => Assessment[];

export interface Budgets {
  /** Search questions for each source and region in one scan. */
  queriesPerSource: number;
  /** Icons fetched in one scan. */
  icons: number;
  /** Detail pages fetched for suspects of one source in one scan. */
  detailsPerSource: number;
  /** Failures in a row after which a source is left alone for the day; 0 = never. */
  patience: number;
}

/** What a scan needs of its host. Nothing behind it knows whether that is a cloud or one machine. */
export interface ScanPorts {
  brands: BrandProfile[];
  /** Brands that have icons of their own that could not be had today: without them a fake may look harmless. */
  blind: ReadonlySet<string>;
  sources: ScanSource[];
  regions: string[];
  budgets: Budgets;
  ledger: Ledger;
  book: ScanBook;
  locker: Locker;
  readIcon: IconReader;
  assess: Assess;
  clock: Clock;
  /** Names this process in leases. */
  owner: string;
  signal: AbortSignal;
  /** True when the host's time for this part of the scan is up: what is in hand is finished, nothing new is begun. */
  timeIsUp(): boolean;
  progress(step: ProgressStep): void;
}

export type ProgressStep =
  | { kind: "planned"; source: string; tasks: number; open: number }
  | { kind: "asked"; source: string; term: string; listings: number; failure?: SourceFailure }
  | { kind: "recorded"; source: string; finding: FindingId; change: "new" | "changed" | "relisted" | "vanished" };
