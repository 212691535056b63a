import type { Attempt, CaseEvent, Disposition } from "../../domain/finding/event.ts";
import { printable } from "../../kernel/text.ts";
import type { Messages } from "./messages.en.ts";

/** What happened to a case, in one line; who and when stand beside it. */
export function eventText(event: CaseEvent, m: Messages): string {
  const what = m.show.event[event.kind];
  switch (event.kind) {
    case "assessed":
      return `${what}${m.colon}${m.verdict[event.assessment.verdict]} ${event.assessment.score.toFixed(2)} (${event.assessment.ruleset})`;
    case "changed":
      return `${what}${m.colon}${event.fields.map((one) => `${m.field[one.field]} “${printable(one.from, 60)}” → “${printable(one.to, 60)}”`).join("; ")}`;
    case "decided":
      return `${what}${m.colon}${conclusionText(event.disposition, event.expires, m)} — ${printable(event.reason)}`;
    case "attempted":
      return `${what}${m.colon}${attemptText(event.attempt, m)}`;
    case "reopened":
      return `${what}${m.colon}${m.show.reopened[event.reason]}${event.note ? ` (${printable(event.note)})` : ""}`;
    case "noted":
      return `${what}${m.colon}${printable(event.text, 2_000)}`;
    case "assigned":
      return event.to === undefined ? m.show.unassigned : `${what}${m.colon}${printable(event.to, 80)}`;
    case "snoozed":
      return `${m.show.until(what, event.until.slice(0, 10))}${m.colon}${printable(event.reason)}`;
    default:
      return what;
  }
}

export function decidedText(
  disposition: Disposition,
  { by, reason, expires }: { by: string; reason: string; expires?: string },
  m: Messages,
): string {
  return m.show.decided(conclusionText(disposition, expires, m), printable(by, 80), printable(reason));
}

function conclusionText(disposition: Disposition, expires: string | undefined, m: Messages): string {
  const what = m.disposition[disposition];
  return expires === undefined ? what : m.show.until(what, expires.slice(0, 10));
}

export function attemptText({ recipient, channel, state, reference }: Omit<Attempt, "at" | "by">, m: Messages): string {
  const number = reference === undefined ? "" : `, ${printable(reference, 80)}`;
  return `${printable(recipient, 80)} (${printable(channel, 40)}${number}) ${m.attemptState[state]}`;
}
