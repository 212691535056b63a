import type { Finding, FindingId, Stage } from "../../domain/finding/finding.ts";
import type { Direction, FindingFilter } from "../../domain/finding/ledger.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { allItems, type Db, type Expression, type Item, type Key, type RangeQuery } from "./db.ts";
import { assigneePk, BRANDS, queuePk, queueSk, scoreText, viewOf } from "./ledger-items.ts";
import { merge } from "./merge.ts";

const STAGES: readonly Stage[] = ["new", "triaging", "confirmed", "takedown", "closed"];

/** Findings looked at in one step on the way to the nearest. */
const NEAR = 5;

/** Where an index says that a view stands. The view itself has the last word. */
interface Place extends Key {
  queuePk: string;
  queueSk: string;
}

/** Highest score first, then by id. The cursor is a place in that order, so it outlives any change of the list. */
export async function listFindings(
  db: Db,
  filter: FindingFilter,
  limit: number,
  cursor?: string,
): Promise<{ findings: Finding[]; cursor?: string }> {
  assertPage(limit);
  const after = cursor === undefined ? undefined : readCursor(cursor, filter);
  const findings: Finding[] = [];
  let last = "";
  for await (const places of batches(await placesOf(db, filter, { after, limit }), Math.min(limit + 1, 100))) {
    for (const { place, finding } of await standing(db, places)) {
      if (!wanted(finding, filter)) continue;
      if (findings.length === limit) return { findings, cursor: writeCursor(last, filter) };
      findings.push(finding);
      last = place.queueSk;
    }
  }
  return { findings };
}

/** The nearest finding in one direction that such a list would show. */
export async function neighbourOf(
  db: Db,
  filter: FindingFilter,
  finding: Finding,
  way: Direction,
): Promise<FindingId | undefined> {
  const after = queueSk(finding.assessment.score, finding.id);
  const places = await placesOf(db, filter, { after, limit: NEAR, upwards: way === "previous" });
  for await (const batch of batches(places, NEAR)) {
    const found = (await standing(db, batch)).find(({ finding: other }) => wanted(other, filter));
    if (found !== undefined) return found.finding.id;
  }
  return undefined;
}

/** What changed since then, the latest first; a view that has moved on meanwhile stands at a later place, and counts there. */
export async function recentFindings(
  db: Db,
  brands: readonly string[],
  since: string,
  limit: number,
): Promise<Finding[]> {
  assertPage(limit);
  const lanes = [...new Set(brands)].map((pk) =>
    growing(db, { index: "changes", pk, sk: { op: ">=", value: since }, backwards: true }, limit),
  );
  const found = new Map<string, Item>();
  const places = merge(lanes, (item) => item.changesSk as string, "descending") as AsyncGenerator<Place, void>;
  for await (const batch of batches(places, Math.min(limit, 100))) {
    for (const [pk, item] of await viewsAt(db, batch)) if ((item.changesSk as string) >= since) found.set(pk, item);
    if (found.size >= limit) break;
  }
  const latest = [...found.values()].sort((a, b) => ((a.changesSk as string) < (b.changesSk as string) ? 1 : -1));
  return latest.slice(0, limit).map(viewOf);
}

/** The views that still stand where the index says: an owner that died between index and item leaves places that lie. */
async function standing(db: Db, places: readonly Place[]): Promise<{ place: Place; finding: Finding }[]> {
  const items = await viewsAt(db, places);
  return places.flatMap((place) => {
    const item = items.get(place.pk);
    if (item === undefined || item.queuePk !== place.queuePk || item.queueSk !== place.queueSk) return [];
    return [{ place, finding: viewOf(item) }];
  });
}

/** The views by their partition. A place may be named twice, and a batch of reads may not. */
async function viewsAt(db: Db, places: readonly Key[]): Promise<Map<string, Item>> {
  const unique = new Map(places.map(({ pk, sk }) => [pk, { pk, sk }]));
  return new Map((await db.getMany([...unique.values()])).map((item) => [item.pk as string, item]));
}

function assertPage(limit: number): void {
  if (!Number.isInteger(limit) || limit < 1) throw new Error(`a page of ${limit} findings cannot be made`);
}

/** Where to begin, which way to go, and how much is wanted. */
interface Way {
  after?: string;
  limit: number;
  upwards?: boolean;
}

async function placesOf(db: Db, filter: FindingFilter, way: Way): Promise<AsyncIterable<Place>> {
  if (filter.stages?.length === 0 || filter.verdicts?.length === 0 || filter.liveness?.length === 0)
    return fromArray([]);
  if (filter.assignee !== undefined) return inOrder(await assignedPlaces(db, filter.assignee), way);
  const brands = filter.brands ?? (await brandsOf(db));
  if (filter.changedSince !== undefined)
    return inOrder(await changedPlaces(db, brands, filter, filter.changedSince), way);
  return scoredPlaces(db, brands, filter, way);
}

/** Places that were gathered whole, as the way goes. */
function inOrder(places: readonly Place[], { after, upwards = false }: Way): AsyncGenerator<Place, void> {
  const ahead = places.filter(({ queueSk: at }) => after === undefined || (upwards ? at > after : at < after));
  const unique = new Map(ahead.map((place) => [`${place.queuePk} ${place.queueSk}`, place]));
  return fromArray([...unique.values()].sort((a, b) => (a.queueSk < b.queueSk === upwards ? -1 : 1)));
}

