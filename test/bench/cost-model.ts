import { ASSUMPTIONS, type Assumptions, DAYS_A_MONTH, PRICES } from "./cost-assumptions.ts";
import type { Units } from "./ledger-meter.ts";

/**
 * What one unit of work asks of the ledger, where commits and views have three to four kB, as with descriptions of real
 * length. The test beside this file runs the scanner's own code and counts again.
 */
export const UNITS = {
  /** A question: claimed, finished, and a look at how the source fares. */
  question: { reads: 3, writes: 2 },
  /** That a question showed a finding. */
  showing: { reads: 1, writes: 1 },
  /** A commit with its view, three pivots and the key among those of its source; its marks in the indexes. */
  newFinding: { reads: 0, writes: 20 },
  changedFinding: { reads: 2, writes: 17 },
  /** What a commit costs more that somebody is to be told of, and the telling. */
  waitingNotice: { reads: 0, writes: 1 },
  toldNotice: { reads: 5, writes: 9 },
  /** A finding, known or new, is looked up once after the questions; one that was not shown is noted. */
  lookedFor: { reads: 1, writes: 0 },
  missed: { reads: 0, writes: 1 },
  /** Lease, count and health of a source; a sweep of an empty outbox. */
  stretch: { reads: 2, writes: 3 },
  emptySweep: { reads: 1, writes: 2 },
} satisfies Record<string, Units>;

/** Puts for one finding: bytes and description of listing, answer and icon, and of details where they were asked. */
export const PUTS = { withoutDetails: 6, details: 2 };

export interface Reading {
  requests: number;
  reads: number;
  seconds: number;
}

/** One source's part of one scan. */
export interface SourceWork {
  /** Of the search questions that the brands want, the share that the budget lets through. */
  searched: number;
  searches: number;
  /** Searches, canary and lookups. */
  questions: number;
  newFindings: number;
  known: number;
  changed: number;
  missing: number;
  details: number;
  stretches: number;
  lambdaSeconds: number;
  hours: number;
  /** What reading the known findings takes of every stretch. */
  reading: Reading;
}

export function sourceWork(brands: number, a: Assumptions = ASSUMPTIONS): SourceWork {
  const wanted = brands * a.ownQuestions + a.sharedQuestions;
  const searches = Math.min(wanted, a.mostQuestions);
  const searched = searches / wanted;
  const questions = 1 + brands * a.ownLookups + searches;
  const newFindings = (searched * brands * a.newFindings) / a.sources;
  const known = (searched * brands * a.knownFindings) / a.sources;
  const missing = known * a.missingShare;
  const details = Math.min(a.detailsPerSource, newFindings + known - missing);
  const lookedUp = details + Math.min(a.detailsPerSource, missing);
  const seconds =
    questions * Math.max(a.spacingSeconds, a.answerSeconds + a.lookSeconds) +
    lookedUp * Math.max(a.spacingSeconds, a.answerSeconds) +
    (known + newFindings) * a.waitSeconds;
  const reading = ofSource(known, a);
  const overhead = a.startSeconds + reading.seconds;
  const stretches = Math.ceil(seconds / Math.max(0, a.stretchSeconds - overhead));
  const lambdaSeconds = seconds + stretches * overhead;
  return {
    searched,
    searches,
    questions,
    newFindings,
    known,
    changed: (known - missing) * a.changedShare,
    missing,
    details,
    stretches,
    lambdaSeconds,
    hours: (lambdaSeconds + (stretches - 1) * a.pauseSeconds) / 3600,
    reading,
  };
}

/** One request of a query ends here. */
const PAGE_BYTES = 1024 ** 2;

/**
 * Reading the known findings of one source: a look for commits without a view, the keys of its findings, the views.
 * Each waits for the one before. A batch saves requests but no reads: every view of it is rounded up by itself.
 */
export function ofSource(known: number, a: Assumptions = ASSUMPTIONS): Reading {
  const keyBytes = known * a.keyBytes;
  const pages = Math.max(1, Math.ceil(keyBytes / PAGE_BYTES));
  const batches = Math.ceil(known / a.viewsAtOnce);
  return {
    requests: 1 + pages + batches,
    reads: 0.5 + Math.max(1, Math.ceil(keyBytes / 4096)) + known,
    seconds: (1 + pages) * a.waitSeconds + batches * a.batchSeconds,
  };
}

/** What one source's part, from its opening to its closing, asks of the ledger beside the reading of known findings. */
export function sourceUnits(work: SourceWork, a: Assumptions = ASSUMPTIONS): Units {
  const { questions, newFindings, known, changed, missing, stretches } = work;
  const showings = (newFindings + known - missing) * a.showings;
  const told = (newFindings + changed) * a.toldShare;
  const units = sum([
    times(questions, UNITS.question),
    times(showings, UNITS.showing),
    times(newFindings, UNITS.newFinding),
    times(changed, UNITS.changedFinding),
    times(told, UNITS.waitingNotice),
    times(known + newFindings, UNITS.lookedFor),
    times(missing, UNITS.missed),
    times(stretches, UNITS.stretch),
  ]);
  // Opening reads all tasks twice; a stretch reads them twice and those that are done, on average half, once more; then
  // they are read to find none left, neither fresh nor asked before, to look for what is missing, and to close.
  const planned = Math.ceil((questions * a.plannedKb) / 4);
  const done = Math.ceil((questions * a.doneKb) / 4);
  return {
    reads: units.reads + 3 + 2 * planned + (2.5 * stretches + 4) * done,
    writes: units.writes + questions + 2,
  };
}

/** Puts into the evidence bucket. */
export function sourcePuts({ newFindings, known, changed, missing, details }: SourceWork): number {
  const detailed = details / Math.max(1, newFindings + known - missing);
  return (newFindings + changed) * (PUTS.withoutDetails + detailed * PUTS.details);
}

