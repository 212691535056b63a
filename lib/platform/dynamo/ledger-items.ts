import type { CaseEvent } from "../../domain/finding/event.ts";
import type { Finding, FindingId, Stage } from "../../domain/finding/finding.ts";
import type { Commit, Notice, TooLarge } from "../../domain/finding/ledger.ts";
import type { Pivot } from "../../domain/finding/pivots.ts";
import { sha256Hex } from "../../kernel/id.ts";
import type { Item, Key } from "./db.ts";

/** DynamoDB's bound on one item, names and values in UTF-8. */
const MOST_BYTES = 409_600;
/** Room for what later updates add to a commit. */
const SPARE_BYTES = 1_024;

export const OUTBOX = "notices";
export const LAGGING = "commits";
export const BRANDS = "BRANDS";

export function casePk(id: FindingId): string {
  return `F#${id}`;
}

export function commitKey(id: FindingId, version: number): Key {
  return { pk: casePk(id), sk: `C#${String(version).padStart(8, "0")}` };
}

export function viewKey(id: FindingId): Key {
  return { pk: casePk(id), sk: "V" };
}

/** Hashed, because the values are attacker-written and a key has 2,048 bytes at most. */
export function pivotPk({ kind, value }: Pivot): string {
  return `P#${kind}#${sha256Hex(value)}`;
}

/** The findings of a source, whatever brand they concern. */
export function sourcePk(source: string): string {
  return `SOURCE#${source}`;
}

/** The findings that are, or were, in somebody's hands. */
export function assigneePk(person: string): string {
  return `ASSIGNEE#${sha256Hex(person)}`;
}

export function queuePk(brand: string, stage: Stage): string {
  return `${brand}#${stage}`;
}

/** Sorts as (score, id) does: text order is score order because every score has the same length. */
export function queueSk(score: number, id: FindingId): string {
  return `${scoreText(score)}#${id}`;
}

export function scoreText(score: number): string {
  if (!(score >= 0 && score <= 1)) throw new Error(`${score} is no score: it must lie between 0 and 1`);
  return score.toFixed(6);
}

/**
 * The facts are one JSON text, so that lone surrogates and empty strings of attackers survive and the store need not walk
 * them; what indexes and conditions need stands beside it.
 */
export function commitItem(
  id: FindingId,
  brand: string,
  version: number,
  events: readonly CaseEvent[],
  notices: readonly Notice[],
  nonce: string,
): Item & Key {
  const first = notices[0];
  return {
    ...commitKey(id, version),
    version,
    brand,
    nonce,
    body: JSON.stringify({ events, notices }),
    lagPk: LAGGING,
    lagSk: `${id}#${version}`,
    ...(first && {
      pending: new Set(notices.map((notice) => notice.id)),
      outboxPk: OUTBOX,
      outboxSk: `${first.at}#${id}#${version}`,
    }),
  };
}

export function commitOf(item: Item): Commit {
  const { events, notices } = JSON.parse(item.body as string) as Omit<Commit, "version">;
  return { version: item.version as number, events, notices };
}

export function viewItem(view: Finding): Item & Key {
  return {
    ...viewKey(view.id),
    version: view.version,
    body: JSON.stringify(view),
    queuePk: queuePk(view.brand, view.stage),
    queueSk: queueSk(view.assessment.score, view.id),
    changesPk: view.brand,
    changesSk: `${view.changedAt}#${view.id}`,
    verdict: view.assessment.verdict,
    liveness: view.liveness,
    source: view.listing.source,
    changedAt: view.changedAt,
  };
}

/** Views of an earlier time lack what was not kept then. */
export function viewOf(item: Item): Finding {
  const view = JSON.parse(item.body as string) as Finding;
  const lacking: Partial<Finding> = { attempts: [], milestones: {}, changedBy: "scan", waitsSince: view.firstSeen };
  return { ...lacking, ...view };
}

/** Said before the store refuses, for one case that is full must not end what concerns others. */
export function tooLarge(item: Item, spare = 0): TooLarge | undefined {
  const bytes = Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOf(value), 0);
  const most = MOST_BYTES - SPARE_BYTES - spare;
  return bytes <= most ? undefined : { kind: "too-large", bytes, most };
}

/** Throws, naming the size: for what nobody can write so large by what they are allowed to. */
export function assertFits(what: string, item: Item): void {
  const refused = tooLarge(item);
  if (refused === undefined) return;
  throw new Error(`${what} has ${refused.bytes} bytes, and an item of the ledger has room for ${refused.most}`);
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (value instanceof Set) return [...value].reduce((sum, part) => sum + sizeOf(part), 0);
  return 22;
}
