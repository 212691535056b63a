import type { Attempt } from "../../../../domain/finding/event.ts";
import { isPursued, stepsAfter } from "../../../../workflows/triage/attempt.ts";
import { Moment, Untrusted } from "../../parts/text.tsx";
import type { View } from "../../view.ts";
import { findingAction } from "./form.ts";
import type { FindingProps } from "./props.ts";

/** How far each request to each recipient has come, and the next step. */
export function Attempts(props: FindingProps) {
  const { view, finding, may, fourEyes } = props;
  const { t, m } = view;
  const pursued = isPursued(finding);
  return (
    <section class="panel" aria-labelledby="attempts">
      <h2 id="attempts">{m.show.labels.attempts}</h2>
      {finding.attempts.length === 0 ? (
        <p class="quiet">{pursued ? t.attempts.none : t.attempts.confirmFirst}</p>
      ) : null}
      <ul class="attempts">
        {finding.attempts.map((attempt) => (
          <li>
            <AttemptText attempt={attempt} view={view} />
            {may.triage ? <NextSteps {...props} attempt={attempt} /> : null}
          </li>
        ))}
      </ul>
      {pursued && may.triage ? (
        <details>
          <summary>{t.attempts.begin}</summary>
          {fourEyes ? <p class="quiet">{t.attempts.fourEyes}</p> : null}
          <form method="post" action={findingAction(props, "attempt")}>
            <input type="hidden" name="version" value={finding.version} />
            <label class="field">
              {t.attempts.recipient}{" "}
              <input name="recipient" type="text" required maxlength={200} value={finding.listing.source} />
            </label>
            <label class="field">
              {t.attempts.channel} <input name="channel" type="text" required maxlength={100} value="form" />
            </label>
            <label class="field">
              {t.attempts.reference} <input name="reference" type="text" maxlength={200} />
            </label>
            <p class="buttons">
              <button type="submit" name="state" value="drafted">
                {t.attempts.record(m.attemptState.drafted)}
              </button>
              {may.authorise && !fourEyes ? (
                <button type="submit" name="state" value="sent">
                  {t.attempts.record(m.attemptState.sent)}
                </button>
              ) : null}
            </p>
          </form>
        </details>
      ) : null}
    </section>
  );
}

function AttemptText({ attempt, view }: { attempt: Attempt; view: View }) {
  const { m, t } = view;
  return (
    <>
      <b>
        <Untrusted text={attempt.recipient} max={80} />
      </b>{" "}
      <span class={`step ${attempt.state}`}>{m.attemptState[attempt.state]}</span>{" "}
      <span class="quiet">
        <Untrusted text={attempt.channel} max={40} />
        {attempt.reference === undefined ? null : (
          <>
            {" · "}
            <Untrusted text={attempt.reference} max={80} />
          </>
        )}{" "}
        · <Moment at={attempt.at} /> · <Untrusted text={attempt.by} max={60} />
        {attempt.preparer === undefined || attempt.preparer === attempt.by
          ? ""
          : ` · ${t.attempts.drafted(attempt.preparer)}`}
      </span>
    </>
  );
}

function NextSteps(props: FindingProps & { attempt: Attempt }) {
  const { view, finding, may, attempt } = props;
  const { m, t } = view;
  const steps = may.authorise
    ? stepsAfter(attempt.state).filter((state) => state !== "sent" || isPursued(finding))
    : [];
  if (steps.length === 0) return null;
  return (
    <form method="post" action={findingAction(props, "attempt")} class="inline">
      <input type="hidden" name="version" value={finding.version} />
      <input type="hidden" name="recipient" value={attempt.recipient} />
      <input type="hidden" name="channel" value={attempt.channel} />
      <input
        name="reference"
        type="text"
        maxlength={200}
        placeholder={t.attempts.reference}
        aria-label={t.attempts.reference}
      />
      {steps.map((state) => (
        <button type="submit" name="state" value={state}>
          {t.attempts.record(m.attemptState[state])}
        </button>
      ))}
    </form>
  );
}
