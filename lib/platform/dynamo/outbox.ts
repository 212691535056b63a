import type { Notice } from "../../domain/finding/ledger.ts";
import { commitsOf } from "./commits.ts";
import { type Db, type Item, itemsOf, type Key } from "./db.ts";
import { commitKey, commitOf, OUTBOX } from "./ledger-items.ts";

/** Notices that have not been settled, oldest commit first. The index says where to look, the commit what is pending. */
export async function pendingNotices(db: Db, limit: number): Promise<Notice[]> {
  const found: Notice[] = [];
  let marks: Key[] = [];
  for await (const mark of itemsOf(db, { index: "outbox", pk: OUTBOX })) {
    marks.push(mark as unknown as Key);
    if (marks.length < 100) continue;
    found.push(...(await unsettled(db, marks)));
    if (found.length >= limit) break;
    marks = [];
  }
  if (found.length < limit) found.push(...(await unsettled(db, marks)));
  return found.slice(0, limit);
}

async function unsettled(db: Db, marks: readonly Key[]): Promise<Notice[]> {
  const commits = await db.getMany(marks.map(({ pk, sk }) => ({ pk, sk })));
  const byKey = new Map(commits.map((commit) => [`${commit.pk} ${commit.sk}`, commit]));
  return marks.flatMap((mark) => {
    const commit = byKey.get(`${mark.pk} ${mark.sk}`);
    return commit === undefined ? [] : pendingOf(commit);
  });
}

function pendingOf(commit: Item): Notice[] {
  const pending = commit.pending as Set<string> | undefined;
  return pending === undefined ? [] : commitOf(commit).notices.filter((notice) => pending.has(notice.id));
}

/** Settling twice, or from two processes at once, changes nothing more. Throws when the case never had this notice. */
export async function settleNotice(db: Db, notice: Notice): Promise<void> {
  const commits = (await commitsOf(db, notice.finding)).map((item) => ({ item, commit: commitOf(item) }));
  const home = commits.find(({ commit }) => commit.notices.some(({ id }) => id === notice.id));
  if (home === undefined) throw new Error(`finding ${notice.finding} has no notice ${notice.id}`);
  const key = commitKey(notice.finding, home.commit.version);
  const values = { ":settled": new Set([notice.id]) };
  const after = await db.update(key, { text: "DELETE pending :settled", values }, "attribute_exists(pk)");
  // The set is gone when its last notice is: only then does the commit leave the outbox.
  if (after !== undefined && after.pending === undefined)
    await db.update(key, { text: "REMOVE outboxPk, outboxSk" }, "attribute_not_exists(pending)");
}
