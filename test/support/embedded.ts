import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Desk } from "../../lib/domain/desk/desk.ts";
import type { Locker } from "../../lib/domain/evidence/evidence.ts";
import type { Ledger } from "../../lib/domain/finding/ledger.ts";
import type { ScanBook } from "../../lib/domain/finding/scan-book.ts";
import type { Clock, Instant } from "../../lib/kernel/time.ts";
import { createDesk } from "../../lib/platform/dynamo/desk.ts";
import { openEmbedded } from "../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { createScanBook } from "../../lib/platform/dynamo/scan-book.ts";
import { createFolderLocker } from "../../lib/platform/locker/folder.ts";

export interface Scratch {
  ledger: Ledger;
  locker: Locker;
  book: ScanBook;
  desk: Desk;
  /** What recording and deciding need, at a moment. */
  at(now: Instant): { ledger: Ledger; locker: Locker; blind: Set<string>; clock: Clock };
  close(): Promise<void>;
}

/** A ledger and a locker of one machine, in a folder that goes with them. */
export async function openScratch(): Promise<Scratch> {
  const folder = mkdtempSync(join(tmpdir(), "knockoff-scratch-"));
  const store = await openEmbedded(folder);
  const ledger = createLedger(store.db);
  const locker = createFolderLocker(join(folder, "locker"));
  return {
    ledger,
    locker,
    book: createScanBook(store.db),
    desk: createDesk(store.db),
    at: (now) => ({ ledger, locker, blind: new Set(), clock: () => now }),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
