import type { Db, Item, Key } from "../../lib/platform/dynamo/db.ts";
import { INDEXES } from "../../lib/platform/dynamo/table.ts";

/** Capacity as a table on demand is billed. */
export interface Units {
  reads: number;
  writes: number;
}

/**
 * A ledger that notes what DynamoDB would bill: 4 kB a read (half of it for reads of an index), 1 kB a write, and a
 * write for every index that an item enters, leaves or changes in. It looks at items before and after, so nothing else
 * may write meanwhile.
 */
export function meteredDb(db: Db): { db: Db; take(): Units & { requests: number } } {
  let units = { reads: 0, writes: 0, requests: 0 };

  async function wrote<T>(keys: Key[], write: () => Promise<T>): Promise<T> {
    units.requests += Math.ceil(keys.length / 25);
    const before = await Promise.all(keys.map((key) => db.get(key)));
    const answer = await write();
    const after = await Promise.all(keys.map((key) => db.get(key)));
    keys.forEach((_, place) => {
      units.writes += writeUnits(before[place], after[place]);
    });
    return answer;
  }

  return {
    take() {
      const taken = units;
      units = { reads: 0, writes: 0, requests: 0 };
      return taken;
    },
    db: {
      put: (item, condition) => wrote([keyOf(item)], () => db.put(item, condition)),
      putMany: (items) => wrote(items.map(keyOf), () => db.putMany(items)),
      update: (key, change, condition) => wrote([key], () => db.update(key, change, condition)),
      async get(key) {
        const item = await db.get(key);
        units.requests += 1;
        units.reads += readUnits(item === undefined ? [] : [item]);
        return item;
      },
      async getMany(keys) {
        const items = await db.getMany(keys);
        units.requests += Math.ceil(keys.length / 100);
        for (const item of items) units.reads += readUnits([item]);
        return items;
      },
      async page(query, start) {
        // A filter and a choice of attributes save nothing: what was looked at is billed.
        const { items } = await db.page({ ...query, filter: undefined, attributes: undefined }, start);
        units.requests += 1;
        units.reads += readUnits(items) * (query.index === undefined ? 1 : 0.5);
        return db.page(query, start);
      },
    },
  };
}

function readUnits(items: readonly Item[]): number {
  return Math.max(1, Math.ceil(items.reduce((sum, item) => sum + bytesOf(item), 0) / 4096));
}

/** A refused write is billed too. */
function writeUnits(before: Item | undefined, after: Item | undefined): number {
  const bytes = Math.max(bytesOf(before ?? {}), bytesOf(after ?? {}));
  const indexes = Object.values(INDEXES).map((index) => indexWrites(index, before, after));
  return Math.max(1, Math.ceil(bytes / 1024)) + indexes.reduce((sum, writes) => sum + writes, 0);
}

function indexWrites(
  { pk, sk, also }: (typeof INDEXES)[keyof typeof INDEXES],
  before: Item | undefined,
  after: Item | undefined,
): number {
  const left = before?.[pk] !== undefined;
  const entered = after?.[pk] !== undefined;
  const moved = before?.[pk] !== after?.[pk] || before?.[sk] !== after?.[sk];
  if (moved) return Number(left) + Number(entered);
  return entered && also.some((name) => before?.[name] !== after?.[name]) ? 1 : 0;
}

function bytesOf(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  return value instanceof Set ? [...value].reduce((sum: number, part) => sum + sizeOf(part), 0) : 22;
}

function keyOf({ pk, sk }: Key): Key {
  return { pk, sk };
}
