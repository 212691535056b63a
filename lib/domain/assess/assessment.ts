import type { Signal } from "../match/signal.ts";

/**
 * The machine's verdict. `official`: in the inventory and proved. `unproved`: says it is ours, nothing proves it.
 * `unregistered`: proved ours but not in the inventory. `copy`: the genuine app where we did not put it.
 * `repackaged`: our package name or content under somebody else's certificate.
 */
export type Verdict =
  | "official"
  | "unproved"
  | "unregistered"
  | "copy"
  | "repackaged"
  | "impersonation"
  | "suspicious"
  | "unrelated";

/** Verdicts that call somebody: they are announced and counted as alerts. */
export const ALERTS: readonly Verdict[] = ["impersonation", "repackaged"];

/** Verdicts that ask something of somebody; what is ours, a genuine copy or a stranger's asks nothing. */
export const TELLING: readonly Verdict[] = [...ALERTS, "suspicious", "unproved", "unregistered"];

export interface Assessment {
  brand: string;
  verdict: Verdict;
  /** 1/(1+e^-sum of weights and prior), between 0 and 1, rounded to 4 places. */
  score: number;
  signals: Signal[];
  /** Version of the ruleset whose weights these are. */
  ruleset: string;
}
