import type { Leases } from "../../domain/finding/leases.ts";
import { type Instant, msOf } from "../../kernel/time.ts";
import { openedScan } from "./close.ts";
import type { ScanPorts } from "./ports.ts";
import { workSource } from "./work.ts";

/** One source's part of a scan, as a host carries it from one stretch of time to the next. */
export interface Slice {
  scan: string;
  source: string;
  /** What earlier stretches took of the scan's budgets. */
  spent: { details: number; icons: number };
  /** When the host gives the source up; what was not asked by then is a gap that the digest names. */
  until: Instant;
}

/** `more`: to be called again after `waitSeconds`. */
export interface SliceEnd extends Slice {
  more: boolean;
  waitSeconds: number;
}

/** Longer than any host's stretch of time, so that it lapses only when its holder died. */
const LEASE_MS = 16 * 60_000;

/**
 * Works on one source until it is finished or the host's time is up. One process at a time asks a store, whatever starts twice:
 * that is what keeps its pace.
 */
export async function workSlice(ports: ScanPorts, leases: Leases, slice: Slice): Promise<SliceEnd> {
  const entry = ports.sources.find((one) => one.source.about.id === slice.source);
  if (entry === undefined) throw new Error(`${slice.source} is no source of this worker`);
  await openedScan(ports.book, slice.scan);
  if (msOf(ports.clock()) >= msOf(slice.until)) return { ...slice, more: false, waitSeconds: 0 };
  const lease = `source:${slice.source}`;
  const free = await leases.take(lease, ports.owner, ports.clock(), LEASE_MS);
  if (!free) return { ...slice, more: true, waitSeconds: 60 };
  try {
    const icons = { byUrl: new Map(), fetched: slice.spent.icons, failed: 0 };
    const { memory, finished } = await workSource(ports, entry, slice.scan, icons, slice.spent.details);
    const spent = { details: memory.details, icons: icons.fetched };
    return { ...slice, spent, more: !finished, waitSeconds: finished ? 0 : 20 };
  } finally {
    await leases.free(lease, ports.owner);
  }
}
