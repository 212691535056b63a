import { printable } from "../../../kernel/text.ts";
import type { News, ScanReport } from "../../../workflows/scan/scan.ts";
import { gapText } from "../../text/gap.ts";
import { shortReasons } from "../../text/reasons.ts";
import type { Style, Terminal } from "../terminal.ts";

const MOST_SHOWN = 40;

/** What is new, then what was not searched: the end of the output carries the weight, because that is where eyes are. */
export function scanReportText(report: ScanReport, unproven: ReadonlySet<string>, terminal: Terminal): string {
  const { m } = terminal;
  const lines: string[] = [];
  const shown = report.news.slice(0, MOST_SHOWN);
  if (shown.length === 0) lines.push(m.scan.nothingNew);
  for (const news of shown) lines.push(...newsLines(news, terminal));
  if (report.news.length > shown.length) lines.push(m.scan.more(report.news.length - shown.length));
  lines.push("", ...coverageLines(report, unproven, terminal));
  const first = report.news[0];
  if (report.interrupted) lines.push(terminal.style("warn", m.scan.interrupted));
  else lines.push(first ? m.scan.next(first.finding.id) : m.scan.nextEmpty);
  return lines.join("\n");
}

function newsLines({ notice, finding }: News, terminal: Terminal): string[] {
  const { m, style } = terminal;
  const { listing, assessment } = finding;
  const name = printable(listing.name, 40);
  const where = [printable(listing.packageName ?? listing.key, 50), listing.source, finding.id].join("  ");
  const verdict = style(styleOf(assessment.verdict), `${assessment.score.toFixed(2)} ${m.verdict[assessment.verdict]}`);
  const head = `${(m.change[notice.kind] ?? "").padEnd(8)} ${verdict}  ${style("strong", `⁨${name}⁩`)}  ${where}  [${finding.brand}]`;
  const changes = notice.kind === "finding.changed" ? (finding.lastChange ?? []) : [];
  const changed = changes.map(
    (change) => `${m.field[change.field]}: “${printable(change.from, 40)}” → “${printable(change.to, 40)}”`,
  );
  const why = [shortReasons(assessment.signals, m), ...changed].filter((text) => text !== "").join(" · ");
  return why === "" ? [head] : [head, `         ${style("dim", why)}`];
}

export function styleOf(verdict: string): Style {
  if (verdict === "impersonation" || verdict === "repackaged") return "alert";
  return verdict === "official" ? "good" : "warn";
}

function coverageLines(report: ScanReport, unproven: ReadonlySet<string>, terminal: Terminal): string[] {
  const { m, style } = terminal;
  const whole = report.coverage.filter((part) => part.outcome === "complete");
  const lines = [
    m.scan.summary(whole.length, report.coverage.length, report.brands.length, report.tally.assessed, report.seconds),
  ];
  const gaps = report.coverage.filter((part) => part.outcome !== "complete");
  if (gaps.length > 0) lines.push(style("warn", m.scan.notSearched));
  for (const part of gaps) lines.push(`  ${gapText(part, m)}`);
  const over = report.coverage.filter((part) => part.overBudget > 0);
  for (const part of over) lines.push(`  ${part.source}: ${m.scan.overBudget(part.overBudget)}`);
  const never = report.coverage.map((part) => part.source).filter((source) => unproven.has(source));
  if (never.length > 0) lines.push(style("dim", `${m.scan.unproven}: ${never.join(", ")}`));
  return lines;
}

/** The report as one versioned document. */
export function scanReportJson(report: ScanReport, unproven: ReadonlySet<string>): object {
  return {
    schema: "scan-report/1",
    ...report,
    news: report.news.map(({ notice, finding }) => ({ change: notice.kind.replace("finding.", ""), ...finding })),
    coverage: report.coverage.map((part) => ({ ...part, provedLive: !unproven.has(part.source) })),
  };
}
