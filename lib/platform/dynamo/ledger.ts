import { randomUUID } from "node:crypto";
import type { CaseEvent } from "../../domain/finding/event.ts";
import { type Finding, type FindingId, fold } from "../../domain/finding/finding.ts";
import type { Conflict, Ledger, Notice, TooLarge } from "../../domain/finding/ledger.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { commitsOf, foldCommits, latestCommits } from "./commits.ts";
import { allItems, type Db, type Expression } from "./db.ts";
import {
  assigneePk,
  casePk,
  commitItem,
  commitOf,
  pivotPk,
  sourcePk,
  tooLarge,
  viewItem,
  viewKey,
  viewOf,
} from "./ledger-items.ts";
import { listFindings, neighbourOf, recentFindings } from "./list.ts";
import { pendingNotices, settleNotice } from "./outbox.ts";
import { createProjection, type Projection } from "./projection.ts";
import { sharingPages } from "./shared-pages.ts";

/**
 * The ledger of the DynamoDB API: the same code on the embedded store and in the cloud. Without `repairs` a reader of lists leaves
 * views that lag to those who may write.
 */
export function createLedger(store: Db, { repairs = true } = {}): Ledger {
  const db = sharingPages(store);
  const projection = createProjection(db);
  const catchUp = repairs ? projection.catchUp : async () => {};
  return {
    append: (id, brand, expectedVersion, events, notices, spare = 0) =>
      append(db, projection, { id, brand, expectedVersion, events, notices, spare }),
    read: (id) => read(db, id),
    readMany: async (ids) => (await db.getMany(ids.map(viewKey))).map(viewOf),
    history: async (id, most) =>
      (await (most === undefined ? commitsOf(db, id) : latestCommits(db, id, most))).map(commitOf),
    async list(filter, limit, cursor) {
      await catchUp();
      return listFindings(db, filter, limit, cursor);
    },
    async neighbour(filter, finding, way) {
      await catchUp();
      return neighbourOf(db, filter, finding, way);
    },
    async recent(brands, since, limit) {
      await catchUp();
      return recentFindings(db, brands, since, limit);
    },
    async ofAssignee(person) {
      await catchUp();
      const open = { text: "#open = :yes", names: { "#open": "open" }, values: { ":yes": true } };
      const items = await allItems(db, { pk: assigneePk(person), filter: open, attributes: ["sk"] });
      const views = await db.getMany(items.map((item) => ({ pk: item.sk as string, sk: "V" })));
      return views.map(viewOf).filter(({ assignee, stage }) => assignee === person && stage !== "closed");
    },
    async ofSource(source) {
      await catchUp();
      const items = await allItems(db, { pk: sourcePk(source), attributes: ["sk"] });
      const views = await db.getMany(items.map((item) => ({ pk: item.sk as string, sk: "V" })));
      return views.map(viewOf);
    },
    async byPivot(kind, value, brands) {
      await catchUp();
      const filter = brands === undefined ? undefined : ofBrands(brands);
      const items = await allItems(db, { pk: pivotPk({ kind, value }), filter, attributes: ["sk"] });
      return items.map((item) => (item.sk as string).slice(casePk("").length));
    },
    pendingNotices: (limit) => pendingNotices(db, limit),
    settleNotice: (notice) => settleNotice(db, notice),
  };
}

interface Append {
  id: FindingId;
  brand: string;
  expectedVersion: number;
  events: CaseEvent[];
  notices: Notice[];
  spare: number;
}

async function append(db: Db, projection: Projection, wish: Append): Promise<Result<Finding, Conflict | TooLarge>> {
  const { id, brand, expectedVersion, events, notices, spare } = wish;
  if (events.length === 0) throw new Error(`an append to finding ${id} has no events`);
  const before = expectedVersion === 0 ? undefined : await existing(db, id);
  if (before !== undefined && before.version !== expectedVersion) return err({ kind: "conflict", current: before });

  const view = fold(id, brand, before, events);
  const commit = commitItem(id, brand, view.version, events, notices, randomUUID());
  const refused = tooLarge(commit) ?? tooLarge(viewItem(view), spare);
  if (refused !== undefined) return err(refused);
  const free = await db.put(commit, { text: "attribute_not_exists(pk)" });
  if (!free && !(await isOurs(db, commit))) return err({ kind: "conflict", current: await existing(db, id) });

  // The commit stands whatever happens now. Where the view does not get written the commit's mark remains, and the next
  // reader of lists either repairs it or meets the same error; failing here would deny a fact that is recorded.
  await projection.write(view, events, before).catch(() => undefined);
  return ok(view);
}

/** A put that is repeated after a lost connection finds its own commit in the way. */
async function isOurs(db: Db, commit: { pk: string; sk: string; nonce?: unknown }): Promise<boolean> {
  const stored = await db.get({ pk: commit.pk, sk: commit.sk });
  return stored !== undefined && stored.nonce === commit.nonce;
}

async function existing(db: Db, id: FindingId): Promise<Finding> {
  const finding = await read(db, id);
  if (finding === undefined) throw new Error(`finding ${id} has no commit to append to`);
  return finding;
}

/** The view and the last commit lie side by side at the end of the case: one question tells whether the view lags. */
async function read(db: Db, id: FindingId): Promise<Finding | undefined> {
  const { items } = await db.page({ pk: casePk(id), backwards: true, pageSize: 2 });
  const [top, next] = items;
  if (top === undefined) return undefined;
  if (top.sk !== "V") return foldCommits(id, undefined, await commitsOf(db, id));
  const view = viewOf(top);
  if (next === undefined || (next.version as number) <= view.version) return view;
  return foldCommits(id, view, await commitsOf(db, id, view.version));
}

/** DynamoDB takes so many values in one list. */
const MOST_VALUES = 100;

/** Pivots of an earlier time do not say whose they are: they are let through, and the view decides. */
function ofBrands(brands: readonly string[]): Expression | undefined {
  if (brands.length > MOST_VALUES) return undefined;
  const values = Object.fromEntries(brands.map((brand, at) => [`:brand${at}`, brand]));
  const listed = brands.length === 0 ? "" : ` OR brand IN (${Object.keys(values).join(", ")})`;
  return { text: `attribute_not_exists(brand)${listed}`, values: brands.length === 0 ? undefined : values };
}
