import { ALERTS, type Verdict } from "../../domain/assess/assessment.ts";
import { type Campaign, campaignsOf, MOST_TIED } from "../../domain/finding/campaign.ts";
import { type Finding, type FindingId, isConfirmed } from "../../domain/finding/finding.ts";
import type { Ledger } from "../../domain/finding/ledger.ts";
import { type Pivot, tellingPivots } from "../../domain/finding/pivots.ts";

/** Members of one campaign that are followed; a larger one says that it goes on. */
const MOST_MEMBERS = 300;
/** Findings looked at in all, whoever may read them. */
const MOST_ASKED = 5_000;
/** Findings among which a brand's campaigns are looked for, highest score first. */
const MOST_LOOKED_AT = 2_000;

/** What is not thought harmless; copies and our own apps tie together what is ours. */
const SUSPECT: Verdict[] = [...ALERTS, "suspicious", "unproved"];

/**
 * The campaign a finding belongs to: everything that can be reached from it by what findings share, among those of the brands that may
 * be read (undefined: all). Undefined where it shares nothing. `cut` where there is more than was followed.
 */
export async function campaignAround(
  ledger: Ledger,
  finding: Finding,
  brands: readonly string[] | undefined,
): Promise<{ campaign?: Campaign; cut: boolean }> {
  const members = new Map<FindingId, Finding>([[finding.id, finding]]);
  const asked = new Set<FindingId>([finding.id]);
  const followed = new Set<string>();
  let cut = false;
  for (let wave = [finding]; wave.length > 0; ) {
    const { ids, fashions } = await tiedTo(ledger, wave, followed, brands);
    const tied = ids.filter((id) => !asked.has(id));
    const reached = tied.slice(0, Math.max(0, MOST_ASKED - asked.size));
    // What was refused once is not asked for again, and not counted: how much another bank has is not to be guessed from here.
    for (const id of reached) asked.add(id);
    const read = (await ledger.readMany(reached)).sort((a, b) => (a.id < b.id ? -1 : 1));
    const others = read.filter((other) => (brands?.includes(other.brand) ?? true) && isSuspect(other));
    wave = others.slice(0, MOST_MEMBERS - members.size);
    cut ||= wave.length < others.length || reached.length < tied.length || fashions;
    for (const other of wave) members.set(other.id, other);
  }
  const campaigns = campaignsOf([...members.values()]);
  return { campaign: campaigns.find(({ findings }) => findings.some(({ id }) => id === finding.id)), cut };
}

/**
 * What shares something with one of these that was not followed before. A value that too many share is a fashion: it is not followed,
 * or a maker could hide a campaign behind a flood of listings that share something else with it.
 */
async function tiedTo(
  ledger: Ledger,
  findings: readonly Finding[],
  followed: Set<string>,
  brands: readonly string[] | undefined,
): Promise<{ ids: FindingId[]; fashions: boolean }> {
  const fresh = new Map<string, Pivot>();
  for (const pivot of findings.flatMap(tellingPivots)) {
    const name = `${pivot.kind} ${pivot.value}`;
    if (!followed.has(name)) fresh.set(name, pivot);
    followed.add(name);
  }
  const asked = [...fresh.values()].map(({ kind, value }) => ledger.byPivot(kind, value, brands));
  const tied = await Promise.all(asked);
  const telling = tied.filter((ids) => ids.length <= MOST_TIED);
  return { ids: [...new Set(telling.flat())], fashions: telling.length < tied.length };
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
  const confirmed = disposition !== undefined && isConfirmed(disposition.value);
  return confirmed || SUSPECT.includes(assessment.verdict);
}
