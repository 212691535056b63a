import { Moment, Untrusted } from "../../parts/text.tsx";
import { findingAction, valuesOf } from "./form.ts";
import type { FindingProps } from "./props.ts";

/** In whose hands the case is, setting it aside, and opening it again. */
export function Handle(props: FindingProps) {
  const { view, finding } = props;
  const { t } = view;
  const snooze = valuesOf(props, "snooze");
  const { assignee, snoozed, version, stage } = finding;
  const mine = assignee === view.person.name;
  const asleep = snoozed !== undefined && snoozed.until > view.now;
  return (
    <section class="panel handle" aria-labelledby="handle">
      <h2 id="handle">{t.handle.title}</h2>
      <form method="post" action={findingAction(props, "assign")} class="inline">
        <input type="hidden" name="version" value={version} />
        <span>
          {t.queue.assignee}: {assignee === undefined ? t.handle.nobody : <Untrusted text={assignee} max={60} />}
        </span>{" "}
        {mine ? (
          <button type="submit" name="to" value="">
            {t.handle.release}
          </button>
        ) : (
          <button type="submit" name="to" value={view.person.name} data-key="m">
            {t.handle.take} <kbd>m</kbd>
          </button>
        )}
      </form>
      <details>
        <summary>{t.handle.giveTo}</summary>
        <form method="post" action={findingAction(props, "assign")}>
          <input type="hidden" name="version" value={version} />
          <label class="field">
            {t.handle.person} <input name="to" type="text" required maxlength={200} autocomplete="off" />
          </label>
          <button type="submit">{t.handle.give}</button>
        </form>
      </details>
      {asleep ? (
        <form method="post" action={findingAction(props, "wake")} class="asleep">
          <input type="hidden" name="version" value={version} />
          {t.handle.asleepUntil} <Moment at={snoozed.until} />: <Untrusted text={snoozed.reason} max={300} /> (
          <Untrusted text={snoozed.by} max={60} />) <button type="submit">{t.handle.wake}</button>
        </form>
      ) : null}
      {stage === "closed" ? null : (
        <details open={"until" in snooze}>
          <summary>{t.handle.snooze}</summary>
          <form method="post" action={findingAction(props, "snooze")}>
            <input type="hidden" name="version" value={version} />
            <label class="field">
              {t.handle.until} <input type="date" name="until" value={snooze.until} required />
            </label>
            <label class="field">
              {t.handle.reason} <input type="text" name="reason" value={snooze.reason} required maxlength={500} />
            </label>
            <button type="submit">{t.handle.snoozeIt}</button>
          </form>
        </details>
      )}
      {stage === "new" || stage === "triaging" ? null : (
        <details>
          <summary>{t.handle.reopen}</summary>
          <form method="post" action={findingAction(props, "reopen")}>
            <input type="hidden" name="version" value={version} />
            <label class="field">
              {t.handle.reason} <input type="text" name="reason" required maxlength={500} />
            </label>
            <button type="submit">{t.handle.reopenIt}</button>
          </form>
        </details>
      )}
    </section>
  );
}
