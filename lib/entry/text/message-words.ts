import type { Finding } from "../../domain/finding/finding.ts";
import type { Notice } from "../../domain/finding/ledger.ts";
import { defangAll, printable } from "../../kernel/text.ts";
import type { Digest } from "../../workflows/announce/digest.ts";
import { gapText } from "./gap.ts";
import type { Messages } from "./messages.en.ts";
import { shortReasons } from "./reasons.ts";

export interface Words {
  subject: string;
  text: string;
}

/** What people read of a notice. No text of an attacker is in the subject, and no link can be clicked. */
export function noticeWords({ id, kind }: Notice, finding: Finding, m: Messages): Words {
  const { listing, assessment, brand } = finding;
  const { labels } = m.notice;
  const verdict = m.verdict[assessment.verdict];
  const lines: [string, string][] = [
    [labels.name, `⁨${theirs(listing.name, 120)}⁩`],
    [labels.score, `${assessment.score.toFixed(2)} ${verdict}`],
    [labels.store, listing.source],
    [labels.link, theirs(listing.url, 300)],
    [labels.package, theirs(listing.packageName ?? listing.key, 120)],
    [labels.developer, theirs(listing.developer?.name ?? "–", 120)],
    [labels.why, shortReasons(assessment.signals, m, 5)],
    [labels.finding, `${finding.id} (${brand})`],
  ];
  return {
    subject: m.notice.subject(m.change[kind] ?? kind, verdict, brand, finding.id),
    text: [...lines.map(([label, value]) => `${label}: ${value}`), "", m.digest.id(id)].join("\n"),
  };
}

/** Text of an attacker: bounded, without controls, and nothing in it can be clicked. */
function theirs(text: string, most: number): string {
  return defangAll(printable(text, most));
}

/** What people read of a scan: what was found, then what was not searched. */
export function digestWords(digest: Digest, m: Messages): Words {
  const alerts = `${digest.alerts.count}${digest.alerts.many ? "+" : ""}`;
  const all = digest.complete.length + digest.gaps.length;
  return {
    subject: m.digest.subject(digest.scan, digest.complete.length, all, alerts),
    text: [
      m.digest.alerts(alerts, digest.brands),
      m.digest.asked(digest.done, digest.planned),
      ...(digest.gaps.length === 0 ? [m.digest.whole] : [m.scan.notSearched]),
      ...digest.gaps.map((gap) => `  ${defangAll(gapText(gap, m))}`),
    ].join("\n"),
  };
}
