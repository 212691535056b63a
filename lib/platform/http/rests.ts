/** Stores that asked for rest, and until when: one question's Retry-After holds for all others of its lane. */
export interface Rests {
  rest(lane: object, ms: number): void;
  /** Milliseconds still to wait, 0 when the lane may go. */
  leftFor(lane: object): number;
}

export function createRests(now: () => number): Rests {
  const until = new WeakMap<object, number>();
  return {
    rest(lane, ms) {
      until.set(lane, Math.max(until.get(lane) ?? 0, now() + ms));
    },
    leftFor(lane) {
      return Math.max(0, (until.get(lane) ?? 0) - now());
    },
  };
}
