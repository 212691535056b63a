import { randomUUID } from "node:crypto";
import type { Beginning, Delegation, Desk, Handover, KeptAnswer } from "../../domain/desk/desk.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Instant, msOf, plusMs } from "../../kernel/time.ts";
import { type Db, type Expression, type Item, itemsOf, type Key, type RangeQuery } from "./db.ts";
import { assertFits } from "./ledger-items.ts";

/** A pause as long as this ends a visit. */
const PAUSE_MS = 30 * 60_000;
/** A visit's touch is written at most this often, so a visit may end this much early. */
const TOUCH_MS = 60_000;
/** Delegations looked at, latest first; one that lies further back counts no more, which denies and never grants. */
const MOST_DELEGATIONS = 1_000;
const MOST_HANDOVERS = 500;
/** A request whose work has not ended by then is thought dead, and may begin again. */
const WORKING_MS = 60_000;
/** Largest answer kept whole, bytes of UTF-8: an item of the store has room for 409,600. */
const LARGEST_ANSWER = 300_000;

const ABSENT: Expression = { text: "attribute_not_exists(pk)" };

/**
 * The desk on the DynamoDB API. Every write is one conditional write of one item, and repeatable: a connection that was lost before its
 * answer came neither loses nor doubles anything. Persons, keys and ids of others are texts of any length, so keys hold their hashes.
 */
export function createDesk(db: Db): Desk {
  return {
    visit: (person, now) => visit(db, person, now),
    addHandover: (handover) => addHandover(db, handover),
    handovers: async (limit) => (await latest(db, HANDOVERS, Math.min(limit, MOST_HANDOVERS))).map(handoverOf),
    handover: (id) => handover(db, id),
    signOff: (id, by, at) => signOff(db, id, by, at),
    addDelegation: (delegation) => addDelegation(db, delegation),
    delegations: async () => (await latest(db, DELEGATIONS, MOST_DELEGATIONS)).map(delegationOf),
    endDelegation: (id, by, at) => endDelegation(db, id, by, at),
    begin: (person, key, fingerprint, now) => begin(db, person, key, fingerprint, now),
    keepAnswer: (person, key, answer) => keepAnswer(db, person, key, answer),
    giveUp: (person, key) => giveUp(db, person, key),
  };
}

async function visit(db: Db, person: string, now: Instant): Promise<Instant | undefined> {
  const key = visitKey(person);
  const known = await db.get(key);
  if (known === undefined) {
    const first = await db.put({ ...key, current: now, touched: now }, ABSENT);
    return first ? undefined : previousOf(await db.get(key));
  }
  const idleMs = msOf(now) - msOf(known.touched as Instant);
  if (idleMs < TOUCH_MS) return previousOf(known);
  const values = { ":now": now, ":touched": known.touched };
  if (idleMs < PAUSE_MS) {
    await db.update(key, { text: "SET touched = :now", values }, "touched = :touched");
    return previousOf(known);
  }
  const change = {
    text: "SET previous = #current, #current = :now, touched = :now",
    names: { "#current": "current" },
    values,
  };
  const begun = await db.update(key, change, "touched = :touched");
  // Another request of the same person came first, and began the visit for both.
  return previousOf(begun ?? (await db.get(key)));
}

function previousOf(item: Item | undefined): Instant | undefined {
  return item?.previous as Instant | undefined;
}

/** The pointer comes first: after a crash between the two there is no note, and writing it again makes it whole. */
async function addHandover(db: Db, note: Handover): Promise<void> {
  const { signedOff, ...written } = note;
  const key = timeKey(HANDOVERS, note);
  const item = { ...key, body: JSON.stringify(written), ...(signedOff && { signedOff: JSON.stringify(signedOff) }) };
  assertFits(`handover ${note.id}`, item);
  await db.put({ ...pointerKey(note.id), note: key.sk });
  await db.put(item, ABSENT);
}

async function handover(db: Db, id: string): Promise<Handover | undefined> {
  const item = await noteItem(db, id);
  return item === undefined ? undefined : handoverOf(item);
}

async function noteItem(db: Db, id: string): Promise<Item | undefined> {
  const pointer = await db.get(pointerKey(id));
  return pointer === undefined ? undefined : db.get({ pk: HANDOVERS, sk: pointer.note as string });
}

async function signOff(db: Db, id: string, by: string, at: Instant): Promise<Result<Handover, Handover | undefined>> {
  const item = await noteItem(db, id);
  if (item === undefined) return err(undefined);
  const change = { text: "SET signedOff = :signed", values: { ":signed": JSON.stringify({ by, at }) } };
  const signed = await db.update(keyOf(item), change, "attribute_not_exists(signedOff)");
  if (signed !== undefined) return ok(handoverOf(signed));
  const note = handoverOf((await db.get(keyOf(item))) as Item);
  // A write that is repeated after a lost connection finds its own signature.
  return note.signedOff?.by === by && note.signedOff.at === at ? ok(note) : err(note);
}

