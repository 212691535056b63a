import type { Finding, Stage } from "../../domain/finding/finding.ts";
import type { FindingFilter } from "../../domain/finding/ledger.ts";
import { readCursor, writeCursor } from "./cursor.ts";
import { allItems, type Db, type Expression, type Item, itemsOf, type Key } from "./db.ts";
import { BRANDS, queuePk, scoreText, viewOf } from "./ledger-items.ts";
import { mergeDescending } from "./merge.ts";

const STAGES: readonly Stage[] = ["new", "triaging", "confirmed", "takedown", "closed"];

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
  if (!Number.isInteger(limit) || limit < 1) throw new Error(`a page of ${limit} findings cannot be made`);
  const after = cursor === undefined ? undefined : readCursor(cursor, filter);
  const findings: Finding[] = [];
  let last = "";
  for await (const places of batches(await placesOf(db, filter, after, limit), Math.min(limit + 1, 100))) {
    for (const { place, finding } of await standing(db, places)) {
      if (!wanted(finding, filter)) continue;
      if (findings.length === limit) return { findings, cursor: writeCursor(last, filter) };
      findings.push(finding);
      last = place.queueSk;
    }
  }
  return { findings };
}

/** The views that still stand where the index says: an owner that died between index and item leaves places that lie. */
async function standing(db: Db, places: readonly Place[]): Promise<{ place: Place; finding: Finding }[]> {
  const unique = new Map(places.map(({ pk, sk }) => [pk, { pk, sk }]));
  const items = new Map((await db.getMany([...unique.values()])).map((item) => [item.pk, item]));
  return places.flatMap((place) => {
    const item = items.get(place.pk);
    if (item === undefined || item.queuePk !== place.queuePk || item.queueSk !== place.queueSk) return [];
    return [{ place, finding: viewOf(item) }];
  });
}

async function placesOf(
  db: Db,
  filter: FindingFilter,
  after: string | undefined,
  limit: number,
): Promise<AsyncIterable<Place>> {
  const brands = filter.brand === undefined ? await brandsOf(db) : [filter.brand];
  if (filter.stages?.length === 0 || filter.verdicts?.length === 0 || filter.liveness?.length === 0)
    return fromArray([]);
  if (filter.changedSince !== undefined) return changedPlaces(db, brands, filter, filter.changedSince, after);
  const stages = new Set(filter.stages ?? STAGES);
  const lanes = brands.flatMap((brand) =>
    [...stages].map((stage) => lane(db, queuePk(brand, stage), filter, after, limit)),
  );
  return mergeDescending(lanes, (place) => place.queueSk);
}

/** One brand's findings of one stage, highest score first. */
async function* lane(
  db: Db,
  pk: string,
  filter: FindingFilter,
  after: string | undefined,
  limit: number,
): AsyncGenerator<Place, void> {
  const least = scoreText(filter.minScore ?? 0);
  const conditions = conditionsOf(filter);
  const query = {
    index: "queue" as const,
    pk,
    sk: after === undefined ? undefined : { op: "<" as const, value: after },
    filter: conditions,
    backwards: true,
    pageSize: conditions === undefined ? Math.min(limit + 1, 500) : 500,
  };
  for await (const item of itemsOf(db, query)) {
    if ((item.queueSk as string) < least) return;
    yield item as unknown as Place;
  }
}

/** What changed lately is little, so it is gathered whole and sorted here. */
async function changedPlaces(
  db: Db,
  brands: readonly string[],
  filter: FindingFilter,
  since: string,
  after: string | undefined,
): Promise<AsyncIterable<Place>> {
  const query = (brand: string) =>
    allItems(db, {
      index: "changes",
      pk: brand,
      sk: { op: ">=", value: since },
      filter: conditionsOf({ ...filter, changedSince: undefined }),
    });
  const rows = (await Promise.all(brands.map(query))).flat() as unknown as Place[];
  const places = new Map(
    rows
      .filter((place) => after === undefined || place.queueSk < after)
      .map((place) => [`${place.queuePk} ${place.queueSk}`, place]),
  );
  return fromArray([...places.values()].sort((a, b) => (a.queueSk < b.queueSk ? 1 : -1)));
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
    (filter.brand === undefined || finding.brand === filter.brand) &&
    (filter.source === undefined || finding.listing.source === filter.source) &&
    (filter.stages === undefined || filter.stages.includes(finding.stage)) &&
    (filter.verdicts === undefined || filter.verdicts.includes(finding.assessment.verdict)) &&
    (filter.liveness === undefined || filter.liveness.includes(finding.liveness)) &&
    (filter.minScore === undefined || finding.assessment.score >= filter.minScore) &&
    (filter.changedSince === undefined || finding.changedAt >= filter.changedSince)
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
