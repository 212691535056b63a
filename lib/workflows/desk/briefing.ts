import { ALERTS } from "../../domain/assess/assessment.ts";
import type { Handover } from "../../domain/desk/desk.ts";
import type { Finding } from "../../domain/finding/finding.ts";
import type { Instant } from "../../kernel/time.ts";
import { type DeskPorts, mayRead, type Reader } from "./reader.ts";
import { type Draft, type Survey, survey } from "./survey.ts";

export interface BriefingReader extends Reader {
  /** All brands of the configuration. */
  known: readonly string[];
  /** Whether they may send requests for a brand, by their own right or a lent one. */
  mayAuthorise(brand: string): boolean;
}

/** What somebody sees first. Lists hold at most 100; of 20 changes they are told. */
export interface Briefing extends Pick<Survey, "overdue" | "scan" | "gaps" | "standing"> {
  /** When their last visit began; undefined on the first. */
  since?: Instant;
  /** What others did since then to what matters, the latest first; nothing on the first visit, when all of it is new. */
  changed: Finding[];
  /** Open in their hands, highest score first. */
  mine: Finding[];
  /** The same, set aside; what wakes next first. */
  asleep: Finding[];
  /** Requests that they may send and did not draft. */
  approvals: Draft[];
  /** The latest readable note that nobody has signed off. */
  handover?: Handover;
  /** Some list is longer than what is shown of it, or more is open than was looked at. */
  many: boolean;
}

const MOST_CHANGES = 20;
/** Changes looked through for those that matter. */
const MOST_RECENT = 200;
const MOST_SHOWN = 100;
const MOST_NOTES = 50;

/**
 * What has to be told to one person now. Counts as a visit of theirs, unless `visits` says that they did not come themselves: another
 * site or a program that only looks must not make them miss what changed. Of everything it shows only what concerns brands they may read, the
 * cases in their own hands among it: rights may have been taken back since a case was given to them.
 */
export async function brief(ports: DeskPorts, who: BriefingReader, visits = true): Promise<Briefing> {
  const now = ports.clock();
  const since = await (visits ? ports.desk.visit(who.name, now) : ports.desk.lastVisit(who.name, now));
  const [changes, held, { drafts, overdue, ...waiting }, notes] = await Promise.all([
    since === undefined ? [] : ports.ledger.recent(who.brands ?? who.known, since, MOST_RECENT),
    ports.ledger.ofAssignee(who.name),
    survey(ports, who.brands),
    ports.desk.handovers(who.brands, MOST_NOTES),
  ]);
  const own = held.filter(({ brand }) => mayRead(who, brand)).sort(byScore);
  const sleeps = ({ snoozed }: Finding) => snoozed !== undefined && snoozed.until > now;
  const changed = changes.filter((finding) => finding.changedBy !== who.name && matters(finding));
  const mine = own.filter((finding) => !sleeps(finding));
  const asleep = own.filter(sleeps).sort(byWaking);
  const approvals = drafts.filter((draft) => mayApprove(who, draft));
  const cut =
    changes.length === MOST_RECENT ||
    changed.length > MOST_CHANGES ||
    [mine, asleep, approvals, overdue].some((list) => list.length > MOST_SHOWN);
  return {
    ...waiting,
    since,
    changed: changed.slice(0, MOST_CHANGES),
    mine: mine.slice(0, MOST_SHOWN),
    asleep: asleep.slice(0, MOST_SHOWN),
    approvals: approvals.slice(0, MOST_SHOWN),
    overdue: overdue.slice(0, MOST_SHOWN),
    handover: notes.find(({ signedOff }) => signedOff === undefined),
    many: cut || waiting.standing.many,
  };
}

/** Not every unrelated listing that was looked at again: what calls somebody, what a person concluded, what came back. */
function matters({ assessment, disposition, liveness }: Finding): boolean {
  return ALERTS.includes(assessment.verdict) || disposition !== undefined || liveness === "relisted";
}

function mayApprove(who: BriefingReader, { finding, attempt }: Draft): boolean {
  return attempt.preparer !== who.name && who.mayAuthorise(finding.brand);
}

function byScore(a: Finding, b: Finding): number {
  return b.assessment.score - a.assessment.score || (a.id < b.id ? -1 : 1);
}

function byWaking(a: Finding, b: Finding): number {
  const [first, second] = [a.snoozed?.until ?? "", b.snoozed?.until ?? ""];
  return first < second ? -1 : first > second ? 1 : byScore(a, b);
}
