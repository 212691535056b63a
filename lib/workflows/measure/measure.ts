import type { Ledger } from "../../domain/finding/ledger.ts";
import { type Measures, measuresOf } from "../../domain/finding/measure.ts";
import type { Instant } from "../../kernel/time.ts";

/** Findings measured, highest score first. */
const MOST_MEASURED = 5_000;

export interface Measured extends Measures {
  since: Instant;
  /** How many findings it was measured from. */
  findings: number;
  /** There are more, of a lower score, that were not measured. */
  cut: boolean;
}

/** Measures the work since a moment: of the cases of these brands that changed since then, or of all brands. */
export async function measure(
  { ledger }: { ledger: Ledger },
  brands: readonly string[] | undefined,
  since: Instant,
): Promise<Measured> {
  const page = await ledger.list({ brands: brands && [...brands], changedSince: since }, MOST_MEASURED);
  const { findings, cursor } = page;
  return { since, findings: findings.length, cut: cursor !== undefined, ...measuresOf(findings, since) };
}
