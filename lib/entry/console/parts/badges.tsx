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

/** The machine's verdict in words, and its score as a number. */
export function VerdictBadge({ finding, view }: { finding: Finding; view: View }) {
  const { verdict, score } = finding.assessment;
  return (
    <span class={`badge ${TONES[verdict]}`}>
      <span aria-hidden="true">{SHAPES[verdict]}</span> {view.m.verdict[verdict]} <b>{score.toFixed(2)}</b>
    </span>
  );
}

/** What people made of it, and whether it is still out there. */
export function StateText({ finding, view }: { finding: Finding; view: View }) {
  const { m } = view;
  const { stage, disposition, liveness } = finding;
  const words = [
    disposition === undefined ? m.stage[stage] : `${m.stage[stage]}: ${m.disposition[disposition.value]}`,
    m.liveness[liveness],
  ];
  return <>{words.join(" · ")}</>;
}
