import { DecisionFields } from "../../parts/decision.tsx";
import { Moment, Untrusted } from "../../parts/text.tsx";
import { findingAction, valuesOf } from "./form.ts";
import type { FindingProps } from "./props.ts";

/** What was decided, and the form for deciding. */
export function Decide(props: FindingProps) {
  const { view, finding, may } = props;
  const entered = valuesOf(props, "decide");
  const { t, m } = view;
  const { disposition } = finding;
  return (
    <section class="panel decide" aria-labelledby="decide">
      <h2 id="decide">{t.decide.title}</h2>
      {disposition === undefined ? null : (
        <p class="decided">
          {m.disposition[disposition.value]} — <Untrusted text={disposition.reason} max={300} />
          <br />
          <span class="quiet">
            <Untrusted text={disposition.by} max={60} /> · <Moment at={disposition.at} />
            {disposition.expires === undefined ? "" : ` · ${m.show.until("", disposition.expires.slice(0, 10)).trim()}`}
          </span>
        </p>
      )}
      <form method="post" action={findingAction(props, "decide")} data-decide={finding.brand}>
        <input type="hidden" name="version" value={finding.version} />
        <DecisionFields
          view={view}
          mayAuthorise={may.authorise}
          prefix="decide"
          reason={entered.reason}
          chosen={entered.disposition}
          expires={entered.expires}
        />
        <p class="buttons">
          <button type="submit" class="primary" name="go" value="next">
            {t.decide.andNext} <kbd>↵</kbd>
          </button>
          <button type="submit" name="go" value="stay">
            {t.decide.andStay}
          </button>
        </p>
      </form>
    </section>
  );
}