function handoverOf({ body, signedOff }: Item): Handover {
  const note = JSON.parse(body as string) as Handover;
  return signedOff === undefined ? note : { ...note, signedOff: JSON.parse(signedOff as string) };
}

async function addDelegation(db: Db, delegation: Delegation): Promise<void> {
  const { ended, ...lent } = delegation;
  const item = {
    ...timeKey(DELEGATIONS, delegation),
    body: JSON.stringify(lent),
    ...(ended && { ended: JSON.stringify(ended) }),
  };
  assertFits(`delegation ${delegation.id}`, item);
  await db.put(item, ABSENT);
}

async function endDelegation(db: Db, id: string, by: string, at: Instant): Promise<Delegation | undefined> {
  const items = await latest(db, DELEGATIONS, MOST_DELEGATIONS);
  const item = items.find((one) => delegationOf(one).id === id);
  if (item === undefined) return undefined;
  const change = { text: "SET ended = :ended", values: { ":ended": JSON.stringify({ by, at }) } };
  const ended = await db.update(keyOf(item), change, "attribute_not_exists(ended)");
  return delegationOf(ended ?? ((await db.get(keyOf(item))) as Item));
}

function delegationOf({ body, ended }: Item): Delegation {
  const lent = JSON.parse(body as string) as Delegation;
  return ended === undefined ? lent : { ...lent, ended: JSON.parse(ended as string) };
}

async function begin(db: Db, person: string, key: string, fingerprint: string, now: Instant): Promise<Beginning> {
  const item = {
    ...requestKey(person, key),
    state: "begun",
    print: sha256Hex(fingerprint),
    begunAt: now,
    run: randomUUID(),
  };
  const free = await db.put(item, {
    text: "attribute_not_exists(pk) OR #state = :free OR #run = :run OR (#state = :begun AND print = :print AND begunAt <= :dead)",
    names: { "#state": "state", "#run": "run" },
    values: {
      ":free": "free",
      ":begun": "begun",
      ":run": item.run,
      ":print": item.print,
      ":dead": plusMs(now, -WORKING_MS),
    },
  });
  if (free) return { kind: "begun" };
  const known = await db.get(requestKey(person, key));
  if (known === undefined || known.state === "free") return { kind: "busy" };
  if (known.print !== item.print) return { kind: "other" };
  if (known.state === "begun") return { kind: "busy" };
  return { kind: "answered", answer: JSON.parse(known.answer as string) as KeptAnswer };
}

/** What was answered first stands: whoever took the work over from one that was thought dead does not change it. */
async function keepAnswer(db: Db, person: string, key: string, { status, body }: KeptAnswer): Promise<void> {
  const whole = JSON.stringify({ status, body });
  const answer = Buffer.byteLength(whole) <= LARGEST_ANSWER ? whole : JSON.stringify({ status, body: "" });
  const names = { "#state": "state", "#answer": "answer" };
  const change = {
    text: "SET #state = :answered, #answer = :answer",
    names,
    values: { ":answered": "answered", ":answer": answer, ":begun": "begun" },
  };
  await db.update(requestKey(person, key), change, "#state = :begun");
}

async function giveUp(db: Db, person: string, key: string): Promise<void> {
  const values = { ":free": "free", ":begun": "begun" };
  const change = { text: "SET #state = :free", names: { "#state": "state" }, values };
  await db.update(requestKey(person, key), change, "#state = :begun");
}

/** The last of a partition's items by their sort key, latest first. */
async function latest(db: Db, pk: string, limit: number): Promise<Item[]> {
  const query: RangeQuery = { pk, backwards: true, pageSize: Math.max(1, Math.min(limit, 100)) };
  const items: Item[] = [];
  for await (const item of itemsOf(db, query)) {
    if (items.length >= limit) break;
    items.push(item);
  }
  return items;
}

const HANDOVERS = "HANDOVERS";
const DELEGATIONS = "DELEGATIONS";

function timeKey(pk: string, { at, id }: { at: Instant; id: string }): Key {
  return { pk, sk: `${at}#${id}` };
}

function pointerKey(handover: string): Key {
  return { pk: `HANDOVER#${sha256Hex(handover)}`, sk: "-" };
}

function visitKey(person: string): Key {
  return { pk: `VISIT#${sha256Hex(person)}`, sk: "-" };
}

function requestKey(person: string, key: string): Key {
  return { pk: `REQUEST#${sha256Hex(person)}`, sk: sha256Hex(key) };
}

function keyOf({ pk, sk }: Item): Key {
  return { pk: pk as string, sk: sk as string };
}
