import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locker } from "../../lib/domain/evidence/evidence.ts";
import type { Ledger } from "../../lib/domain/finding/ledger.ts";
import { openEmbedded } from "../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { createFolderLocker } from "../../lib/platform/locker/folder.ts";

/** A ledger and a locker of one machine, in a folder that goes with them. */
export async function openScratch(): Promise<{ ledger: Ledger; locker: Locker; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "knockoff-scratch-"));
  const store = await openEmbedded(folder);
  return {
    ledger: createLedger(store.db),
    locker: createFolderLocker(join(folder, "locker")),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
