import PQueue from "p-queue";
import type { CaseEvent } from "../../domain/finding/event.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import { pivotsOf } from "../../domain/finding/pivots.ts";
import { commitsOf, foldCommits } from "./commits.ts";
import { allItems, type Db, type Item, type Key } from "./db.ts";
import {
  assigneePk,
  BRANDS,
  casePk,
  commitKey,
  commitOf,
  LAGGING,
  pivotPk,
  sourcePk,
  viewItem,
} from "./ledger-items.ts";

/** What is derived from commits: the view, the pivots, the lists of brands and of a source's findings. */
export interface Projection {
  /** Writes what follows from the commit that made this view, then takes the commit's mark away. */
  write(view: Finding, events: readonly CaseEvent[], before: Finding | undefined): Promise<void>;
  /** Writes what a crash, between a commit and its view, left out. */
  catchUp(): Promise<void>;
}

export function createProjection(db: Db): Projection {
  const knownBrands = new Set<string>();

  async function write(view: Finding, events: readonly CaseEvent[], before: Finding | undefined): Promise<void> {
    const links = linksOf(view, events, before);
    if (before === undefined) links.push({ pk: sourcePk(view.listing.source), sk: casePk(view.id) });
    if (!knownBrands.has(view.brand)) links.push({ pk: BRANDS, sk: view.brand });
    // A slower writer must not put an older view over a newer one.
    const newer = {
      text: "attribute_not_exists(pk) OR #version < :version",
      names: { "#version": "version" },
      values: { ":version": view.version },
    };
    await Promise.all([
      db.put(viewItem(view), newer),
      db.putMany(links),
      ...handsOf(view, before).map((item) => db.put(item, newer)),
    ]);
    knownBrands.add(view.brand);
    await db.update(commitKey(view.id, view.version), { text: "REMOVE lagPk, lagSk" }, "attribute_exists(pk)");
  }

  async function catchUp(): Promise<void> {
    const marks = await allItems(db, { index: "lag", pk: LAGGING });
    if (marks.length === 0) return;
    await new PQueue({ concurrency: 16 }).addAll(marks.map((mark) => () => rebuild(mark as unknown as Key)));
  }

  /**
   * The store writes an index before the item, so a mark may stand for a commit that was never written: then there is
   * nothing to do, and the commit that will have this version takes the mark with it.
   */
  async function rebuild({ pk, sk }: Key): Promise<void> {
    const id = pk.slice(casePk("").length);
    const commits = await commitsOf(db, id);
    const at = commits.findIndex((commit) => commit.sk === sk);
    if (at === -1) return;
    const view = foldCommits(id, undefined, commits.slice(0, at + 1));
    if (view !== undefined) await write(view, commitOf(commits[at] as Item).events, undefined);
  }

  return { write, catchUp: together(catchUp) };
}

/** Who asks before it begins shares one run: a page that asks for several things at once catches up once for all of them. */
function together(run: () => Promise<void>): () => Promise<void> {
  let next: Promise<void> | undefined;
  return () => {
    next ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      next = undefined;
      return run();
    });
    return next;
  };
}

/** Whose hands the case is in, and no more in; written with every commit of such a case, so that a closed one leaves the list. */
function handsOf(view: Finding, before: Finding | undefined): (Item & Key)[] {
  const people = [view.assignee, before?.assignee].filter((person) => person !== undefined);
  return [...new Set(people)].map((person) => ({
    pk: assigneePk(person),
    sk: casePk(view.id),
    version: view.version,
    open: person === view.assignee && view.stage !== "closed",
  }));
}

/** A pivot stays when the listing no longer shows its value: that it once did is what ties a re-upload to the old case. */
function linksOf({ id, brand }: Finding, events: readonly CaseEvent[], before: Finding | undefined): (Item & Key)[] {
  const shown = events.flatMap((event) =>
    event.kind === "seen" || event.kind === "changed" ? pivotsOf(event.listing, event.icon) : [],
  );
  const linked = new Set(before === undefined ? [] : pivotsOf(before.listing, before.icon).map(pivotPk));
  const fresh = new Map(shown.map((pivot) => [pivotPk(pivot), pivot]));
  return [...fresh]
    .filter(([pk]) => !linked.has(pk))
    .map(([pk, pivot]) => ({ pk, sk: casePk(id), kind: pivot.kind, value: pivot.value, brand }));
}
