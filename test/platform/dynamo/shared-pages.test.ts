import { describe, expect, it } from "vitest";
import type { Db, Item, RangeQuery } from "../../../lib/platform/dynamo/db.ts";
import { sharingPages } from "../../../lib/platform/dynamo/shared-pages.ts";

/** A store that answers when it is told to, each time with the number of the question. */
function slowDb(): { db: Db; asked: () => number; answer(): void; fail(): void } {
  const open: { resolve(page: { items: Item[] }): void; reject(error: Error): void; number: number }[] = [];
  let asked = 0;
  const page = () =>
    new Promise<{ items: Item[] }>((resolve, reject) => {
      asked += 1;
      open.push({ resolve, reject, number: asked });
    });
  const db = { page, put: async () => true, putMany: async () => {}, update: async () => undefined } as unknown as Db;
  return {
    db,
    asked: () => asked,
    answer: () => open.splice(0).forEach(({ resolve, number }) => void resolve({ items: [{ number }] })),
    fail: () => open.splice(0).forEach(({ reject }) => void reject(new Error("the store is gone"))),
  };
}

const LANE: RangeQuery = { index: "queue", pk: "northwind#new" };

describe("a page of an index", () => {
  it("is asked for once by those who ask at the same time, and anew afterwards", async () => {
    const store = slowDb();
    const db = sharingPages(store.db);
    const both = [db.page(LANE), db.page({ ...LANE })];
    store.answer();
    expect(await Promise.all(both)).toEqual([{ items: [{ number: 1 }] }, { items: [{ number: 1 }] }]);
    const later = db.page(LANE);
    store.answer();
    expect(await later).toEqual({ items: [{ number: 2 }] });
  });

  it.each<[string, RangeQuery, Item | undefined]>([
    ["another lane", { ...LANE, pk: "tern#new" }, undefined],
    ["another size", { ...LANE, pageSize: 3 }, undefined],
    ["another place", LANE, { pk: "F#f-1" }],
    ["the base table", { pk: "northwind#new" }, undefined],
  ])("is not taken for %s", async (_, query, start) => {
    const store = slowDb();
    const db = sharingPages(store.db);
    const asked = [db.page(LANE), db.page(query, start)];
    store.answer();
    await Promise.all(asked);
    expect(store.asked()).toBe(2);
  });

  it.each<[string, (db: Db) => Promise<unknown>]>([
    ["put", (db) => db.put({ pk: "a", sk: "b" })],
    ["several puts", (db) => db.putMany([{ pk: "a", sk: "b" }])],
    ["an update", (db) => db.update({ pk: "a", sk: "b" }, { text: "SET a = b" }, "a = b")],
  ])("that was asked for before a write is not shared after it: %s", async (_, write) => {
    const store = slowDb();
    const db = sharingPages(store.db);
    const before = db.page(LANE);
    await write(db);
    const after = [db.page(LANE), db.page(LANE)];
    store.answer();
    expect(await before).toEqual({ items: [{ number: 1 }] });
    expect(await Promise.all(after)).toEqual([{ items: [{ number: 2 }] }, { items: [{ number: 2 }] }]);
  });

  it("that failed is asked for again", async () => {
    const store = slowDb();
    const db = sharingPages(store.db);
    const lost = db.page(LANE);
    store.fail();
    await expect(lost).rejects.toThrow("the store is gone");
    const again = db.page(LANE);
    store.answer();
    expect(await again).toEqual({ items: [{ number: 2 }] });
  });
});
