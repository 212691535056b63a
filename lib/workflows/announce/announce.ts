import { type Channel, type Message, MessageRefused } from "../../domain/finding/channel.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { Leases } from "../../domain/finding/leases.ts";
import type { Ledger, Notice } from "../../domain/finding/ledger.ts";
import { type Clock, msOf } from "../../kernel/time.ts";
import { severityOf } from "./severity.ts";

export interface AnnouncePorts {
  ledger: Ledger;
  channel: Channel;
  leases: Leases;
  clock: Clock;
  owner: string;
  /** The sentences of a notice, in the operator's language. */
  words(notice: Notice, finding: Finding): { subject: string; text: string };
  timeIsUp(): boolean;
}

export interface Announced {
  sent: number;
  failed: number;
  /** Why the last one failed. */
  problem?: string;
  /** Age of the oldest notice that still waits. */
  oldestSeconds: number;
}

const LEASE = "announce";
const LEASE_MS = 6 * 60_000;
const PAGE = 200;
/** Failures in a row, of messages that could be sent at another time, that mean that the channel is down. */
const PATIENCE = 5;

/**
 * Sends what waits in the outbox, oldest first, and settles each notice after it was taken over: a crash in between sends it again
 * under the same id. One that cannot be sent stays and does not hold up the others.
 */
export async function announce(ports: AnnouncePorts): Promise<Announced> {
  const { ledger, leases, clock, owner } = ports;
  const told: Announced = { sent: 0, failed: 0, oldestSeconds: 0 };
  if (!(await leases.take(LEASE, owner, clock(), LEASE_MS))) return { ...told, oldestSeconds: await oldest(ports) };
  try {
    const failed = new Set<string>();
    let inARow = 0;
    while (!ports.timeIsUp() && inARow < PATIENCE) {
      const waiting = (await ledger.pendingNotices(PAGE + failed.size)).filter((notice) => !failed.has(notice.id));
      if (waiting.length === 0) break;
      for (const notice of waiting) {
        if (ports.timeIsUp() || inARow >= PATIENCE) break;
        const failure = await tell(ports, notice);
        if (failure === undefined) {
          inARow = 0;
          told.sent += 1;
          continue;
        }
        failed.add(notice.id);
        told.failed += 1;
        told.problem = `${failure.name}: ${failure.message}`;
        if (!(failure instanceof MessageRefused)) inARow += 1;
      }
    }
    return { ...told, oldestSeconds: await oldest(ports) };
  } finally {
    await leases.free(LEASE, owner);
  }
}

/** Why it could not be sent; undefined when it was. What fails beside message and channel is thrown. */
async function tell(ports: AnnouncePorts, notice: Notice): Promise<Error | undefined> {
  const finding = await ports.ledger.read(notice.finding);
  if (finding === undefined) throw new Error(`notice ${notice.id} is of a finding that is not there`);
  try {
    await ports.channel.send(messageOf(notice, finding, ports.words(notice, finding)));
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  await ports.ledger.settleNotice(notice);
  return undefined;
}

function messageOf(notice: Notice, finding: Finding, words: { subject: string; text: string }): Message {
  const { id, kind, at } = notice;
  const { brand, listing, assessment } = finding;
  const { verdict, score } = assessment;
  const document = { schema: "notice/1", id, change: kind, at };
  const shown = { id: finding.id, brand, source: listing.source, key: listing.key, verdict, score };
  return {
    id,
    topic: "findings",
    ...words,
    data: { ...document, finding },
    brief: { ...document, abridged: true, finding: shown },
    attributes: { brand, verdict, severity: severityOf(notice, finding), source: listing.source, kind },
  };
}

async function oldest({ ledger, clock }: AnnouncePorts): Promise<number> {
  const [first] = await ledger.pendingNotices(1);
  return first === undefined ? 0 : Math.max(0, Math.round((msOf(clock()) - msOf(first.at)) / 1000));
}
