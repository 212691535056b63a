import { ALERTS, type Assessment, type Verdict } from "../../domain/assess/assessment.ts";
import type { Sha256 } from "../../domain/evidence/evidence.ts";
import type { CaseEvent } from "../../domain/finding/event.ts";
import { type Finding, type FindingId, findingId } from "../../domain/finding/finding.ts";
import type { Notice } from "../../domain/finding/ledger.ts";
import type { Unwritten } from "../../domain/finding/task.ts";
import type { Listing } from "../../domain/listing/listing.ts";
import { stableId } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { canonicalJson } from "../../kernel/text.ts";
import type { HttpResponse } from "../../sources/source.ts";
import type { ReadIcon, ScanPorts } from "./ports.ts";
import { changesOf, withDetails } from "./shown.ts";

/** One listing as it was seen, with all that was learnt of it. */
export interface Observation {
  listing: Listing;
  icon?: ReadIcon;
  responses: HttpResponse[];
}

/** What recording needs of a scan's ports. */
type Recorder = Pick<ScanPorts, "ledger" | "locker" | "clock" | "blind">;

export type Change = "new" | "changed" | "relisted" | "none";

const BY = "scan";

/** People are seldom faster than a scan, and never so often; a program that writes on a case all the time may be. */
const MOST_TRIES = 6;

/** Why nothing was written, and the case as it stands, where there is one. */
export interface NotRecorded {
  why: Unwritten["why"];
  finding?: Finding;
}

/**
 * Writes what an observation means for one brand. Seeing the same thing again writes nothing, so a scan may be repeated or
 * resumed at any point; a lost race against another writer is tried again on what that writer left. A case that cannot be written is
 * a value: the scan has others.
 */
export async function record(
  ports: Recorder,
  known: Finding | undefined,
  assessment: Assessment,
  seen: Observation,
): Promise<Result<{ finding: Finding; change: Change }, NotRecorded>> {
  const id = findingId(assessment.brand, seen.listing.source, seen.listing.key);
  const keep = once(() => keepEvidence(ports, seen));
  let before = known;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const { events, change } = await eventsOf(ports, before, assessment, seen, keep);
    if (before !== undefined && events.length === 0) return ok({ finding: before, change: "none" });
    const notices = noticesOf(id, before, assessment, change, ports.clock());
    const appended = await ports.ledger.append(id, assessment.brand, before?.version ?? 0, events, notices);
    if (appended.ok) return ok({ finding: appended.value, change });
    if (appended.error.kind === "too-large") return err({ why: "too-large", finding: before });
    before = appended.error.current;
  }
  return err({ why: "contended", finding: before });
}

/** Keeping evidence takes long: only the first try waits for it, so that the next has next to no time to lose the race in. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let working: Promise<T> | undefined;
  return () => {
    working ??= work();
    return working;
  };
}

async function eventsOf(
  ports: Recorder,
  before: Finding | undefined,
  assessment: Assessment,
  seen: Observation,
  keep: () => Promise<Sha256[]>,
): Promise<{ events: CaseEvent[]; change: Change }> {
  const head = { at: ports.clock(), by: BY };
  const { listing } = seen;
  const icon = seen.icon?.sha256;
  if (before === undefined) {
    const evidence = await keep();
    return {
      events: [
        { ...head, kind: "seen", listing, icon, evidence },
        { ...head, kind: "assessed", assessment },
      ],
      change: "new",
    };
  }
  const events: CaseEvent[] = [];
  const fields = changesOf(before, listing, icon);
  const back = before.liveness === "gone";
  if (fields.length > 0) events.push({ ...head, kind: "changed", fields, listing, icon, evidence: await keep() });
  // An icon that could not be had the first time: learnt, not changed.
  else if (before.icon === undefined && icon !== undefined) {
    const known = withDetails(before.listing, listing);
    events.push({ ...head, kind: "seen", listing: known, icon, evidence: await keep() });
  }
  if (back) events.push({ ...head, kind: "reappeared" });
  const lessSeen = ports.blind.has(before.brand) && assessment.score < before.assessment.score;
  const judged = !lessSeen && (fields.length > 0 || back || isBetterJudged(before, assessment, seen));
  if (judged) events.push({ ...head, kind: "assessed", assessment });
  if (before.disposition !== undefined && before.stage === "closed" && (fields.length > 0 || back)) {
    events.push({ ...head, kind: "reopened", reason: back ? "relisted" : "changed" });
  }
  return { events, change: back ? "relisted" : judged || fields.length > 0 ? "changed" : "none" };
}

/** A new ruleset or a clearly other score counts; an observation that saw less (no icon this time) does not. */
function isBetterJudged(before: Finding, assessment: Assessment, seen: Observation): boolean {
  const poorer =
    (before.icon !== undefined && seen.icon === undefined) ||
    (before.listing.certificates !== undefined && seen.listing.certificates === undefined) ||
    (before.listing.description !== undefined && seen.listing.description === undefined) ||
    before.listing.region !== seen.listing.region;
  if (poorer) return false;
  const other = before.assessment.verdict !== assessment.verdict || before.assessment.ruleset !== assessment.ruleset;
  return other || Math.abs(before.assessment.score - assessment.score) >= 0.05;
}

/** Verdicts that somebody is told of when they first appear. */
const TOLD: readonly Verdict[] = [...ALERTS, "suspicious", "unregistered"];

function noticesOf(
  id: FindingId,
  before: Finding | undefined,
  assessment: Assessment,
  change: Change,
  at: string,
): Notice[] {
  if (change === "none") return [];
  const worth = TOLD.includes(assessment.verdict) || (before !== undefined && TOLD.includes(before.assessment.verdict));
  if (!worth) return [];
  const kind = `finding.${change}` as const;
  return [{ id: stableId("n", kind, id, String((before?.version ?? 0) + 1)), kind, finding: id, at }];
}

/** The listing as it was assessed, the bodies it was read from, and its icon, in the locker before the ledger speaks of them. */
async function keepEvidence(ports: Recorder, seen: Observation): Promise<Sha256[]> {
  const at = ports.clock();
  const text = Buffer.from(canonicalJson(seen.listing));
  const kept = [
    await ports.locker.put(text, { kind: "listing", mediaType: "application/json", origin: seen.listing.url, at }),
  ];
  for (const response of seen.responses) {
    const mediaType = response.headers["content-type"] ?? "application/octet-stream";
    kept.push(await ports.locker.put(response.body, { kind: "response", mediaType, origin: response.url, at }));
  }
  if (seen.icon) {
    const { bytes, mediaType } = seen.icon;
    kept.push(await ports.locker.put(bytes, { kind: "icon", mediaType, origin: seen.listing.iconUrl, at }));
  }
  return [...new Set(kept.map((evidence) => evidence.sha256))];
}
