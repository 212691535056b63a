import { olderThan } from "../../../../domain/finding/ledger.ts";
import { eventText } from "../../../text/events.ts";
import { Moment, Untrusted } from "../../parts/text.tsx";
import { findingAction } from "./form.ts";
import type { FindingProps } from "./props.ts";

const MOST_SHOWN = 100;

/** Who did what, when and why; the latest first. Nothing of it can be taken back, only followed by something else. */
export function Timeline(props: FindingProps) {
  const { view, history, finding, may } = props;
  const { t, m } = view;
  const events = history.flatMap((commit) => commit.events).reverse();
  const earlier = olderThan(history) + Math.max(0, events.length - MOST_SHOWN);
  return (
    <section class="panel" aria-labelledby="timeline">
      <h2 id="timeline">{m.show.history}</h2>
      {may.triage ? (
        <form method="post" action={findingAction(props, "note")} class="note">
          <input type="hidden" name="version" value={finding.version} />
          <label class="field" for="note-text">
            {t.timeline.note}
          </label>
          <textarea id="note-text" name="text" rows={2} maxlength={4_000} required data-note="" />
          <button type="submit">{t.timeline.addNote}</button>
        </form>
      ) : null}
      <ol class="timeline">
        {events.slice(0, MOST_SHOWN).map((event) => (
          <li class={event.by === "scan" ? "machine" : "person"}>
            <Moment at={event.at} />{" "}
            <b>{event.by === "scan" ? t.timeline.scan : <Untrusted text={event.by} max={60} />}</b>
            {event.onBehalfOf === undefined ? "" : ` (${t.timeline.onBehalfOf(event.onBehalfOf)})`}{" "}
            <Untrusted text={eventText(event, m)} max={700} />
          </li>
        ))}
      </ol>
      {earlier > 0 ? <p class="quiet">{t.more(earlier)}</p> : null}
    </section>
  );
}