export interface ScanCost {
  brands: number;
  work: SourceWork;
  /** What a call of `plan` has not written when its time is up, the next writes. */
  planSeconds: number;
  scanHours: number;
  fits: boolean;
  /** US dollars of one scan. */
  lines: Record<string, number>;
  total: number;
}

export function scanCost(brands: number, a: Assumptions = ASSUMPTIONS): ScanCost {
  const work = sourceWork(brands, a);
  const told = a.sources * (work.newFindings + work.changed) * a.toldShare;
  const planSeconds = a.startSeconds + a.sources * work.questions * a.requestSeconds;
  const announceSeconds = a.startSeconds + told * 4 * a.waitSeconds;
  const digestSeconds = a.startSeconds + a.sources * 4 * a.waitSeconds;
  const lambdaSeconds = a.sources * work.lambdaSeconds + planSeconds + announceSeconds + digestSeconds;
  const calls = a.sources * work.stretches + 3;
  const transitions = 6 + a.sources * (3 + 4 * work.stretches);
  const units = sum([times(a.sources, sourceUnits(work, a)), times(told, UNITS.toldNotice)]);
  const readingKnown = a.sources * work.stretches * work.reading.reads;
  const keyCalls = Math.ceil(lambdaSeconds / 300) * 3;
  const logGb = (calls * a.logKbPerCall + transitions * a.logKbPerTransition) / 1e6;
  const findings = a.sources * (work.newFindings + work.changed);
  const lines = {
    Lambda: lambdaSeconds * a.memoryGb * PRICES.lambdaGbSecond + calls * PRICES.lambdaCall,
    "Step Functions, Scheduler, traces":
      transitions * PRICES.stateTransition + PRICES.scheduledStart + (1 + a.sources) * PRICES.trace,
    "DynamoDB, writes": units.writes * PRICES.writeUnit,
    "DynamoDB, reads": units.reads * PRICES.readUnit,
    "DynamoDB, reading known findings": readingKnown * PRICES.readUnit,
    "S3, requests": a.sources * sourcePuts(work) * PRICES.s3Put + (calls + findings) * PRICES.s3Get,
    "KMS, Secrets Manager": keyCalls * PRICES.kmsCall + calls * PRICES.secretCall,
    "SNS, mail": (told + 1) * (PRICES.snsPublish + a.mailboxes * PRICES.snsMail),
    "CloudWatch, logs": logGb * PRICES.logGb,
  };
  const total = Object.values(lines).reduce((all, usd) => all + usd, 0);
  const scanHours = work.hours * Math.ceil(a.sources / a.sourcesAtOnce);
  return { brands, work, planSeconds, scanHours, fits: scanHours < a.mostHours, lines, total };
}

/** What a month costs though nothing is scanned, US dollars. */
export function fixedCost(a: Assumptions = ASSUMPTIONS): Record<string, number> {
  const sweeps = a.sweepsPerDay * DAYS_A_MONTH;
  const sweepSeconds = 8 * a.waitSeconds;
  const sweep =
    sweepSeconds * a.memoryGb * PRICES.lambdaGbSecond +
    PRICES.lambdaCall +
    PRICES.scheduledStart +
    UNITS.emptySweep.reads * PRICES.readUnit +
    UNITS.emptySweep.writes * PRICES.writeUnit +
    PRICES.s3Get +
    3 * PRICES.kmsCall +
    (a.logKbPerCall / 1e6) * PRICES.logGb;
  return {
    "KMS key (a dollar more after each of the first two yearly rotations)": PRICES.kmsKeyMonth,
    "Secrets (one more with CloudFront)": a.secrets * PRICES.secretMonth,
    Alarms: a.alarmMetrics * PRICES.alarmMonth,
    "Metrics of our own": a.ownMetrics * PRICES.metricMonth,
    "Dashboards (there are none)": 0,
    "Sweeps of the outbox, every ten minutes": sweeps * sweep,
    "Polls of the queue of uploads": a.pollsPerDay * DAYS_A_MONTH * PRICES.sqsCall,
    [`Logs of sweeps, kept ${a.logDays} days`]:
      ((a.sweepsPerDay * a.logDays * a.logKbPerCall) / 1e6) * PRICES.logGbMonth,
  };
}

/** What is kept after so many days of scans costs a month, US dollars: neither ledger nor evidence is ever deleted. */
export function keptCost(
  { work, lines }: ScanCost,
  days: number,
  a: Assumptions = ASSUMPTIONS,
): Record<string, number> {
  const findings = a.sources * (work.newFindings + work.changed) * days;
  const tasks = a.sources * work.questions * days;
  // A commit, three pivots and four rows of indexes beside each; the views of all that was ever found, with
  // the keys that lead to them.
  const ledgerGb = (findings * 6 + a.sources * (work.known + work.newFindings * days) * 5 + tasks * a.doneKb) / 1e6;
  const evidenceGb = (findings * a.evidenceKb) / 1e6;
  const logGb = ((lines["CloudWatch, logs"] ?? 0) / PRICES.logGb) * Math.min(days, a.logDays);
  return {
    "Ledger, with recovery to any point": ledgerGb * (PRICES.tableGbMonth + PRICES.recoveryGbMonth),
    Evidence: evidenceGb * PRICES.s3GbMonth,
    "Logs of scans": logGb * PRICES.logGbMonth,
  };
}

function times(count: number, { reads, writes }: Units): Units {
  return { reads: count * reads, writes: count * writes };
}

function sum(all: readonly Units[]): Units {
  return {
    reads: all.reduce((total, { reads }) => total + reads, 0),
    writes: all.reduce((total, { writes }) => total + writes, 0),
  };
}
