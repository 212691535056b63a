import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { Task } from "../../../lib/domain/finding/task.ts";
import { openEmbedded } from "../../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../../lib/platform/dynamo/ledger.ts";
import { createScanBook } from "../../../lib/platform/dynamo/scan-book.ts";
import { ledgerContract } from "../../support/ledger-contract.ts";

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "knockoff-ledger-"));
  closing.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function openIn(folder: string) {
  const embedded = await openEmbedded(folder);
  closing.push(() => embedded.close());
  return embedded;
}

describe("the embedded ledger", { timeout: 30_000 }, () => {
  ledgerContract(async () => createLedger((await openIn(freshFolder())).db));

  it("is one ledger for all who open its folder, and outlives its owner", async () => {
    const folder = freshFolder();
    const owner = await openEmbedded(folder);
    const guest = await openIn(folder);
    const at = "2026-11-02T09:00:00.000Z";
    await createScanBook(owner.db).putHealth({ source: "aptoide", lastGood: at });
    expect(await createScanBook(guest.db).health("aptoide")).toMatchObject({ lastGood: at });
    await owner.close();
    expect(await createScanBook(guest.db).health("aptoide")).toMatchObject({ lastGood: at });
  });
});

describe("the scan book", { timeout: 30_000 }, () => {
  const NOW = "2026-11-02T09:00:00.000Z";
  const LATER = "2026-11-02T09:10:00.000Z";
  const task = (key: string): Task => ({
    source: "aptoide",
    key,
    kind: "search",
    query: { term: key, region: "us", language: "en" },
    brands: ["northwind"],
  });
  const done = { state: "done" as const, listings: 1, dropped: 0, truncated: false, findings: [] };
  const failed = { ...done, state: "failed" as const, failure: { kind: "unreachable", detail: "gone" } };
  const open = async () => createScanBook((await openIn(freshFolder())).db);

  it("gives every task to one worker, in order", async () => {
    const book = await open();
    await book.plan("day", ["3", "1", "2"].map(task));
    const claims = await Promise.all(
      ["a", "b", "c", "d"].map((owner) => book.claim("day", "aptoide", owner, NOW, 60_000)),
    );
    expect(claims.flatMap((one) => one?.key ?? []).sort()).toEqual(["1", "2", "3"]);
    expect((await book.claim("day", "aptoide", "e", NOW, 60_000))?.key).toBeUndefined();
  });

  it("gives a task again when its lease is over, or its owner is known to be dead", async () => {
    const book = await open();
    await book.plan("day", [task("1")]);
    await book.claim("day", "aptoide", "a", NOW, 60_000);
    expect(await book.claim("day", "aptoide", "b", NOW, 60_000)).toBeUndefined();
    expect((await book.claim("day", "aptoide", "b", LATER, 60_000))?.key).toBe("1");
    await book.releaseLeases("day", "aptoide");
    expect((await book.claim("day", "aptoide", "c", LATER, 60_000))?.key).toBe("1");
  });

  it("asks what took its asker down after everything else", async () => {
    const book = await open();
    await book.plan("day", ["1", "2", "3"].map(task));
    await book.claim("day", "aptoide", "a", NOW, 60_000);
    await book.releaseLeases("day", "aptoide");
    const next = async () => (await book.claim("day", "aptoide", "b", LATER, 60_000))?.key;
    expect([await next(), await next(), await next(), await next()]).toEqual(["2", "3", "1", undefined]);
  });

  it("asks nothing twice, but tries again what failed", async () => {
    const book = await open();
    await book.plan("day", [task("1"), task("2")]);
    for (const [owner, outcome] of [
      ["a", done],
      ["b", failed],
    ] as const) {
      const claimed = await book.claim("day", "aptoide", owner, NOW, 60_000);
      await book.finish("day", "aptoide", claimed?.key ?? "", owner, outcome, NOW);
    }
    await book.plan("day", [task("1"), task("2")]);
    expect(await book.claim("day", "aptoide", "c", NOW, 60_000)).toBeUndefined();
    await book.retryFailed("day", "aptoide");
    expect((await book.claim("day", "aptoide", "c", NOW, 60_000))?.key).toBe("2");
  });

  it("remembers sightings", async () => {
    const book = await open();
    const sighting = { finding: "f-1", lastSeen: NOW, scan: "day", tasks: ["1"], misses: 2, absences: 1 };
    await book.putSighting(sighting);
    expect(await book.sighting("f-1")).toEqual(sighting);
    expect(await book.sighting("f-2")).toBeUndefined();
  });
});
