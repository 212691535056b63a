import { type Finding, type FindingId, fold } from "../../domain/finding/finding.ts";
import type { HistoryBounds } from "../../domain/finding/ledger.ts";
import { allItems, type Db, type Item, itemsOf } from "./db.ts";
import { casePk, commitKey, commitOf } from "./ledger-items.ts";

/** The commits after this version, oldest first, as they are stored. */
export async function commitsOf(db: Db, id: FindingId, afterVersion = 0): Promise<Item[]> {
  const items = await allItems(db, { pk: casePk(id), sk: { op: ">", value: commitKey(id, afterVersion).sk } });
  return items.filter((item) => item.sk !== "V");
}

/** Commits read in one request, of which the last ones may be more than was wanted. */
const PAGE = 50;

/** The newest commits within these bounds, oldest first, and the newest in any case. Read backwards, so that a long history costs no more than its end. */
export async function latestCommits(db: Db, id: FindingId, most: HistoryBounds): Promise<Item[]> {
  const { commits = Number.POSITIVE_INFINITY, bytes = Number.POSITIVE_INFINITY } = most;
  const found: Item[] = [];
  let size = 0;
  const query = { pk: casePk(id), sk: { op: "begins_with" as const, value: "C#" }, backwards: true };
  for await (const item of itemsOf(db, { ...query, pageSize: Math.min(PAGE, commits) })) {
    size += Buffer.byteLength(item.body as string);
    if (found.length > 0 && size > bytes) break;
    found.push(item);
    if (found.length >= commits) break;
  }
  return found.reverse();
}

export function foldCommits(id: FindingId, before: Finding | undefined, commits: readonly Item[]): Finding | undefined {
  return commits.reduce<Finding | undefined>(
    (view, item) => fold(id, item.brand as string, view, commitOf(item).events),
    before,
  );
}
