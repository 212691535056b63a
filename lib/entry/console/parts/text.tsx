import { defang } from "../../../kernel/text.ts";
import { type Instant, msOf } from "../../../kernel/time.ts";
import { shownParts } from "../untrusted.ts";
import type { View } from "../view.ts";

/** Text that an attacker may have written: cut, isolated from the text around it, and with what it hides made visible. */
export function Untrusted({ text, max = 120, lines = false }: { text: string; max?: number; lines?: boolean }) {
  return (
    <bdi class="untrusted" dir="auto">
      {shownParts(text, max, { lines }).map((part) =>
        "text" in part ? part.text : <span class="hidden-char">{part.hidden}</span>,
      )}
    </bdi>
  );
}

/** A package id or another name for machines, in letters that show a capital I from a small l. */
export function MachineName({ text, max = 140 }: { text: string; max?: number }) {
  return (
    <span class="machine-name">
      <Untrusted text={text} max={max} />
    </span>
  );
}

/** An address that leads to somebody unknown: to read and to copy, never to click. */
export function Address({ url }: { url: string }) {
  return (
    <bdi class="address" dir="ltr">
      <Untrusted text={defang(url.slice(0, 400))} max={300} />
    </bdi>
  );
}

/** A moment in UTC; the script shows it in the reader's own time. */
export function Moment({ at }: { at: Instant }) {
  return <time dateTime={at}>{`${at.slice(0, 16).replace("T", " ")} UTC`}</time>;
}

/** How long ago, in the largest unit that says it. */
export function Age({ since, view }: { since: Instant; view: View }) {
  return (
    <time dateTime={since} data-age="">
      {ageText(msOf(view.now) - msOf(since), view)}
    </time>
  );
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export function ageText(ms: number, { t }: View): string {
  if (ms < HOUR) return t.age.minutes(Math.max(0, Math.floor(ms / MINUTE)));
  return ms < 2 * DAY ? t.age.hours(Math.floor(ms / HOUR)) : t.age.days(Math.floor(ms / DAY));
}
