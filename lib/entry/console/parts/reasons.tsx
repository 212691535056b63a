import { RULESET } from "../../../domain/assess/ruleset.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { Signal } from "../../../domain/match/signal.ts";
import { weightText } from "../../text/reasons.ts";
import type { View } from "../view.ts";
import { Untrusted } from "./text.tsx";

/** Every reason with its weight; from the base on they add up to the score. */
export function Reasons({ finding, view }: { finding: Finding; view: View }) {
  const { m, t } = view;
  const { signals, score } = finding.assessment;
  const sum = signals.reduce((total, { weight }) => total + weight, RULESET.prior as number);
  const sorted = [...signals].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return (
    <table class="reasons">
      <thead>
        <tr>
          <th scope="col" class="number">
            {t.reasons.weight}
          </th>
          <th scope="col">{t.reasons.reason}</th>
          <th scope="col">{t.reasons.facts}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td class="number">{weightText(RULESET.prior)}</td>
          <td>{m.show.base}</td>
          <td />
        </tr>
        {sorted.map((signal) => (
          <tr class={signal.weight < 0 ? "doubt" : ""}>
            <td class="number">{weightText(signal.weight)}</td>
            <td>{m.rule[signal.rule]}</td>
            <td>
              <Facts signal={signal} view={view} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td class="number">{weightText(sum)}</td>
          <td colSpan={2}>{t.reasons.sum(score.toFixed(4))}</td>
        </tr>
      </tfoot>
    </table>
  );
}

function Facts({ signal, view }: { signal: Signal; view: View }) {
  const facts = Object.entries(signal.facts);
  return (
    <>
      {facts.map(([key, value], at) => (
        <>
          {at > 0 ? ", " : ""}
          <span class="fact">{view.t.fact[key] ?? key}</span>{" "}
          {typeof value === "string" ? <Untrusted text={value} max={80} /> : String(value)}
        </>
      ))}
    </>
  );
}
