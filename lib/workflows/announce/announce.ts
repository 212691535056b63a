import type { Channel } from "../../domain/finding/channel.ts";
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
/** Failures in a row that mean the channel is down rather than one message bad. */
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
        const problem = await tell(ports, notice);
        inARow = problem === undefined ? 0 : inARow + 1;
        if (problem === undefined) told.sent += 1;
        else {
          failed.add(notice.id);
          told.failed += 1;
          told.problem = problem;
        }
      }
    }
    return { ...told, oldestSeconds: await oldest(ports) };
  } finally {
    await leases.free(LEASE, owner);
  }
}

/** Why it could not be sent; undefined when it was. What fails beside the channel is no matter of one notice, and thrown. */
async function tell(ports: AnnouncePorts, notice: Notice): Promise<string | undefined> {
  const finding = await ports.ledger.read(notice.finding);
  if (finding === undefined) throw new Error(`notice ${notice.id} is of a finding that is not there`);
  try {
    await ports.channel.send({
      id: notice.id,
      topic: "findings",
      ...ports.words(notice, finding),
      data: { schema: "notice/1", id: notice.id, change: notice.kind, at: notice.at, finding },
      attributes: {
        brand: finding.brand,
        verdict: finding.assessment.verdict,
        severity: severityOf(notice, finding),
        source: finding.listing.source,
        kind: notice.kind,
      },
    });
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  await ports.ledger.settleNotice(notice);
  return undefined;
}

async function oldest({ ledger, clock }: AnnouncePorts): Promise<number> {
  const [first] = await ledger.pendingNotices(1);
  return first === undefined ? 0 : Math.max(0, Math.round((msOf(clock()) - msOf(first.at)) / 1000));
}
