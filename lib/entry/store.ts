import { join } from "node:path";
import type { Desk } from "../domain/desk/desk.ts";
import type { Locker } from "../domain/evidence/evidence.ts";
import type { Ledger } from "../domain/finding/ledger.ts";
import type { ScanBook } from "../domain/finding/scan-book.ts";
import { createDesk } from "../platform/dynamo/desk.ts";
import { openEmbedded } from "../platform/dynamo/embedded.ts";
import { createLedger } from "../platform/dynamo/ledger.ts";
import { createScanBook } from "../platform/dynamo/scan-book.ts";
import { createFolderLocker } from "../platform/locker/folder.ts";
import { dataFolder } from "./data-folder.ts";

/** This machine's ledger and locker. */
export interface Store {
  folder: string;
  ledger: Ledger;
  book: ScanBook;
  desk: Desk;
  locker: Locker;
  close(): Promise<void>;
}

export async function openStore(dataFlag: string | undefined, env: NodeJS.ProcessEnv): Promise<Store> {
  const folder = dataFolder(dataFlag, env);
  const embedded = await openEmbedded(folder);
  return {
    folder,
    ledger: createLedger(embedded.db),
    book: createScanBook(embedded.db),
    desk: createDesk(embedded.db),
    locker: createFolderLocker(join(folder, "locker")),
    close: () => embedded.close(),
  };
}
