import { askableOf } from "../../../workflows/scan/askable.ts";
import { planSource } from "../../../workflows/scan/plan.ts";
import type { ScanPorts } from "../../../workflows/scan/ports.ts";
import { type ScanReport, scan } from "../../../workflows/scan/scan.ts";
import { dataFolder } from "../../data-folder.ts";
import { keepPolicy } from "../../kept-policy.ts";
import { keepOwnIcons } from "../../own-icons.ts";
import { openRuntime, type Runtime } from "../../runtime.ts";
import { lockScan } from "../../scan-lock.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { showProgress } from "../progress.ts";
import { configProblems } from "../render/config-problems.ts";
import { FINDING_KEYS, findingRow } from "../render/finding.ts";
import { scanReportJson, scanReportText } from "../render/scan-report.ts";
import { csvTable } from "../table.ts";
import type { Terminal } from "../terminal.ts";

export interface ScanArgs extends CommonArgs {
  brands?: string[];
  source?: string[];
  again: boolean;
  dryRun: boolean;
  failOn?: number;
  recorded?: string;
  manifest?: string;
  record?: string;
  json?: boolean;
  ndjson?: boolean;
  csv?: boolean;
}

export async function scanCommand(args: ScanArgs, invocation: Invocation): Promise<number> {
  const { terminal, env } = invocation;
  const opened = await openRuntime({ ...args, onlyBrands: args.brands, onlySources: args.source }, env);
  if (!opened.ok) {
    terminal.error(configProblems(opened.error, terminal));
    return EXIT.usage;
  }
  const runtime = opened.value;
  try {
    if (args.dryRun) return dryRun(runtime, terminal);
    keepPolicy(runtime.store.folder, runtime.config.review);
    const lock = lockScan(dataFolder(args.data, env));
    if (!lock.ok) {
      terminal.error(terminal.m.scan.busy(lock.error));
      return EXIT.usage;
    }
    try {
      return await runScan(runtime, args, invocation);
    } finally {
      lock.value();
    }
  } finally {
    await runtime.close();
  }
}

async function runScan(runtime: Runtime, args: ScanArgs, { terminal, signal }: Invocation): Promise<number> {
  const { ports } = await runtime.scanPorts(signal);
  await keepOwnIcons(runtime.config, ports.locker, ports.clock);
  const now = ports.clock();
  const name = args.again ? now.slice(0, 19) : now.slice(0, 10);
  for (const entry of ports.sources) await ports.book.releaseLeases(name, entry.source.about.id);
  terminal.note(terminal.m.scan.start(ports.sources.length, ports.brands.length));
  const progress = showProgress(terminal);
  const report = await scan({ ...ports, progress: progress.step }, name).finally(progress.stop);
  const unproven = await runtime.unproven();
  const replayed = runtime.replayed();
  if (replayed !== undefined) terminal.note(terminal.m.scan.replayed(replayed.misses.length, replayed.unused.length));
  print({ report, unproven, replayed }, args, terminal);
  // Only what was shown counts as told; a scan that died before this line tells it next time.
  for (const { notice } of report.news) await ports.ledger.settleNotice(notice);
  return codeOf(report, args.failOn);
}

interface Told {
  report: ScanReport;
  unproven: ReadonlySet<string>;
  replayed: ReturnType<Runtime["replayed"]>;
}

function print({ report, unproven, replayed }: Told, args: ScanArgs, terminal: Terminal): void {
  const rows = report.news.map(({ finding }) => finding);
  if (args.json) terminal.answer(JSON.stringify({ ...scanReportJson(report, unproven), replayed }, null, 2));
  else if (args.ndjson) for (const finding of rows) terminal.answer(JSON.stringify(finding));
  else if (args.csv)
    terminal.answer(
      csvTable(
        FINDING_KEYS,
        rows.map((finding) => findingRow(finding, terminal.m)),
      ),
    );
  else terminal.answer(scanReportText(report, unproven, terminal));
}

function codeOf(report: ScanReport, failOn: number | undefined): number {
  if (report.interrupted) return EXIT.interrupted;
  if (failOn !== undefined && report.news.some(({ finding }) => finding.assessment.score >= failOn))
    return EXIT.findings;
  return report.coverage.every((part) => part.outcome === "complete") ? EXIT.complete : EXIT.gaps;
}

async function dryRun(runtime: Runtime, terminal: Terminal): Promise<number> {
  const { ports } = await runtime.scanPorts(new AbortController().signal);
  const lines = questions(ports);
  terminal.answer(lines.join("\n"));
  terminal.note(terminal.m.scan.dryRun(lines.length));
  return EXIT.complete;
}

function questions(ports: ScanPorts): string[] {
  return ports.sources.flatMap((entry) =>
    planSource(askableOf(entry), ports.brands, ports.regions, ports.budgets.queriesPerSource).tasks.map(
      (task) => `${task.source}\t${task.kind}\t${task.query.region}\t${task.query.term}`,
    ),
  );
}
