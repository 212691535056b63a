import PQueue from "p-queue";

/** How fast one store may be asked. `perMinute: Infinity` lets everything through, for recordings and tests. */
export interface Pace {
  perMinute: number;
  parallel: number;
}

/** Runs work in the order it came, at a store's pace; rejects with the signal's reason when stopped before its turn. */
export type Lane = <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T>;

/**
 * One lane for one store. Starts are at least 60/perMinute seconds apart, so that a minute's share is spread over the minute and
 * never comes as a burst, and at most `parallel` run at once.
 */
export function createLane(pace: Pace): Lane {
  const interval = 60_000 / pace.perMinute;
  const limits = interval >= 1 ? { interval, intervalCap: 1, strict: true } : {};
  const queue = new PQueue({ concurrency: pace.parallel, ...limits });
  return (work, signal) => queue.add(work, { signal });
}
