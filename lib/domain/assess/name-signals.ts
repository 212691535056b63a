import type { NameHit } from "../match/name/match-name.ts";
import type { Signal } from "../match/signal.ts";
import { RULESET } from "./ruleset.ts";

const { name: W, lure: LURE } = RULESET;

/** What the best find of a brand's name in an app's name says, each reason with its own weight. */
export function nameSignals(hit: NameHit): Signal[] {
  const signals = [mainSignal(hit)];
  const weak = hit.pattern.ambiguous;
  if (!weak && hit.coverage < 1) {
    signals.push(signal("name.unexplained", W.unexplained * (1 - hit.coverage), { share: round(1 - hit.coverage) }));
  }
  if (!weak && hit.lure.length > 0)
    signals.push(signal("lure.name", LURE.name, { words: [...new Set(hit.lure)].join(" ") }));
  return signals;
}

function mainSignal(hit: NameHit): Signal {
  const facts = { text: hit.shown, name: hit.pattern.text };
  const disguises = hit.disguises.filter((disguise) => disguise !== "marked");
  if (hit.pattern.ambiguous)
    return signal("name.generic-context", weakWeight(hit, disguises.length > 0), { ...facts, ...context(hit) });
  const whole = hit.pattern.role === "lead" ? W.lead : W.strong;
  const strong = hit.likeness === 1 ? whole : whole + Math.log(hit.likeness) * 2.2;
  if (hit.find.how === "edits" || hit.find.how === "order")
    return signal("name.typo", strong, { ...facts, edits: hit.find.edits });
  if (hit.find.how === "sound")
    return signal("name.disguised", strong, { ...facts, how: "sound", letters: hit.find.edits });
  if (disguises.length > 0)
    return signal("name.disguised", strong + W.disguised, { ...facts, how: disguises.join(", ") });
  if (hit.whole && hit.pattern.role !== "lead") return signal("name.exact", W.exact, facts);
  return signal("name.contained", strong, facts);
}

/** A weak name counts as far as everything beside it speaks of banking, or as somebody took pains to disguise it. */
function weakWeight(hit: NameHit, disguised: boolean): number {
  const context = hit.finance.length + hit.lure.length > 0;
  const short = hit.pattern.plain.length <= 2 && hit.pattern.family !== "han" ? 0.75 : 1;
  if (hit.coverage < 1 || hit.likeness < 1) return W.weakUnexplained * hit.coverage * hit.likeness;
  if (disguised) return W.weakDisguised * short;
  if (context) return W.weakContext * short;
  return (hit.pattern.role === "stem" ? W.weakStemAlone : W.weakAlone) * short;
}

function context(hit: NameHit): Record<string, string> {
  const words = [...new Set([...hit.finance, ...hit.lure])];
  return words.length === 0 ? {} : { beside: words.join(" ") };
}

function signal(rule: Signal["rule"], weight: number, facts: Signal["facts"]): Signal {
  return { rule, weight: round(weight), facts, evidence: [] };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
