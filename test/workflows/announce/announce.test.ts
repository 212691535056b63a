import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Message, MessageRefused } from "../../../lib/domain/finding/channel.ts";
import { findingId } from "../../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../../lib/domain/finding/ledger.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { type Embedded, openEmbedded } from "../../../lib/platform/dynamo/embedded.ts";
import { createLeases } from "../../../lib/platform/dynamo/leases.ts";
import { createLedger } from "../../../lib/platform/dynamo/ledger.ts";
import { type AnnouncePorts, announce } from "../../../lib/workflows/announce/announce.ts";
import { assessment, listing } from "../../support/samples.ts";

const NOW = "2026-11-02T10:00:00.000Z";
let folder: string;
let store: Embedded;
let ledger: Ledger;
let sent: Message[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "knockoff-announce-"));
  store = await openEmbedded(folder);
  ledger = createLedger(store.db);
  sent = [];
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Findings `0` and up, each with one notice, the first the oldest. */
async function outbox(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const at = plusMs(NOW, (n - 60) * 60_000);
    const id = findingId("northwind", "aptoide", String(n));
    const seen = { at, by: "scan", kind: "seen" as const, listing: listing({ key: String(n) }), evidence: [] };
    const events = [seen, { at, by: "scan", kind: "assessed" as const, assessment: assessment("impersonation") }];
    await ledger.append(id, "northwind", 0, events, [{ id: `n-${n}`, kind: "finding.new", finding: id, at }]);
  }
}

function ports(over: Partial<AnnouncePorts> = {}, refused: (id: string) => boolean = () => false): AnnouncePorts {
  return {
    ledger,
    leases: createLeases(store.db),
    clock: () => NOW,
    owner: "a",
    words: () => ({ subject: "s", text: "t" }),
    timeIsUp: () => false,
    channel: {
      async send(message) {
        if (refused(message.id)) throw new TypeError(`no ${message.id}`);
        sent.push(message);
      },
    },
    ...over,
  };
}

const ids = () => sent.map(({ id }) => id);

describe("announcing", () => {
  it("tells what waits once, the oldest first", async () => {
    await outbox(3);
    expect(await announce(ports())).toEqual({ sent: 3, failed: 0, oldestSeconds: 0 });
    expect(await announce(ports())).toEqual({ sent: 0, failed: 0, oldestSeconds: 0 });
    expect(ids()).toEqual(["n-0", "n-1", "n-2"]);
    expect(sent[0]?.attributes).toEqual({
      brand: "northwind",
      kind: "finding.new",
      severity: "high",
      source: "aptoide",
      verdict: "impersonation",
    });
  });

  it("lets a message that cannot be sent hold up no other, and keeps it", async () => {
    await outbox(4);
    const told = await announce(ports({}, (id) => id === "n-1"));
    expect(told).toEqual({ sent: 3, failed: 1, problem: "TypeError: no n-1", oldestSeconds: 59 * 60 });
    expect(ids()).toEqual(["n-0", "n-2", "n-3"]);
    expect(await announce(ports())).toMatchObject({ sent: 1, failed: 0 });
  });

  it("sends all others where many, at the head, can never be sent", async () => {
    await outbox(12);
    const refusing = ports();
    const { channel } = refusing;
    refusing.channel = {
      async send(message) {
        if (Number(message.id.slice(2)) < 8) throw new MessageRefused("InvalidParameter");
        return channel.send(message);
      },
    };
    expect(await announce(refusing)).toMatchObject({ sent: 4, failed: 8 });
  });

  it("gives up for now when nothing goes out", async () => {
    await outbox(12);
    expect(await announce(ports({}, () => true))).toMatchObject({ sent: 0, failed: 5, oldestSeconds: 3_600 });
    expect(await announce(ports())).toMatchObject({ sent: 12, failed: 0 });
  });

  it("is left to whoever is at it", async () => {
    await outbox(1);
    await createLeases(store.db).take("announce", "b", NOW, 60_000);
    expect(await announce(ports())).toEqual({ sent: 0, failed: 0, oldestSeconds: 3_600 });
  });

  it("ends with its time, and goes on from there", async () => {
    await outbox(3);
    expect(await announce(ports({ timeIsUp: () => sent.length >= 2 }))).toMatchObject({
      sent: 2,
      oldestSeconds: 58 * 60,
    });
    expect(await announce(ports())).toMatchObject({ sent: 1 });
  });
});
