import { type Finding, type FindingId, fold } from "../../domain/finding/finding.ts";
import { allItems, type Db, type Item } from "./db.ts";
import { casePk, commitKey, commitOf } from "./ledger-items.ts";

/** The commits after this version, oldest first, as they are stored. */
export async function commitsOf(db: Db, id: FindingId, afterVersion = 0): Promise<Item[]> {
  const items = await allItems(db, { pk: casePk(id), sk: { op: ">", value: commitKey(id, afterVersion).sk } });
  return items.filter((item) => item.sk !== "V");
}

export function foldCommits(id: FindingId, before: Finding | undefined, commits: readonly Item[]): Finding | undefined {
  return commits.reduce<Finding | undefined>(
    (view, item) => fold(id, item.brand as string, view, commitOf(item).events),
    before,
  );
}
