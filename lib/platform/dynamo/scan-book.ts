import { randomUUID } from "node:crypto";
import PQueue from "p-queue";
import type { Coverage } from "../../domain/finding/coverage.ts";
import type { ScanBook, ScanRecord, Sighting, SourceHealth } from "../../domain/finding/scan-book.ts";
import type { Task, TaskOutcome, TaskRecord } from "../../domain/finding/task.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { type Instant, plusMs } from "../../kernel/time.ts";
import { allItems, type Db, type Item, itemsOf, type Key } from "./db.ts";

const IN_FLIGHT = 16;
const FREE = "(attribute_not_exists(leaseUntil) OR leaseUntil <= :now)";

/** A scan's progress on the DynamoDB API. Every write is repeatable: a lost connection neither loses nor doubles a step. */
export function createScanBook(db: Db): ScanBook {
  /**
   * For each source of a scan, a task before which all are finished. Spares a claim from reading what is done, and is only
   * a hint: what another process put back before it is found by the look from the start that precedes "none left".
   */
  const hints = new Map<string, string>();

  return {
    plan: (scan, tasks) => {
      hints.clear();
      return plan(db, scan, tasks);
    },
    claim: (scan, source, owner, now, leaseMs) => claim(db, hints, { scan, source, owner, now, leaseMs }),
    finish: (scan, source, key, owner, outcome, now) => finish(db, { scan, source, key, owner, outcome, now }),
    releaseLeases: (scan, source) => releaseLeases(db, scan, source),
    retryFailed: (scan, source) => {
      hints.clear();
      return retryFailed(db, scan, source);
    },
    tasks: async (scan, source) => (await allItems(db, { pk: tasksPk(scan, source) })).map(recordOf),
    putScan: (record) => writeBody(db, scanKey(record.scan), record),
    scan: (scan) => readBody<ScanRecord>(db, scanKey(scan)),
    async scans(limit) {
      const { items } = await db.page({ pk: SCANS, backwards: true, pageSize: limit });
      return items.map((item) => bodyOf<ScanRecord>(item));
    },
    putPart: (scan, coverage) => writeBody(db, partKey(scan, coverage.source), coverage),
    part: (scan, source) => readBody<Coverage>(db, partKey(scan, source)),
    parts: async (scan) => (await allItems(db, { pk: partKey(scan, "").pk })).map((item) => bodyOf<Coverage>(item)),
    health: (source) => readBody<SourceHealth>(db, healthKey(source)),
    putHealth: (health) => writeBody(db, healthKey(health.source), health),
    sighting: (finding) => readBody<Sighting>(db, sightingKey(finding)),
    putSighting: (sighting) => writeBody(db, sightingKey(sighting.finding), sighting),
  };
}

async function plan(db: Db, scan: string, tasks: readonly Task[]): Promise<void> {
  const sources = [...new Set(tasks.map((task) => task.source))];
  const writes = sources.map(async (source) => {
    const wanted = tasks.filter((task) => task.source === source);
    const stored = await allItems(db, { pk: tasksPk(scan, source), attributes: ["sk"] });
    const known = new Set(stored.map((item) => item.sk));
    const missing = new Map(wanted.map((task) => [taskKey(scan, source, task.key).sk, task]));
    return [...missing].filter(([sk]) => !known.has(sk)).map(([, task]) => task);
  });
  const missing = (await Promise.all(writes)).flat();
  await atOnce(missing, (task) =>
    db.put(
      { ...taskKey(scan, task.source, task.key), body: JSON.stringify(task), state: "planned", attempts: 0 },
      { text: "attribute_not_exists(pk)" },
    ),
  );
}

interface Claim {
  scan: string;
  source: string;
  owner: string;
  now: Instant;
  leaseMs: number;
}

/** A task whose asking took a process down before comes after all that did not: it must not take the others down with it. */
async function claim(db: Db, hints: Map<string, string>, wish: Claim): Promise<TaskRecord | undefined> {
  return (await claimOf("fresh", db, hints, wish)) ?? claimOf("any", db, hints, wish);
}

async function claimOf(
  which: "fresh" | "any",
  db: Db,
  hints: Map<string, string>,
  wish: Claim,
): Promise<TaskRecord | undefined> {
  const pk = tasksPk(wish.scan, wish.source);
  const open = (item: Item) => item.state === "planned" && (which === "any" || item.attempts === 0);
  const hintKey = `${which} ${pk}`;
  const hint = hints.get(hintKey);
  const keep = (sk: string) => hints.set(hintKey, sk);
  const claimed = await claimFrom(db, wish, { pk, after: hint, open, keep });
  return claimed === undefined && hint !== undefined ? claimFrom(db, wish, { pk, open, keep }) : claimed;
}

/** A walk over the tasks of a source; `keep` is told how far there is nothing open, so that the next walk begins there. */
interface Walk {
  pk: string;
  after?: string;
  open(item: Item): boolean;
  keep(sk: string): void;
}

