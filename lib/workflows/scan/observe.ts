import { ALERTS, type Assessment } from "../../domain/assess/assessment.ts";
import { type Finding, type FindingId, findingId } from "../../domain/finding/finding.ts";
import type { Unwritten } from "../../domain/finding/task.ts";
import type { Listing } from "../../domain/listing/listing.ts";
import { speaksOfBanking } from "../../domain/match/name/vocabulary.ts";
import type { HttpResponse } from "../../sources/source.ts";
import { askDetails } from "./ask.ts";
import type { ReadIcon, ScanPorts, ScanSource } from "./ports.ts";
import { type Observation, record } from "./record.ts";
import { withDetails } from "./shown.ts";

/** What one source's part of a scan remembers, so that nothing is fetched or assessed twice. */
export interface SourceMemory {
  /** Findings of this source at the start, and as they change. */
  known: Map<FindingId, Finding>;
  /** Listings worked on already in this run: key -> findings they gave. */
  done: Map<string, Promise<FindingId[]>>;
  details: number;
  /** Cases that this run could not write. */
  unwritten: Map<FindingId, Unwritten>;
  tally: Tally;
}

/** Shared by all sources of a scan: one icon is often on many listings. */
export interface IconMemory {
  byUrl: Map<string, Promise<ReadIcon | undefined>>;
  fetched: number;
  failed: number;
}

export interface Tally {
  assessed: number;
  alerts: number;
  byVerdict: Record<string, number>;
}

/**
 * Looks at one listing for every brand: by what the hit says; if that or the icon is worth a second look, by its details;
 * and writes what concerns a brand, or what concerned one before. Returns the findings that this listing is.
 */
export function observe(
  ports: ScanPorts,
  entry: ScanSource,
  memory: SourceMemory,
  icons: IconMemory,
  hit: Listing,
  responses: HttpResponse[],
): Promise<FindingId[]> {
  const working = memory.done.get(hit.key) ?? observeOnce(ports, entry, memory, icons, { listing: hit, responses });
  memory.done.set(hit.key, working);
  return working;
}

async function observeOnce(
  ports: ScanPorts,
  entry: ScanSource,
  memory: SourceMemory,
  icons: IconMemory,
  hit: Observation,
): Promise<FindingId[]> {
  const { source, key } = hit.listing;
  const seen = await lookCloser(ports, entry, memory, icons, hit);
  // What our own stopping cut short shows less than the listing did.
  if (seen === undefined || ports.signal.aborted) return [];
  const assessments = judge(ports, entry, seen);
  const findings: FindingId[] = [];
  for (const brand of ports.brands) {
    const id = findingId(brand.id, source, key);
    const known = memory.known.get(id);
    const left = known && !ports.blind.has(brand.id) ? nothingLeft(known.assessment) : undefined;
    const assessment = assessments.find((one) => one.brand === brand.id) ?? left;
    if (assessment === undefined || (assessment.verdict === "unrelated" && known === undefined)) continue;
    // One that could not be written was seen all the same, and must not be looked for as if it were gone.
    findings.push(id);
    count(memory.tally, assessment);
    const recorded = await record(ports, known, assessment, seen);
    const { finding } = recorded.ok ? recorded.value : recorded.error;
    if (finding !== undefined) memory.known.set(id, finding);
    if (!recorded.ok) {
      memory.unwritten.set(id, { finding: id, brand: brand.id, why: recorded.error.why });
      continue;
    }
    const { change } = recorded.value;
    if (change !== "none") ports.progress({ kind: "recorded", source, finding: id, change });
  }
  memory.tally.assessed += 1;
  return findings;
}

async function lookCloser(
  ports: ScanPorts,
  entry: ScanSource,
  memory: SourceMemory,
  icons: IconMemory,
  hit: Observation,
): Promise<Observation | undefined> {
  const withIcon: Observation = { ...hit, icon: await iconOf(ports, icons, hit.listing.iconUrl) };
  const suspected =
    judge(ports, entry, withIcon).some((one) => one.verdict !== "unrelated") || saysTooLittle(hit.listing);
  const { about, byId } = entry.source;
  if (
    !suspected ||
    byId === undefined ||
    about.searchIsWhole === true ||
    memory.details >= ports.budgets.detailsPerSource
  )
    return withIcon;
  memory.details += 1;
  const { answer, responses } = await askDetails(ports, entry, hit.listing.key, hit.listing.region ?? "");
  // Details that cannot be had leave the hit as it is: it was shown, and is worth recording as it was shown.
  if (answer.ok && answer.value === undefined && about.hitsNeedDetails === true) return undefined;
  if (!answer.ok || answer.value === undefined) return withIcon;
  const listing = withDetails(hit.listing, answer.value);
  const icon = listing.iconUrl === hit.listing.iconUrl ? withIcon.icon : await iconOf(ports, icons, listing.iconUrl);
  return { listing, icon: icon ?? withIcon.icon, responses: [...hit.responses.slice(0, 1), ...responses] };
}

/** An app that speaks of banking and whose hit shows no description may copy ours, or claim to be ours, in its details. */
function saysTooLittle(listing: Listing): boolean {
  return listing.description === undefined && speaksOfBanking(listing.name);
}

function judge(ports: ScanPorts, entry: ScanSource, seen: Observation): Assessment[] {
  return ports.assess(seen.listing, { firstParty: entry.source.about.firstParty, icon: seen.icon });
}

/** A listing that was a finding and shows nothing of the brand any more. */
function nothingLeft(last: Assessment): Assessment {
  return { ...last, verdict: "unrelated", score: 0, signals: [] };
}

function iconOf(ports: ScanPorts, icons: IconMemory, url: string | undefined): Promise<ReadIcon | undefined> {
  if (url === undefined) return Promise.resolve(undefined);
  const known = icons.byUrl.get(url);
  if (known !== undefined) return known;
  if (icons.fetched >= ports.budgets.icons) return Promise.resolve(undefined);
  const reading = readIcon(ports, icons, url);
  icons.byUrl.set(url, reading);
  const [oldest] = icons.byUrl.keys();
  if (icons.byUrl.size > MOST_ICONS && oldest !== undefined) icons.byUrl.delete(oldest);
  return reading;
}

/** Icons held in memory: at the reader's cap of 1 MiB the worst case stays bounded, and neighbours in time share icons. */
const MOST_ICONS = 64;

async function readIcon(ports: ScanPorts, icons: IconMemory, url: string): Promise<ReadIcon | undefined> {
  icons.fetched += 1;
  const { icon } = await ports.readIcon(url);
  if (icon === undefined) icons.failed += 1;
  return icon;
}

function count(tally: Tally, assessment: Assessment): void {
  tally.byVerdict[assessment.verdict] = (tally.byVerdict[assessment.verdict] ?? 0) + 1;
  if (ALERTS.includes(assessment.verdict)) tally.alerts += 1;
}
