import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { CaseEvent } from "../../../domain/finding/event.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { Commit } from "../../../domain/finding/ledger.ts";
import { defang, printable } from "../../../kernel/text.ts";
import type { Related } from "../../../workflows/triage/related.ts";
import { attemptText, decidedText, eventText } from "../../text/events.ts";
import type { Messages } from "../../text/messages.en.ts";
import { reasonText, weightText } from "../../text/reasons.ts";
import type { Terminal } from "../terminal.ts";
import { styleOf } from "./scan-report.ts";

export const FINDING_KEYS = [
  "id",
  "score",
  "verdict",
  "name",
  "key",
  "source",
  "stage",
  "liveness",
  "changedAt",
] as const;

/** One row of the table; `FINDING_KEYS` names the columns for machines. */
export function findingRow(finding: Finding, m: Messages): string[] {
  const { listing, assessment } = finding;
  return [
    finding.id,
    assessment.score.toFixed(2),
    m.verdict[assessment.verdict],
    printable(listing.name, 36),
    printable(listing.packageName ?? listing.key, 44),
    listing.source,
    finding.disposition
      ? `${m.stage[finding.stage]} (${m.disposition[finding.disposition.value]})`
      : m.stage[finding.stage],
    m.liveness[finding.liveness],
    finding.changedAt.slice(0, 16).replace("T", " "),
  ];
}

/** Everything that is known of a case, for one who decides. */
export interface KnownOf {
  finding: Finding;
  history: readonly Commit[];
  related: readonly Related[];
  /** Related cases that are not shown. */
  more: number;
  brand: BrandProfile | undefined;
  /** The ruleset's prior: the sum of reasons starts there. */
  base: number;
}

export function findingText({ finding, history, related, more, brand, base }: KnownOf, terminal: Terminal): string {
  const { m, style } = terminal;
  const { assessment } = finding;
  const title = `${finding.id}  ${assessment.score.toFixed(2)} ${m.verdict[assessment.verdict]}  ⁨${printable(finding.listing.name, 80)}⁩`;
  return [
    style(styleOf(assessment.verdict), title),
    "",
    style("strong", m.show.claims),
    ...claimLines(finding, m),
    "",
    style("strong", m.show.ours),
    ...ourLines(brand, m),
    "",
    style("strong", m.show.reasons),
    ...reasonLines(finding, base, m),
    "",
    style("strong", m.show.related),
    ...relatedLines(related, more, m),
    "",
    style("strong", m.show.history),
    ...history.flatMap((commit) =>
      commit.events.map(
        (event) => `  ${event.at.slice(0, 16).replace("T", " ")}  ${eventText(event, m)}${actorText(event)}`,
      ),
    ),
    "",
    style("strong", m.show.evidence),
    ...finding.evidence.map((hash) => `  ${hash}`),
    "",
    m.show.decide(finding.id),
  ].join("\n");
}

function claimLines(finding: Finding, m: Messages): string[] {
  const { listing } = finding;
  const { labels } = m.show;
  const developer =
    listing.developer &&
    [listing.developer.name, listing.developer.key && `(${listing.developer.key})`].filter(Boolean).join(" ");
  return pairs([
    [labels.brand, finding.brand],
    [labels.store, listing.source],
    [labels.link, defang(listing.url)],
    [labels.package, listing.packageName],
    [labels.developer, developer],
    [labels.certificate, listing.certificates?.map((one) => `${one.algorithm} ${one.hex}`).join(", ")],
    [labels.filing, listing.filing],
    [labels.version, listing.version],
    [labels.icon, finding.icon],
    [labels.stage, stageText(finding, m)],
    [labels.attempts, finding.attempts.map((one) => attemptText(one, m)).join("; ")],
    [labels.firstSeen, finding.firstSeen.slice(0, 16).replace("T", " ")],
  ]);
}

function stageText(finding: Finding, m: Messages): string {
  const place = `${m.stage[finding.stage]} · ${m.liveness[finding.liveness]}`;
  const decision = finding.disposition;
  return decision ? `${place} · ${decidedText(decision.value, decision, m)}` : place;
}

function ourLines(brand: BrandProfile | undefined, m: Messages): string[] {
  if (brand === undefined) return [`  ${m.none}`];
  const { labels } = m.show;
  return pairs([
    [labels.name, brand.names.map((name) => name.text).join(", ")],
    [labels.package, brand.officialApps.flatMap((app) => app.packageName ?? []).join(", ")],
    [
      labels.developer,
      brand.publishers
        .map((one) => `${one.source}: ${[one.name, one.key && `(${one.key})`].filter(Boolean).join(" ")}`)
        .join("; "),
    ],
    [labels.certificate, brand.certificates.map((one) => `${one.algorithm} ${one.hex}`).join(", ")],
    [labels.filing, brand.filing?.number],
  ]);
}

function pairs(rows: [string, string | undefined][]): string[] {
  return rows.flatMap(([label, value]) => (value ? [`  ${label}: ${printable(value, 300)}`] : []));
}

function reasonLines(finding: Finding, base: number, m: Messages): string[] {
  const { signals, score } = finding.assessment;
  const sum = signals.reduce((total, signal) => total + signal.weight, base);
  const lines = signals.map((signal) => `  ${weightText(signal.weight).padStart(7)}  ${reasonText(signal, m)}`);
  return [
    `  ${weightText(base).padStart(7)}  ${m.show.base}`,
    ...lines,
    `  ${m.show.sum(weightText(sum), score.toFixed(4))}`,
  ];
}

function relatedLines(related: readonly Related[], more: number, m: Messages): string[] {
  if (related.length === 0) return [`  ${m.none}`];
  const lines = related.map(({ finding, ties }) => {
    const { id, assessment, listing } = finding;
    const what = `${id}  ${assessment.score.toFixed(2)} ${m.verdict[assessment.verdict]}  ⁨${printable(listing.name, 40)}⁩`;
    return `  ${what}  ${listing.source} · ${ties.map((kind) => m.show.tie[kind]).join(", ")} · ${stageText(finding, m)}`;
  });
  return more > 0 ? [...lines, `  ${m.show.moreRelated(more)}`] : lines;
}

/** Who, where it was a person. */
function actorText({ by, onBehalfOf }: CaseEvent): string {
  if (by === "scan") return "";
  return `  — ${printable(by, 80)}${onBehalfOf === undefined ? "" : ` (${printable(onBehalfOf, 80)})`}`;
}
