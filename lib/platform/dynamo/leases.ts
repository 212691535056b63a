import type { Leases } from "../../domain/finding/leases.ts";
import { plusMs } from "../../kernel/time.ts";
import type { Db, Key } from "./db.ts";

/** Leases on the DynamoDB API: one conditional write each, so of several takers one wins. */
export function createLeases(db: Db): Leases {
  const names = { "#owner": "owner" };
  return {
    async take(name, owner, now, forMs) {
      const values = { ":owner": owner, ":until": plusMs(now, forMs), ":now": now };
      const change = { text: "SET #owner = :owner, leaseUntil = :until", names, values };
      const taken = await db.update(
        leaseKey(name),
        change,
        "attribute_not_exists(leaseUntil) OR leaseUntil <= :now OR #owner = :owner",
      );
      return taken !== undefined;
    },
    async free(name, owner) {
      const change = { text: "REMOVE leaseUntil", names, values: { ":owner": owner } };
      await db.update(leaseKey(name), change, "#owner = :owner");
    },
  };
}

function leaseKey(name: string): Key {
  return { pk: `LEASE#${name}`, sk: "-" };
}
