import type { Verdict } from "../../domain/assess/assessment.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { Notice } from "../../domain/finding/ledger.ts";

export type Severity = "high" | "medium" | "low";

const SEVERITIES: Record<Verdict, Severity> = {
  impersonation: "high",
  repackaged: "high",
  suspicious: "medium",
  unproved: "medium",
  unregistered: "low",
  copy: "low",
  official: "low",
  unrelated: "low",
};

/** How urgent a notice is: what customers can install now comes first, what went away is for the record. */
export function severityOf(notice: Notice, finding: Finding): Severity {
  const over = notice.kind === "finding.vanished" || notice.kind === "finding.closed";
  return over ? "low" : SEVERITIES[finding.assessment.verdict];
}
