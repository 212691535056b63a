import { Duration } from "aws-cdk-lib";
import { type IMetric, MathExpression, Metric } from "aws-cdk-lib/aws-cloudwatch";
import type { ConsoleStack } from "./console-stack.ts";
import type { Deployment } from "./deployment.ts";
import type { ScanStack } from "./scan-stack.ts";
import type { StorageStack } from "./storage-stack.ts";

/** Headings of the runbook in the README: every alarm names the one that says what to do. */
export const RUNBOOK = {
  scanDidNotRun: "Scan did not run",
  scanFailed: "Scan failed",
  coverageIncomplete: "Coverage incomplete",
  canaryLost: "Canary lost",
  deadLetters: "Dead-letter queue not empty",
  outboxOld: "Outbox old",
  errors: "Errors",
  throttles: "Throttles",
} as const;

export interface Watch {
  id: string;
  /** The heading in the README that says what to do. */
  runbook: string;
  metric: IMetric;
  /** Alarms below this; otherwise at `atLeast` and above, 1 unless said. */
  below?: number;
  atLeast?: number;
  /** Periods in a row. */
  periods?: number;
  /** What nothing measured means: usually that all is quiet. */
  silence?: "alarms";
}

export interface Watched {
  storage: StorageStack;
  scan: ScanStack;
  front: ConsoleStack;
}

export function watches(deployment: Deployment, watched: Watched): Watch[] {
  return [...ofScans(deployment, watched), ...ofQueues(watched), ...ofLoad(watched)];
}

const HOUR = Duration.hours(1);
const QUARTER = Duration.minutes(15);

function ofScans({ name }: Deployment, { scan }: Watched): Watch[] {
  const own = (service: string, metricName: string, statistic: string, period = QUARTER) =>
    new Metric({ namespace: name, metricName, statistic, period, dimensionsMap: { service } });
  const ends = {
    failed: scan.machine.metricFailed(),
    late: scan.machine.metricTimedOut(),
    aborted: scan.machine.metricAborted(),
  };
  const failed = new MathExpression({
    expression: "FILL(failed, 0) + FILL(late, 0) + FILL(aborted, 0)",
    usingMetrics: ends,
    period: QUARTER,
  });
  return [
    {
      id: "ScanDidNotRun",
      runbook: RUNBOOK.scanDidNotRun,
      metric: own("digest", "ScanFinished", "Sum", HOUR),
      below: 1,
      // A day, and two hours for one scan that takes longer than the one before.
      periods: 26,
      silence: "alarms",
    },
    { id: "ScanFailed", runbook: RUNBOOK.scanFailed, metric: failed },
    {
      id: "CoverageIncomplete",
      runbook: RUNBOOK.coverageIncomplete,
      metric: own("digest", "SourcesIncomplete", "Maximum"),
    },
    { id: "CanaryLost", runbook: RUNBOOK.canaryLost, metric: own("digest", "CanariesLost", "Maximum") },
    {
      id: "OutboxOld",
      runbook: RUNBOOK.outboxOld,
      metric: own("announce", "OutboxAgeSeconds", "Maximum"),
      atLeast: HOUR.toSeconds(),
      periods: 4,
      // The outbox is swept every ten minutes: silence is a sweep that does not run.
      silence: "alarms",
    },
  ];
}

function ofQueues({ storage, scan }: Watched): Watch[] {
  const queues = { RefusedUploads: storage.refusedUploads, MissedStarts: scan.missedStarts };
  return Object.entries(queues).map(([id, queue]) => ({
    id,
    runbook: RUNBOOK.deadLetters,
    metric: queue.metricApproximateNumberOfMessagesVisible({ statistic: "Maximum", period: QUARTER }),
  }));
}

function ofLoad({ storage, scan, front }: Watched): Watch[] {
  const functions = [...scan.functions, ...front.functions];
  const sum = { statistic: "Sum", period: QUARTER };
  const events = {
    reads: storage.table.metric("ReadThrottleEvents", sum),
    writes: storage.table.metric("WriteThrottleEvents", sum),
  };
  const held = new MathExpression({
    expression: "FILL(reads, 0) + FILL(writes, 0)",
    usingMetrics: events,
    period: QUARTER,
  });
  return [
    ...functions.flatMap((each): Watch[] => [
      { id: `${each.node.id}Errors`, runbook: RUNBOOK.errors, metric: each.metricErrors(sum) },
      { id: `${each.node.id}Throttles`, runbook: RUNBOOK.throttles, metric: each.metricThrottles(sum) },
    ]),
    // A table grows into its load by itself: only what lasts is worth a person's time.
    { id: "LedgerThrottles", runbook: RUNBOOK.throttles, metric: held, atLeast: 100, periods: 3 },
  ];
}
