import { DISPOSITIONS } from "../../../workflows/triage/decide.ts";
import type { View } from "../view.ts";

/** One key for each conclusion; the script listens for them. */
export const DECISION_KEYS = {
  impersonation: "i",
  repackaged: "r",
  authorised: "a",
  unrelated: "u",
  duplicate: "d",
} as const;

/** A person's conclusion and the reason for it, which is never left out. `prefix` keeps ids apart where a page has several. */
export function DecisionFields(props: {
  view: View;
  mayAuthorise: boolean;
  prefix: string;
  reason?: string;
  chosen?: string;
  expires?: string;
}) {
  const { view, mayAuthorise, prefix, reason = "", chosen, expires } = props;
  const { m, t } = view;
  const offered = DISPOSITIONS.filter((disposition) => mayAuthorise || disposition !== "authorised");
  return (
    <>
      <fieldset class="choices">
        <legend>{t.decide.what}</legend>
        {offered.map((disposition) => (
          <label>
            <input
              type="radio"
              name="disposition"
              value={disposition}
              required
              checked={chosen === disposition}
              data-key={DECISION_KEYS[disposition]}
            />{" "}
            {m.disposition[disposition]} <kbd>{DECISION_KEYS[disposition]}</kbd>
          </label>
        ))}
      </fieldset>
      <label class="field" for={`${prefix}-reason`}>
        {t.decide.why}
      </label>
      <input
        id={`${prefix}-reason`}
        name="reason"
        type="text"
        required
        maxlength={500}
        value={reason}
        autocomplete="off"
        data-reason=""
        placeholder={t.decide.whyExample}
      />
      <p class="offer quiet" data-offer="" hidden>
        <kbd>↑</kbd> {t.decide.last} <span data-last="" />
      </p>
      {mayAuthorise ? (
        <label class="field expires">
          {t.decide.expires} <input type="date" name="expires" value={expires} />
        </label>
      ) : null}
    </>
  );
}
