import { randomUUID } from "node:crypto";
import type {
  Beginning,
  Delegation,
  Desk,
  Handover,
  KeptAnswer,
  LastSeen,
  LentRight,
  Reach,
} from "../../domain/desk/desk.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type Instant, msOf, plusMs } from "../../kernel/time.ts";
import { type Db, type Expression, type Item, itemsOf, type Key, type RangeQuery } from "./db.ts";
import { assertFits } from "./ledger-items.ts";

/** A pause as long as this ends a visit. */
const PAUSE_MS = 30 * 60_000;
/** A visit's touch is written at most this often, so a visit may end this much early. */
const TOUCH_MS = 60_000;
/** What somebody may do is written again, though it is the same, when what stands is this old. */
const SEEN_MS = 3_600_000;
/** Delegations of a brand or a person looked at, latest first; one that lies further back counts no more, which denies and never grants. */
const MOST_DELEGATIONS = 1_000;
const MOST_HANDOVERS = 500;
/** Links of a brand read to find as many notes as are wanted. */
const MOST_LINKS = 2_000;
/** Partitions read at once. */
const LANES = 16;
/** A request whose work has not ended by then is thought dead, and may begin again. */
const WORKING_MS = 60_000;
/** Largest answer kept whole, bytes of UTF-8: an item of the store has room for 409,600. */
const LARGEST_ANSWER = 300_000;

const ABSENT: Expression = { text: "attribute_not_exists(pk)" };

/**
 * The desk on the DynamoDB API. Every write is of single items, and repeatable: a connection that was lost before its
 * answer came neither loses nor doubles anything. Persons, keys and ids of others are texts of any length, so keys hold their hashes.
 * A note or a loan lies under its id and is linked from each of its brands, so that one bank's flood hides nothing of another's.
 */
