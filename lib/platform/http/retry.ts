import { ConstantBackoff, handleWhenResult, retry } from "cockatiel";

export interface Patience {
  /** How often to ask again after the first time. */
  retries: number;
  /** The first wait and the longest one, milliseconds; in between they double. */
  firstMs: number;
  mostMs: number;
}

/** What one attempt brought: the waiting time it asks for, or `undefined` when there is no use in another. */
export interface Tried<T> {
  value: T;
  again?: { afterMs?: number };
}

export interface Chance {
  /** Between 0 and 1, as `Math.random`. */
  random: () => number;
  /** Resolves after that time, rejects at once when the signal aborts. */
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Tries until it works, there is no use in trying, or the patience is used up; the last attempt's value counts. The waits are
 * ours and not the library's, because its timer cannot be interrupted: Ctrl-C would hang until a store's Retry-After.
 */
export async function withRetries<T>(
  attempt: () => Promise<Tried<T>>,
  patience: Patience,
  { random, sleep }: Chance,
  signal: AbortSignal,
): Promise<T> {
  const worthAnother = handleWhenResult((result) => (result as Tried<T>).again !== undefined);
  const policy = retry(worthAnother, { maxAttempts: patience.retries, backoff: new ConstantBackoff(0) });
  let last: Tried<T> | undefined;
  const { value } = await policy.execute(async ({ attempt: number }) => {
    if (last !== undefined) await sleep(waitBefore(number, last.again?.afterMs, patience, random()), signal);
    last = await attempt();
    return last;
  });
  return value;
}

/**
 * Milliseconds before the n-th repetition: what the server asked for, or else a doubling wait of which the upper half is chance,
 * so that many workers do not come back together. Chance is added on top of the server's time, never taken from it.
 */
export function waitBefore(
  repetition: number,
  askedMs: number | undefined,
  patience: Patience,
  chance: number,
): number {
  if (askedMs !== undefined) return Math.round(askedMs + chance * patience.firstMs);
  const whole = Math.min(patience.mostMs, patience.firstMs * 2 ** (repetition - 1));
  return Math.round(whole / 2 + (chance * whole) / 2);
}

/** Milliseconds that a Retry-After header asks for, as seconds or as a date; undefined when it says neither. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Anything with a letter may be a date; `Date.parse` also reads "-5" and "1.5", which are none.
  const at = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
