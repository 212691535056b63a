import { ALERTS, type Verdict } from "../../domain/assess/assessment.ts";
import { type Campaign, campaignsOf } from "../../domain/finding/campaign.ts";
import type { Finding, FindingId } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import { tellingPivots } from "../../domain/finding/pivots.ts";

/** Members of one campaign that are followed; a larger one says that it goes on. */
const MOST_MEMBERS = 300;
/** Findings among which a brand's campaigns are looked for, highest score first. */
const MOST_LOOKED_AT = 2_000;

/** What is not thought harmless; copies and our own apps tie together what is ours. */
const SUSPECT: Verdict[] = [...ALERTS, "suspicious", "unproved"];

/**
 * The campaign a finding belongs to: everything that can be reached from it by what findings share, among those of the brands that may
 * be read. Undefined where it shares nothing. `cut` where there is more than was followed.
 */
export async function campaignAround(
  ledger: Ledger,
  finding: Finding,
  mayRead: (brand: string) => boolean,
): Promise<{ campaign?: Campaign; cut: boolean }> {
  const members = new Map<FindingId, Finding>([[finding.id, finding]]);
  const followed = new Set<string>();
  const open = [finding];
  let cut = false;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const { kind, value } of tellingPivots(at)) {
      if (followed.has(`${kind} ${value}`)) continue;
      followed.add(`${kind} ${value}`);
      for (const id of await ledger.byPivot(kind, value)) {
        if (members.has(id)) continue;
        if (members.size >= MOST_MEMBERS) {
          cut = true;
          break;
        }
        const other = await ledger.read(id);
        if (other === undefined || !mayRead(other.brand) || !isSuspect(other)) continue;
        members.set(id, other);
        open.push(other);
      }
    }
  }
  const campaigns = campaignsOf([...members.values()]);
  return { campaign: campaigns.find(({ findings }) => findings.some(({ id }) => id === finding.id)), cut };
}

/** The campaigns among the findings most worth looking at. `cut` where there are more findings than were compared. */
export async function campaignsAmong(
  ledger: Ledger,
  brands: string[] | undefined,
): Promise<{ campaigns: Campaign[]; cut: boolean }> {
  const page = await ledger.list({ brands, verdicts: SUSPECT }, MOST_LOOKED_AT);
  return { campaigns: campaignsOf(page.findings), cut: page.cursor !== undefined };
}

function isSuspect({ assessment, disposition }: Finding): boolean {
  const confirmed = disposition?.value === "impersonation" || disposition?.value === "repackaged";
  return confirmed || SUSPECT.includes(assessment.verdict);
}