async function claimFrom(db: Db, wish: Claim, { pk, after, open, keep }: Walk): Promise<TaskRecord | undefined> {
  const sk = after === undefined ? undefined : { op: ">" as const, value: after };
  let noneSoFar = true;
  for await (const item of itemsOf(db, { pk, sk, pageSize: 25 })) {
    noneSoFar &&= !open(item);
    if (noneSoFar) keep(item.sk as string);
    if (!open(item) || (item.leaseUntil !== undefined && (item.leaseUntil as string) > wish.now)) continue;
    const leased = await lease(db, item, wish);
    if (leased !== undefined) return recordOf(leased);
  }
  return undefined;
}

/** The number of the attempt and the lease's own name are written as values, so writing the same lease again changes nothing. */
function lease(db: Db, item: Item, { owner, now, leaseMs }: Claim): Promise<Item | undefined> {
  const attempts = item.attempts as number;
  return db.update(
    keyOf(item),
    {
      text: "SET #owner = :owner, leaseUntil = :until, leaseName = :name, attempts = :attempt",
      names: { "#owner": "owner", "#state": "state" },
      values: {
        ":owner": owner,
        ":until": plusMs(now, leaseMs),
        ":name": randomUUID(),
        ":attempt": attempts + 1,
        ":before": attempts,
        ":planned": "planned",
        ":now": now,
      },
    },
    `#state = :planned AND ((attempts = :before AND ${FREE}) OR leaseName = :name)`,
  );
}

interface Finish {
  scan: string;
  source: string;
  key: string;
  owner: string;
  outcome: TaskOutcome;
  now: Instant;
}

/** Says nothing when the lease has passed to somebody else: theirs is the answer that counts. */
async function finish(db: Db, { scan, source, key, owner, outcome, now }: Finish): Promise<void> {
  await db.update(
    taskKey(scan, source, key),
    {
      text: "SET #state = :state, #outcome = :outcome, finishedAt = :now REMOVE leaseUntil",
      names: { "#state": "state", "#outcome": "outcome", "#owner": "owner" },
      values: {
        ":state": outcome.state,
        ":outcome": JSON.stringify(outcome),
        ":now": now,
        ":owner": owner,
        ":planned": "planned",
      },
    },
    "#owner = :owner AND (#state = :planned OR finishedAt = :now)",
  );
}

async function releaseLeases(db: Db, scan: string, source: string): Promise<void> {
  const leased = await allItems(db, {
    pk: tasksPk(scan, source),
    filter: { text: "attribute_exists(leaseUntil)" },
    attributes: ["pk", "sk"],
  });
  await atOnce(leased, (item) => db.update(keyOf(item), { text: "REMOVE leaseUntil" }, "attribute_exists(leaseUntil)"));
}

async function retryFailed(db: Db, scan: string, source: string): Promise<void> {
  const failed = { text: "#state = :failed", names: { "#state": "state" }, values: { ":failed": "failed" } };
  const items = await allItems(db, { pk: tasksPk(scan, source), filter: failed, attributes: ["pk", "sk"] });
  const reset = {
    text: "SET #state = :planned, attempts = :none REMOVE #outcome, finishedAt, leaseUntil, #owner",
    names: { "#state": "state", "#outcome": "outcome", "#owner": "owner" },
    values: { ":planned": "planned", ":failed": "failed", ":none": 0 },
  };
  await atOnce(items, (item) => db.update(keyOf(item), reset, "#state = :failed"));
}

function recordOf(item: Item): TaskRecord {
  return {
    ...(JSON.parse(item.body as string) as Task),
    state: item.state as TaskRecord["state"],
    attempts: item.attempts as number,
    outcome: item.outcome === undefined ? undefined : (JSON.parse(item.outcome as string) as TaskOutcome),
    finishedAt: item.finishedAt as Instant | undefined,
  };
}

async function readBody<T>(db: Db, key: Key): Promise<T | undefined> {
  const item = await db.get(key);
  return item === undefined ? undefined : bodyOf<T>(item);
}

function bodyOf<T>(item: Item): T {
  return JSON.parse(item.body as string) as T;
}

async function writeBody(db: Db, key: Key, value: unknown): Promise<void> {
  await db.put({ ...key, body: JSON.stringify(value) });
}

async function atOnce<T>(values: readonly T[], run: (value: T) => Promise<unknown>): Promise<void> {
  await new PQueue({ concurrency: IN_FLIGHT }).addAll(values.map((value) => () => run(value)));
}

function keyOf(item: Item): Key {
  return { pk: item.pk as string, sk: item.sk as string };
}

const SCANS = "SCANS";

function scanKey(scan: string): Key {
  return { pk: SCANS, sk: scan };
}

function partKey(scan: string, source: string): Key {
  return { pk: `SCAN#${scan}`, sk: source };
}

function tasksPk(scan: string, source: string): string {
  return `SCAN#${scan}#${source}`;
}

/** A sort key has 1,024 bytes at most; a longer task key keeps its beginning, and so nearly its place in the order. */
function taskKey(scan: string, source: string, key: string): Key {
  const plain = `T#${key.toWellFormed()}`;
  const fits = Buffer.byteLength(plain) <= 1_000;
  return { pk: tasksPk(scan, source), sk: fits ? plain : `${plain.slice(0, 200)}~${sha256Hex(key)}` };
}

function healthKey(source: string): Key {
  return { pk: `HEALTH#${source}`, sk: "-" };
}

function sightingKey(finding: string): Key {
  return { pk: `SIGHTING#${finding}`, sk: "-" };
}
