import { ALERTS } from "../../domain/assess/assessment.ts";
import type { Standing } from "../../domain/desk/desk.ts";
import type { Coverage } from "../../domain/finding/coverage.ts";
import { type Overdue, overdueOf } from "../../domain/finding/due.ts";
import type { Attempt } from "../../domain/finding/event.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { ScanBook, ScanRecord } from "../../domain/finding/scan-book.ts";
import { type DeskPorts, mayRead, type Reader } from "./reader.ts";

/** Findings looked at of each kind (undecided, pursued), highest score first. */
const MOST_LOOKED_AT = 500;
/** Scans looked back on for one that searched a readable brand. */
const MOST_SCANS = 10;

export interface Late extends Overdue {
  finding: Finding;
}

/** A takedown request that is written and waits to be sent. */
export interface Draft {
  finding: Finding;
  attempt: Attempt;
}

/** What waits in the cases of some brands, and what was not searched for them. */
export interface Survey {
  /** What has waited longest first. */
  overdue: Late[];
  drafts: Draft[];
  /** The latest scan that searched one of these brands, as far as it concerns them. */
  scan?: ScanRecord;
  /** What that scan has not searched completely. */
  gaps: Coverage[];
  standing: Standing;
}

/**
 * Counts what waits: undecided alerts, and the requests of pursued cases, each among the first 500 by score; `standing.many` says that
 * there are more. What is set aside does not wait.
 */
export async function survey(
  { ledger, book, clock }: Pick<DeskPorts, "ledger" | "book" | "clock">,
  brands: readonly string[] | undefined,
): Promise<Survey> {
  const now = clock();
  const waking = { brands: brands && [...brands], awakeAt: now };
  const [undecided, pursued, { scan, gaps }] = await Promise.all([
    ledger.list({ ...waking, stages: ["new", "triaging"], verdicts: [...ALERTS] }, MOST_LOOKED_AT),
    ledger.list({ ...waking, stages: ["confirmed", "takedown"] }, MOST_LOOKED_AT),
    lastSearch(book, { brands }),
  ]);
  const overdue = [...undecided.findings, ...pursued.findings].flatMap((finding) => {
    const late = overdueOf(finding, now);
    return late === undefined ? [] : [{ finding, ...late }];
  });
  const drafts = pursued.findings.flatMap((finding) =>
    finding.attempts.filter(({ state }) => state === "drafted").map((attempt) => ({ finding, attempt })),
  );
  return {
    overdue: overdue.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0)),
    drafts,
    scan,
    gaps,
    standing: {
      undecided: undecided.findings.length,
      overdue: overdue.length,
      approvals: drafts.length,
      notSearched: gaps.map(({ source }) => source),
      many: undecided.cursor !== undefined || pursued.cursor !== undefined,
    },
  };
}

/** Scans and their gaps name brands: a reader is shown only those whose cases they may know of. */
async function lastSearch(
  book: ScanBook,
  reader: Pick<Reader, "brands">,
): Promise<{ scan?: ScanRecord; gaps: Coverage[] }> {
  const readable = (brand: string) => mayRead(reader, brand);
  const scan = (await book.scans(MOST_SCANS)).find((one) => one.brands.some(readable));
  if (scan === undefined) return { gaps: [] };
  const parts = (await book.parts(scan.scan)).map((part) => ({ ...part, blind: part.blind.filter(readable) }));
  return { scan: { ...scan, brands: scan.brands.filter(readable) }, gaps: parts.filter(isGap) };
}

/** A source that was blind only to the brands of others has a gap for those, and none for this reader. */
function isGap({ outcome, planned, done, blind }: Coverage): boolean {
  return outcome !== "complete" && !(outcome === "partial" && done === planned && blind.length === 0);
}