export function createDesk(db: Db): Desk {
  return {
    visit: (person, now) => visit(db, person, now),
    lastVisit: async (person, now) => lastVisitOf(await db.get(visitKey(person)), now),
    seen: (person, may, now) => seen(db, person, may, now),
    addHandover: (handover) => addHandover(db, handover),
    handovers: (brands, limit) => handovers(db, brands, Math.min(limit, MOST_HANDOVERS)),
    handover: (id) => handover(db, id),
    signOff: (id, by, at) => signOff(db, id, by, at),
    addDelegation: (delegation) => addDelegation(db, delegation),
    delegations: (brands) => delegations(db, (brands ?? [EVERY]).map(lentForPk)),
    delegationsOf: (person) => delegations(db, [lenderPk(person), borrowerPk(person)]),
    delegation: (id) => delegation(db, id),
    endDelegation: (id, by, at) => endDelegation(db, id, by, at),
    begin: (person, key, fingerprint, now) => begin(db, person, key, fingerprint, now),
    keepAnswer: (person, key, run, answer) => keepAnswer(db, person, key, run, answer),
    giveUp: (person, key, run) => giveUp(db, person, key, run),
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

function lastVisitOf(known: Item | undefined, now: Instant): Instant | undefined {
  if (known === undefined) return undefined;
  const goesOn = msOf(now) - msOf(known.touched as Instant) < PAUSE_MS;
  return goesOn ? previousOf(known) : (known.current as Instant);
}

/** Of those who never might authorise anything nothing is kept. */
async function seen(db: Db, person: string, may: Reach, now: Instant): Promise<void> {
  const reach = may === "all" ? may : [...new Set(may)].sort();
  const known = lastSeenOf(await db.get(seenKey(person)));
  if (known === undefined && reach.length === 0) return;
  const same = JSON.stringify(known?.may) === JSON.stringify(reach);
  if (known !== undefined && same && msOf(now) - msOf(known.at) < SEEN_MS) return;
  const item = { ...seenKey(person), may: JSON.stringify(reach), at: now };
  await db.put(item, {
    text: "attribute_not_exists(pk) OR #at <= :now",
    names: { "#at": "at" },
    values: { ":now": now },
  });
}

function lastSeenOf(item: Item | undefined): LastSeen | undefined {
  return item && { may: JSON.parse(item.may as string) as Reach, at: item.at as Instant };
}

/** The links come first: after a crash between the two they lead nowhere, and writing it again makes it whole. */
async function addHandover(db: Db, note: Handover): Promise<void> {
  const { signedOff, ...written } = note;
  const body = { body: JSON.stringify(written), ...(signedOff && { signedOff: JSON.stringify(signedOff) }) };
  const item = { ...handoverKey(note.id), ...body };
  assertFits(`handover ${note.id}`, item);
  const partitions = [...new Set(note.brands), EVERY].map(notesOnPk);
  await db.putMany(partitions.map((pk) => ({ ...timeKey(pk, note), of: note.id, brands: note.brands })));
  await db.put(item, ABSENT);
}

async function handovers(db: Db, brands: readonly string[] | undefined, limit: number): Promise<Handover[]> {
  const legible = (link: Item) =>
    brands === undefined || (link.brands as string[]).every((brand) => brands.includes(brand));
  const links = await linksOf(db, (brands ?? [EVERY]).map(notesOnPk), limit, legible);
  const items = await linked(db, links.slice(0, limit), handoverKey);
  return items.map(handoverOf);
}

async function handover(db: Db, id: string): Promise<Handover | undefined> {
  const item = await db.get(handoverKey(id));
  return item === undefined ? undefined : handoverOf(item);
}

async function signOff(db: Db, id: string, by: string, at: Instant): Promise<Result<Handover, Handover | undefined>> {
  const change = { text: "SET signedOff = :signed", values: { ":signed": JSON.stringify({ by, at }) } };
  const unsigned = "attribute_exists(pk) AND attribute_not_exists(signedOff)";
  const signed = await db.update(handoverKey(id), change, unsigned);
  if (signed !== undefined) return ok(handoverOf(signed));
  const note = await handover(db, id);
  // A write that is repeated after a lost connection finds its own signature.
  return note?.signedOff?.by === by && note.signedOff.at === at ? ok(note) : err(note);
}

function handoverOf({ body, signedOff }: Item): Handover {
  const note = JSON.parse(body as string) as Handover;
  return signedOff === undefined ? note : { ...note, signedOff: JSON.parse(signedOff as string) };
}

async function addDelegation(db: Db, delegation: Delegation): Promise<void> {
  const { id, from, to, brands, at, until, reason, ended } = delegation;
  const body = JSON.stringify({ id, from, to, brands, at, until, reason });
  const item = { ...delegationKey(id), body, ...(ended && { ended: JSON.stringify(ended) }) };
  assertFits(`delegation ${id}`, item);
  const partitions = [...[...new Set(brands), EVERY].map(lentForPk), lenderPk(from), borrowerPk(to)];
  await db.putMany(partitions.map((pk) => ({ ...timeKey(pk, delegation), of: id })));
  await db.put(item, ABSENT);
}

async function delegations(db: Db, partitions: readonly string[]): Promise<LentRight[]> {
  const links = await linksOf(db, partitions, MOST_DELEGATIONS);
  const items = await linked(db, links, delegationKey);
  return withLenders(db, items.map(delegationOf));
}

async function delegation(db: Db, id: string): Promise<LentRight | undefined> {
  const item = await db.get(delegationKey(id));
  return item === undefined ? undefined : (await withLenders(db, [delegationOf(item)]))[0];
}

async function withLenders(db: Db, lent: readonly Delegation[]): Promise<LentRight[]> {
  const keys = new Map(lent.map(({ from }) => [from, seenKey(from)]));
  const items = await db.getMany([...keys.values()]);
  const known = new Map(items.map((item) => [item.pk, lastSeenOf(item)]));
  return lent.map((one) => {
    const lender = known.get(keys.get(one.from)?.pk);
    return lender === undefined ? one : { ...one, lender };
  });
}

async function endDelegation(db: Db, id: string, by: string, at: Instant): Promise<Delegation | undefined> {
  const change = { text: "SET ended = :ended", values: { ":ended": JSON.stringify({ by, at }) } };
  const open = "attribute_exists(pk) AND attribute_not_exists(ended)";
  const item = (await db.update(delegationKey(id), change, open)) ?? (await db.get(delegationKey(id)));
  return item === undefined ? undefined : delegationOf(item);
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
  if (free) return { kind: "begun", run: item.run };
  const known = await db.get(requestKey(person, key));
  if (known === undefined || known.state === "free") return { kind: "busy" };
  if (known.print !== item.print) return { kind: "other" };
  if (known.state === "begun") return { kind: "busy" };
  return { kind: "answered", answer: JSON.parse(known.answer as string) as KeptAnswer };
}

/** Whoever took the work over from one that was thought dead has the say: the slow one neither answers nor frees the key. */
const OWN_RUN = "#state = :begun AND #run = :run";

async function keepAnswer(
  db: Db,
  person: string,
  key: string,
  run: string,
  { status, body }: KeptAnswer,
): Promise<void> {
  const whole = JSON.stringify({ status, body });
  const answer = Buffer.byteLength(whole) <= LARGEST_ANSWER ? whole : JSON.stringify({ status, body: "" });
  const change = {
    text: "SET #state = :answered, #answer = :answer",
    names: { "#state": "state", "#answer": "answer", "#run": "run" },
    values: { ":answered": "answered", ":answer": answer, ":begun": "begun", ":run": run },
  };
  await db.update(requestKey(person, key), change, OWN_RUN);
}

async function giveUp(db: Db, person: string, key: string, run: string): Promise<void> {
  const names = { "#state": "state", "#run": "run" };
  const values = { ":free": "free", ":begun": "begun", ":run": run };
  await db.update(requestKey(person, key), { text: "SET #state = :free", names, values }, OWN_RUN);
}

const all = () => true;

/** The latest links of these partitions, at most `limit` of each, each thing once, latest first. */
async function linksOf(db: Db, partitions: readonly string[], limit: number, wanted: (link: Item) => boolean = all) {
  const found = new Map<string, Item>();
  for (let first = 0; first < partitions.length; first += LANES) {
    const lanes = partitions.slice(first, first + LANES).map((pk) => latest(db, pk, limit, wanted));
    for (const link of (await Promise.all(lanes)).flat()) found.set(link.of as string, link);
  }
  return [...found.values()].sort((a, b) => ((a.sk as string) > (b.sk as string) ? -1 : 1));
}

/** What links lead to, in their order. Those that lead nowhere are of a write that was broken off. */
async function linked(db: Db, links: readonly Item[], keyOf: (id: string) => Key): Promise<Item[]> {
  const keys = links.map(({ of }) => keyOf(of as string));
  const items = new Map((await db.getMany(keys)).map((item) => [item.pk as string, item]));
  return keys.map(({ pk }) => items.get(pk)).filter((item) => item !== undefined);
}

/** The last wanted ones of a partition's links by their sort key, latest first. */
async function latest(db: Db, pk: string, limit: number, wanted: (link: Item) => boolean): Promise<Item[]> {
  const query: RangeQuery = { pk, backwards: true, pageSize: Math.max(1, Math.min(limit, 100)) };
  const links: Item[] = [];
  let read = 0;
  for await (const link of itemsOf(db, query)) {
    if (links.length >= limit || read >= MOST_LINKS) break;
    read += 1;
    if (wanted(link)) links.push(link);
  }
  return links;
}

/** In place of a brand, for those who may read all; no brand's id looks like it. */
const EVERY = "*";

function notesOnPk(brand: string): string {
  return `HANDOVERS#${brand}`;
}

function lentForPk(brand: string): string {
  return `DELEGATIONS#${brand}`;
}

function lenderPk(person: string): string {
  return `LENDER#${sha256Hex(person)}`;
}

function borrowerPk(person: string): string {
  return `BORROWER#${sha256Hex(person)}`;
}

function timeKey(pk: string, { at, id }: { at: Instant; id: string }): Key {
  return { pk, sk: `${at}#${id}` };
}

function handoverKey(id: string): Key {
  return { pk: `HANDOVER#${sha256Hex(id)}`, sk: "-" };
}

function delegationKey(id: string): Key {
  return { pk: `DELEGATION#${sha256Hex(id)}`, sk: "-" };
}

function visitKey(person: string): Key {
  return { pk: `VISIT#${sha256Hex(person)}`, sk: "-" };
}

function seenKey(person: string): Key {
  return { pk: `SEEN#${sha256Hex(person)}`, sk: "-" };
}

function requestKey(person: string, key: string): Key {
  return { pk: `REQUEST#${sha256Hex(person)}`, sk: sha256Hex(key) };
}
