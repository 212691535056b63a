/** A moment as ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string;

/** The only way the inner rings learn the time: somebody outside hands it in. */
export type Clock = () => Instant;

export function instantOf(epochMs: number): Instant {
  return new Date(epochMs).toISOString();
}

export function msOf(instant: Instant): number {
  return Date.parse(instant);
}

export function plusMs(instant: Instant, ms: number): Instant {
  return instantOf(msOf(instant) + ms);
}

/** The UTC calendar day, `YYYY-MM-DD`. */
export function dayOf(instant: Instant): string {
  return instant.slice(0, 10);
}

/** The day it is then in a time zone, e.g. `Asia/Shanghai`; a bank's day is not that of Greenwich. Throws when the time is none. */
export function dayIn(timeZone: string, at: Instant): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const named = new Map(parts.formatToParts(new Date(at)).map(({ type, value }) => [type, value]));
  return `${named.get("year")}-${named.get("month")}-${named.get("day")}`;
}
