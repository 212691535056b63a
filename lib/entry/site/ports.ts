import type { BrandProfile } from "../../domain/brand/profile.ts";
import type { Desk } from "../../domain/desk/desk.ts";
import type { Locker } from "../../domain/evidence/evidence.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import type { ScanBook } from "../../domain/finding/scan-book.ts";
import type { Clock } from "../../kernel/time.ts";
import type { SourceManifest } from "../../sources/source.ts";
import type { AttemptPolicy } from "../../workflows/triage/attempt.ts";

/** What the API and the console stand on, the same on every host. */
export interface SitePorts {
  ledger: Ledger;
  book: ScanBook;
  locker: Locker;
  desk: Desk;
  sources: readonly { about: SourceManifest; can: readonly string[] }[];
  /** The profiles that are in force now. */
  brands(): Promise<readonly BrandProfile[]>;
  policy(): Promise<AttemptPolicy>;
  clock: Clock;
}
