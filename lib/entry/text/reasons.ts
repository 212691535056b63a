import type { Signal } from "../../domain/match/signal.ts";
import { printable } from "../../kernel/text.ts";
import type { Messages } from "./messages.en.ts";

/** The facts of a signal as `key value` pairs; every text in them may be an attacker's. */
export function factsText(signal: Signal): string {
  return Object.entries(signal.facts)
    .map(([key, value]) => `${key} ${typeof value === "string" ? `“${printable(value, 60)}”` : formatValue(value)}`)
    .join(", ");
}

function formatValue(value: number | boolean): string {
  return typeof value === "number" ? String(Math.round(value * 1000) / 1000) : value ? "yes" : "no";
}

export function reasonText(signal: Signal, m: Messages): string {
  const facts = factsText(signal);
  return facts === "" ? m.rule[signal.rule] : `${m.rule[signal.rule]} (${facts})`;
}

export function weightText(weight: number): string {
  return `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`;
}

/** The reasons that carry the verdict, strongest first, in one line. */
export function shortReasons(signals: readonly Signal[], m: Messages, most = 3): string {
  const strongest = [...signals].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  const shown = strongest.slice(0, most).map((signal) => m.rule[signal.rule]);
  return m.scan.reasons(shown.join(" · "), strongest.length - shown.length);
}
