import { ALERTS } from "../../domain/assess/assessment.ts";
import type { Channel } from "../../domain/finding/channel.ts";
import type { Coverage } from "../../domain/finding/coverage.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import type { ScanBook } from "../../domain/finding/scan-book.ts";
import { stableId } from "../../kernel/id.ts";
import { canonicalJson } from "../../kernel/text.ts";
import type { Clock, Instant } from "../../kernel/time.ts";
import { closeScan } from "../scan/close.ts";

/** What a scan searched and what it did not, and what it found. */
export interface Digest {
  schema: "digest/1";
  scan: string;
  startedAt: Instant;
  brands: number;
  planned: number;
  done: number;
  /** Alerts whose case changed since the scan began; `many` when there are more than were counted. */
  alerts: { count: number; many: boolean };
  complete: string[];
  gaps: Coverage[];
  canariesLost: string[];
}

/** A page that refuses us is another each time: the digest of the same gap would never be the same twice. */
function withoutSamples(part: Coverage): Coverage {
  return { ...part, failures: part.failures.map(({ kind, detail, count }) => ({ kind, detail, count })) };
}

export interface DigestPorts {
  ledger: Ledger;
  book: ScanBook;
  channel: Channel;
  clock: Clock;
  words(digest: Digest): { subject: string; text: string };
}

const MOST_ALERTS = 500;

/** Closes a scan, tells what came of it and answers with it. The same digest is told once; a later one of the same scan again. */
export async function tellDigest(ports: DigestPorts, scan: string): Promise<Digest> {
  const { record, coverage } = await closeScan(ports.book, ports.clock, scan);
  const changed = await ports.ledger.list({ verdicts: [...ALERTS], changedSince: record.startedAt }, MOST_ALERTS);
  const sum = (pick: (part: Coverage) => number) => coverage.reduce((total, part) => total + pick(part), 0);
  const digest: Digest = {
    schema: "digest/1",
    scan,
    startedAt: record.startedAt,
    brands: record.brands.length,
    planned: sum((part) => part.planned),
    done: sum((part) => part.done),
    alerts: { count: changed.findings.length, many: changed.cursor !== undefined },
    complete: coverage.filter((part) => part.outcome === "complete").map((part) => part.source),
    gaps: coverage.filter((part) => part.outcome !== "complete").map(withoutSamples),
    canariesLost: coverage.filter((part) => part.canary === "lost").map((part) => part.source),
  };
  const id = stableId("d", canonicalJson(digest));
  if (record.told === id) return digest;
  await ports.channel.send({
    id,
    topic: "digest",
    ...ports.words(digest),
    data: digest,
    brief: {
      ...digest,
      gaps: digest.gaps.map(({ source, outcome, planned, done }) => ({ source, outcome, planned, done })),
    },
    attributes: { kind: "digest", severity: digest.gaps.length > 0 ? "medium" : "low", scan },
  });
  await ports.book.putScan({ ...record, told: id });
  return digest;
}
