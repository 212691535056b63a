import type { Verdict } from "../../lib/domain/assess/assessment.ts";
import type { AttemptState, CaseEvent, Disposition } from "../../lib/domain/finding/event.ts";
import { type Finding, findingId } from "../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../lib/domain/finding/ledger.ts";
import type { Listing } from "../../lib/domain/listing/listing.ts";
import type { Instant } from "../../lib/kernel/time.ts";
import { type Change, record } from "../../lib/workflows/scan/record.ts";
import { assessment, listing } from "./samples.ts";

export interface CaseFacts {
  key: string;
  at: Instant;
  brand?: string;
  verdict?: Verdict;
  score?: number;
  listing?: Partial<Listing>;
}

/** A case in a ledger as a scan finds it, with what then befell it: one commit for each event. */
export async function givenCase(ledger: Ledger, facts: CaseFacts, ...events: CaseEvent[]): Promise<Finding> {
  const { key, at, brand = "northwind", verdict = "impersonation", score } = facts;
  const shown = listing({ ...facts.listing, key });
  const id = findingId(brand, shown.source, key);
  const opening: CaseEvent[] = [
    { at, by: "scan", kind: "seen", listing: shown, evidence: [] },
    { at, by: "scan", kind: "assessed", assessment: { ...assessment(verdict, score), brand } },
  ];
  let made = await ledger.append(id, brand, 0, opening, []);
  for (const [n, event] of events.entries()) made = await ledger.append(id, brand, n + 1, [event], []);
  if (!made.ok) throw new Error(`${key} was written by somebody else`);
  return made.value;
}

export function assigned(at: Instant, to: string | undefined, by = "lead"): CaseEvent {
  return { at, by, kind: "assigned", to };
}

export function decided(at: Instant, disposition: Disposition, by = "ana"): CaseEvent {
  return { at, by, kind: "decided", disposition, reason: "a reason" };
}

export function snoozed(at: Instant, until: Instant, by = "ana"): CaseEvent {
  return { at, by, kind: "snoozed", until, reason: "wait" };
}

export function attempted(at: Instant, state: AttemptState, by = "olga", recipient = "aptoide"): CaseEvent {
  return { at, by, kind: "attempted", attempt: { id: `a-${recipient}`, recipient, channel: "form", state } };
}

/** What a scan records of a listing, where nothing is in its way. */
export async function recorded(...seen: Parameters<typeof record>): Promise<{ finding: Finding; change: Change }> {
  const made = await record(...seen);
  if (!made.ok) throw new Error(`not recorded: ${made.error.why}`);
  return made.value;
}
