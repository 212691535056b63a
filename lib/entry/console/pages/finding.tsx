import type { Finding } from "../../../domain/finding/finding.ts";
import { msOf } from "../../../kernel/time.ts";
import { shortReasons } from "../../text/reasons.ts";
import { brandTitle } from "../brand-title.ts";
import { Page } from "../page.tsx";
import { StateText, VerdictBadge } from "../parts/badges.tsx";
import { AlignedNames, AlignedPackages } from "../parts/names.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { Said } from "../parts/said.tsx";
import { Scroller } from "../parts/scroller.tsx";
import { ageText, Untrusted } from "../parts/text.tsx";
import type { View } from "../view.ts";
import { Attempts } from "./finding/attempts.tsx";
import { Claims } from "./finding/claims.tsx";
import { CompareIcons } from "./finding/compare-icons.tsx";
import { Decide } from "./finding/decide.tsx";
import { Handle } from "./finding/handle.tsx";
import type { FindingProps } from "./finding/props.ts";
import { RecordedListing } from "./finding/recorded-listing.tsx";
import { RelatedPart } from "./finding/related.tsx";
import { Timeline } from "./finding/timeline.tsx";

export function FindingPage(props: FindingProps) {
  const { view, finding, brand, said, may } = props;
  const { t, m } = view;
  const { listing, assessment } = finding;
  return (
    <Page view={view} title={<Untrusted text={listing.name} max={80} />} name={t.finding.title(finding.id)} tab="queue">
      <Said said={said} />
      <Neighbours {...props} />
      <section class="headline" aria-label={t.finding.summary}>
        <VerdictBadge finding={finding} view={view} />
        <span class="quiet">
          {t.finding.concerns(
            brand === undefined ? finding.brand : brandTitle(brand, view),
            view.storeName(listing.source),
          )}{" "}
          · <StateText finding={finding} view={view} /> ·{" "}
          {t.finding.seen(ageText(msOf(view.now) - msOf(finding.firstSeen), view))} · {finding.id}
        </span>
        <p class="verdict-says">
          <b>{t.verdictSays[assessment.verdict]}</b> {shortReasons(assessment.signals, m)}
        </p>
        {finding.lastChange === undefined ? null : <LastChange finding={finding} view={view} />}
      </section>
      <div class="columns">
        <div class="main-column">
          <section class="panel comparison" aria-labelledby="compare">
            <h2 id="compare">{t.finding.compare}</h2>
            <CompareIcons finding={finding} brand={brand} view={view} />
            <h3>{t.names.title}</h3>
            <AlignedNames finding={finding} brand={brand} view={view} />
            <AlignedPackages finding={finding} brand={brand} view={view} />
          </section>
          <Claims finding={finding} brand={brand} view={view} />
          <section class="panel evidence-first" aria-labelledby="why">
            <h2 id="why">{t.reasons.title}</h2>
            <Scroller labelledBy="why">
              <Reasons finding={finding} view={view} />
            </Scroller>
          </section>
          <RecordedListing {...props} />
        </div>
        <div class="side-column">
          {may.triage ? <Decide {...props} /> : <p class="panel quiet">{t.finding.readOnly}</p>}
          {may.triage ? <Handle {...props} /> : null}
          <Attempts {...props} />
          <RelatedPart {...props} />
        </div>
      </div>
      <Timeline {...props} />
    </Page>
  );
}

/** Where the neighbours are is looked up when somebody goes there. */
function Neighbours({ view, finding, queue }: FindingProps) {
  const { t } = view;
  const query = queue === "" ? "" : `?queue=${encodeURIComponent(queue)}`;
  return (
    <nav class="neighbours" aria-label={t.finding.neighbours}>
      <a href={`/queue?${queue}`}>↑ {t.nav.queue}</a>
      <a href={`/findings/${finding.id}/previous${query}`} rel="prev" data-key="k">
        ← {t.finding.previous} <kbd>k</kbd>
      </a>
      <a href={`/findings/${finding.id}/next${query}`} rel="next" data-key="j">
        {t.finding.next} <kbd>j</kbd> →
      </a>
    </nav>
  );
}

function LastChange({ finding, view }: { finding: Finding; view: View }) {
  const { m, t } = view;
  return (
    <ul class="changes">
      {(finding.lastChange ?? []).map(({ field, from, to }) => (
        <li>
          {t.finding.changed(m.field[field])} <Untrusted text={from} max={60} /> → <Untrusted text={to} max={60} />
        </li>
      ))}
    </ul>
  );
}
