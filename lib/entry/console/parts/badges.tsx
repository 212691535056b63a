import type { Verdict } from "../../../domain/assess/assessment.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { View } from "../view.ts";

/** A shape beside each word, so that nothing is said by colour alone. */
const SHAPES: Record<Verdict, string> = {
  impersonation: "▲",
  repackaged: "◆",
  suspicious: "●",
  unproved: "?",
  unregistered: "+",
  copy: "⧉",
  official: "✓",
  unrelated: "○",
};

const TONES: Record<Verdict, "alert" | "warn" | "calm"> = {
  impersonation: "alert",
  repackaged: "alert",
  suspicious: "warn",
  unproved: "warn",
  unregistered: "warn",
  copy: "calm",
  official: "calm",
  unrelated: "calm",
};

/** Verdicts that a proof decides; how much the listing resembles us says nothing of them. */
const PROVED: readonly Verdict[] = ["official", "copy", "unregistered"];

/** The machine's verdict in words, and beside it, where likeness led to it, the score. */
export function VerdictBadge({ finding, view }: { finding: Finding; view: View }) {
  const { verdict, score } = finding.assessment;
  const { t, m } = view;
  return (
    <span class="judged">
      <span class={`badge ${TONES[verdict]}`}>
        <span aria-hidden="true">{SHAPES[verdict]}</span> {m.verdict[verdict]}
      </span>{" "}
      <span class="quiet">{PROVED.includes(verdict) ? t.proved : t.score(score.toFixed(2))}</span>
    </span>
  );
}

/** What people made of it, and whether it is still out there. */
export function StateText({ finding, view }: { finding: Finding; view: View }) {
  const { m, t } = view;
  const { stage, disposition, liveness, snoozed } = finding;
  const words = [
    disposition === undefined ? m.stage[stage] : `${m.stage[stage]}${m.colon}${m.disposition[disposition.value]}`,
    m.liveness[liveness],
    ...(snoozed !== undefined && snoozed.until > view.now ? [t.asleepUntil(snoozed.until.slice(0, 10))] : []),
  ];
  return <>{words.join(" · ")}</>;
}
