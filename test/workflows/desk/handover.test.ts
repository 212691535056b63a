import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { plusMs } from "../../../lib/kernel/time.ts";
import { LONGEST_NOTE, signOff, writeHandover } from "../../../lib/workflows/desk/handover.ts";
import type { Reader } from "../../../lib/workflows/desk/reader.ts";
import { givenCase } from "../../support/cases.ts";
import { openScratch, type Scratch } from "../../support/embedded.ts";

const NOW = "2026-11-02T09:00:00.000Z";
let store: Scratch;
beforeAll(async () => {
  store = await openScratch();
  await givenCase(store.ledger, { key: "1", at: plusMs(NOW, -5 * 86_400_000) });
  await givenCase(store.ledger, { key: "2", at: NOW });
  await givenCase(store.ledger, { key: "3", at: NOW, brand: "tern" });
});
afterAll(() => store.close());

const ports = (now = NOW) => ({ ...store, clock: () => now });
const ana: Reader = { name: "ana", brands: ["northwind", "tern"] };
const ben: Reader = { name: "ben", brands: undefined };
const cleo: Reader = { name: "cleo", brands: ["northwind"] };

describe("a handover", () => {
  it("says how things stand in the brands it speaks of, and in no others", async () => {
    const made = await writeHandover(ports(), ana, {
      text: "Watch the loans app.",
      brands: ["northwind", "northwind"],
    });
    expect(made).toMatchObject({
      ok: true,
      value: {
        at: NOW,
        by: "ana",
        text: "Watch the loans app.",
        brands: ["northwind"],
        standing: { undecided: 2, overdue: 1, approvals: 0, notSearched: [], many: false },
      },
    });
    if (made.ok) expect(await store.desk.handover(made.value.id)).toEqual(made.value);
    const both = await writeHandover(ports(), ana, { text: "All.", brands: ["tern", "northwind"] });
    expect(both).toMatchObject({ value: { brands: ["northwind", "tern"], standing: { undecided: 3 } } });
  });

  it.each([
    ["without words", { text: " \n", brands: ["northwind"] }, { kind: "no-text" }],
    [
      "of a book's length",
      { text: "x".repeat(LONGEST_NOTE + 1), brands: ["northwind"] },
      { kind: "too-long", most: LONGEST_NOTE },
    ],
    ["on no brand", { text: "x", brands: [] }, { kind: "no-brands" }],
    [
      "on what they may not know",
      { text: "x", brands: ["northwind", "gull"] },
      { kind: "unreadable-brand", brand: "gull" },
    ],
  ])("%s is not left", async (_, note, error) => {
    const before = await store.desk.handovers(undefined, 100);
    expect(await writeHandover(ports(), ana, note)).toEqual({ ok: false, error });
    expect(await store.desk.handovers(undefined, 100)).toEqual(before);
  });

  it("is signed off once, by somebody else who may read it, and again by the same changes nothing", async () => {
    const made = await writeHandover(ports(), ana, { text: "Take over.", brands: ["northwind", "tern"] });
    const id = made.ok ? made.value.id : "";
    const later = ports(plusMs(NOW, 60_000));
    expect(await signOff(later, ana, id)).toEqual({ ok: false, error: { kind: "own-note" } });
    expect(await signOff(later, cleo, id)).toEqual({ ok: false, error: { kind: "unknown-handover", id } });
    expect(await signOff(later, ben, "h-none")).toMatchObject({ error: { kind: "unknown-handover" } });
    const signed = await signOff(later, ben, id);
    expect(signed).toMatchObject({ ok: true, value: { signedOff: { by: "ben", at: plusMs(NOW, 60_000) } } });
    expect(await signOff(ports(plusMs(NOW, 120_000)), ben, id)).toEqual(signed);
    const late = await signOff(later, { name: "dora", brands: undefined }, id);
    expect(late).toMatchObject({ ok: false, error: { kind: "signed", handover: { signedOff: { by: "ben" } } } });
  });

  it("goes to one of two who sign at the same time, and the other sees to whom", async () => {
    const made = await writeHandover(ports(), ana, { text: "Quick.", brands: ["northwind"] });
    const id = made.ok ? made.value.id : "";
    const both = await Promise.all([ben, cleo].map((reader) => signOff(ports(), reader, id)));
    const winner = both.findIndex(({ ok }) => ok) === 0 ? "ben" : "cleo";
    expect(both.find(({ ok }) => !ok)).toMatchObject({
      error: { kind: "signed", handover: { signedOff: { by: winner } } },
    });
  });
});