/** What is or was in somebody's hands is little beside all there is: no index knows the assignee. */
async function assignedPlaces(db: Db, person: string): Promise<Place[]> {
  const items = await allItems(db, { pk: assigneePk(person), attributes: ["sk"] });
  const views = await db.getMany(items.map((item) => ({ pk: item.sk as string, sk: "V" })));
  return views.map(
    ({ pk, sk, queuePk: stage, queueSk: place }) => ({ pk, sk, queuePk: stage, queueSk: place }) as Place,
  );
}

function scoredPlaces(db: Db, brands: readonly string[], filter: FindingFilter, way: Way): AsyncGenerator<Place, void> {
  const stages = new Set(filter.stages ?? STAGES);
  const pks = new Set(brands.flatMap((brand) => [...stages].map((stage) => queuePk(brand, stage))));
  const first = firstPage(way.limit + 1, pks.size);
  const lanes = [...pks].map((pk) => lane(db, pk, filter, way, first));
  return merge(lanes, (place) => place.queueSk, way.upwards ? "ascending" : "descending");
}

/** One brand's findings of one stage, highest score first; `upwards` the other way round. */
async function* lane(db: Db, pk: string, filter: FindingFilter, way: Way, first: number): AsyncGenerator<Place, void> {
  const { after, upwards = false } = way;
  const least = scoreText(filter.minScore ?? 0);
  const from = upwards && (after === undefined || after < least) ? least : after;
  const query = {
    index: "queue" as const,
    pk,
    sk: from === undefined ? undefined : { op: upwards ? (">" as const) : ("<" as const), value: from },
    filter: conditionsOf(filter),
    backwards: !upwards,
  };
  for await (const item of growing(db, query, first)) {
    if ((item.queueSk as string) < least) return;
    yield item as unknown as Place;
  }
}

const LARGEST_PAGE = 500;

/** Each lane's share of what is wanted and some more: those that give most to a page give a few times their share. */
function firstPage(wanted: number, lanes: number): number {
  return Math.min(wanted, Math.ceil((wanted * 4) / Math.max(1, lanes)) + 2);
}

/**
 * Reads little at first and more with every page: there are as many lanes as brands and stages, and most give little or nothing to a
 * page of the list, while a condition that few items meet must not cost a request for every few of them.
 */
async function* growing(db: Db, query: RangeQuery, first: number): AsyncGenerator<Item, void> {
  let start: Item | undefined;
  let pageSize = Math.min(first, LARGEST_PAGE);
  do {
    const { items, next } = await db.page({ ...query, pageSize }, start);
    yield* items;
    start = next;
    pageSize = Math.min(pageSize * 2, LARGEST_PAGE);
  } while (start !== undefined);
}

/** What changed lately is little, so it is gathered whole and sorted here. */
async function changedPlaces(
  db: Db,
  brands: readonly string[],
  filter: FindingFilter,
  since: string,
): Promise<Place[]> {
  const query = (brand: string) =>
    allItems(db, {
      index: "changes",
      pk: brand,
      sk: { op: ">=", value: since },
      filter: conditionsOf({ ...filter, changedSince: undefined }),
    });
  return (await Promise.all(brands.map(query))).flat() as unknown as Place[];
}

async function brandsOf(db: Db): Promise<string[]> {
  return (await allItems(db, { pk: BRANDS })).map((item) => item.sk as string);
}

/** Saves reading views that are not wanted; `wanted` decides. */
function conditionsOf(filter: FindingFilter): Expression | undefined {
  const names: Record<string, string> = {};
  const values: Item = {};
  const texts: string[] = [];
  for (const [name, allowed] of Object.entries({
    verdict: filter.verdicts,
    liveness: filter.liveness,
    source: filter.source === undefined ? undefined : [filter.source],
  })) {
    if (allowed === undefined) continue;
    names[`#${name}`] = name;
    const aliases = allowed.map((value, i) => {
      values[`:${name}${i}`] = value;
      return `:${name}${i}`;
    });
    texts.push(`#${name} IN (${aliases.join(", ")})`);
  }
  if (texts.length === 0) return undefined;
  return { text: texts.join(" AND "), names, values };
}

function wanted(finding: Finding, filter: FindingFilter): boolean {
  return (
    (filter.brands === undefined || filter.brands.includes(finding.brand)) &&
    (filter.source === undefined || finding.listing.source === filter.source) &&
    (filter.stages === undefined || filter.stages.includes(finding.stage)) &&
    (filter.verdicts === undefined || filter.verdicts.includes(finding.assessment.verdict)) &&
    (filter.liveness === undefined || filter.liveness.includes(finding.liveness)) &&
    (filter.minScore === undefined || finding.assessment.score >= filter.minScore) &&
    (filter.changedSince === undefined || finding.changedAt >= filter.changedSince) &&
    (filter.assignee === undefined || finding.assignee === filter.assignee) &&
    (filter.awakeAt === undefined || (finding.snoozed?.until ?? "") <= filter.awakeAt)
  );
}

async function* fromArray<T>(values: readonly T[]): AsyncGenerator<T, void> {
  yield* values;
}

async function* batches<T>(values: AsyncIterable<T>, size: number): AsyncGenerator<T[], void> {
  let batch: T[] = [];
  for await (const value of values) {
    batch.push(value);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
