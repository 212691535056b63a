import { type Instant, instantOf } from "../kernel/time.ts";

/** The only place that asks the machine for the time. */
export function systemClock(): Instant {
  return instantOf(Date.now());
}
