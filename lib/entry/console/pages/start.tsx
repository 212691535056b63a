import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Briefing } from "../../../workflows/desk/briefing.ts";
import { gapText } from "../../text/gap.ts";
import { Page } from "../page.tsx";
import { QueueTable } from "../parts/queue-table.tsx";
import { Said } from "../parts/said.tsx";
import { Age, Moment, Untrusted } from "../parts/text.tsx";
import type { Saying } from "../saying.ts";
import type { View } from "../view.ts";

interface StartProps {
  view: View;
  briefing: Briefing;
  brands: readonly BrandProfile[];
  said: readonly Saying[];
}

/** What one person has to know first: what came since they were here, what waits on them, what is late, what nobody searched. */
export function StartPage({ view, briefing, brands, said }: StartProps) {
  const { t } = view;
  const { since, changed, mine, asleep, approvals, overdue, standing } = briefing;
  return (
    <Page view={view} title={t.start.title} tab="start">
      <Said said={said} />
      <Handed {...{ view, briefing }} />
      <ul class="figures">
        <Figure href="/queue" value={standing.undecided} many={standing.many} label={t.start.undecided} />
        <Figure href="#mine" value={mine.length} label={t.start.mine} />
        <Figure href="#overdue" value={standing.overdue} many={standing.many} label={t.start.overdue} tone="warn" />
        <Figure href="#gaps" value={standing.notSearched.length} label={t.start.notSearched} tone="warn" />
      </ul>
      <section aria-labelledby="changed">
        <h2 id="changed">
          {since === undefined ? t.start.changedLately : t.start.changedSince}{" "}
          {since === undefined ? null : <Moment at={since} />}
        </h2>
        <Rows
          view={view}
          findings={changed}
          brands={brands}
          empty={since === undefined ? t.start.firstVisit : t.start.nothingChanged}
        />
      </section>
      <section aria-labelledby="mine">
        <h2 id="mine">{t.start.mine}</h2>
        <Rows
          view={view}
          findings={mine}
          brands={brands}
          empty={asleep.length > 0 ? t.start.allAsleep : t.start.nothingMine}
        />
        {asleep.length === 0 ? null : (
          <details open>
            <summary>{t.start.asleep(asleep.length)}</summary>
            <ul class="members">
              {asleep.map((finding) => (
                <li>
                  <a href={`/findings/${finding.id}`}>
                    <Untrusted text={finding.listing.name} max={60} />
                  </a>{" "}
                  {finding.snoozed === undefined ? null : (
                    <span class="quiet">
                      {t.handle.asleepUntil} <Moment at={finding.snoozed.until} />:{" "}
                      <Untrusted text={finding.snoozed.reason} max={200} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </details>
        )}
      </section>
      {approvals.length === 0 ? null : (
        <section aria-labelledby="approvals">
          <h2 id="approvals">{t.start.approvals}</h2>
          <ul class="members">
            {approvals.map(({ finding, attempt }) => (
              <li>
                <a href={`/findings/${finding.id}`}>
                  <Untrusted text={finding.listing.name} max={60} />
                </a>{" "}
                <span class="quiet">
                  → <Untrusted text={attempt.recipient} max={60} /> ·{" "}
                  {t.attempts.drafted(attempt.preparer ?? attempt.by)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-labelledby="overdue">
        <h2 id="overdue">{t.start.overdue}</h2>
        {overdue.length === 0 ? (
          <p class="quiet">{t.start.nothingOverdue}</p>
        ) : (
          <ul class="members">
            {overdue.map(({ finding, why, since: from }) => (
              <li>
                <a href={`/findings/${finding.id}`}>
                  <Untrusted text={finding.listing.name} max={60} />
                </a>{" "}
                <span class="quiet">
                  {t.start.overdueWhy[why]} · <Age since={from} view={view} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </section>
      <Gaps {...{ view, briefing }} />
    </Page>
  );
}

function Rows(props: { view: View; findings: Briefing["changed"]; brands: readonly BrandProfile[]; empty: string }) {
  const { view, findings, brands, empty } = props;
  if (findings.length === 0) return <p class="quiet">{empty}</p>;
  return <QueueTable view={view} findings={findings} brands={brands} />;
}

function Figure(props: { href: string; value: number; many?: boolean; label: string; tone?: "warn" }) {
  const { href, value, many = false, label, tone } = props;
  return (
    <li class={tone === "warn" && value > 0 ? "figure warn" : "figure"}>
      <a href={href}>
        <b>
          {value}
          {many ? "+" : ""}
        </b>{" "}
        {label}
      </a>
    </li>
  );
}

/** The note of the shift before, until somebody has signed that they read it. */
function Handed({ view, briefing }: { view: View; briefing: Briefing }) {
  const { t } = view;
  const { handover } = briefing;
  if (handover === undefined) return null;
  const own = handover.by === view.person.name;
  return (
    <section class="panel note-of-shift" aria-labelledby="handed">
      <h2 id="handed">
        {own ? (
          t.handover.own
        ) : (
          <>
            {t.handover.from} <Untrusted text={handover.by} max={60} />
          </>
        )}
      </h2>
      <p class="words">
        <Untrusted text={handover.text} max={600} lines />
      </p>
      <p>
        <a href={`/handover/${handover.id}`}>{own ? t.said.look : t.handover.read}</a>
      </p>
    </section>
  );
}

function Gaps({ view, briefing }: { view: View; briefing: Briefing }) {
  const { t, m } = view;
  const { scan, gaps } = briefing;
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">{t.start.notSearched}</h2>
      {scan === undefined ? (
        <p>{t.start.neverScanned}</p>
      ) : gaps.length === 0 ? (
        <p class="quiet">
          {t.start.allSearched} <Moment at={scan.startedAt} />
        </p>
      ) : (
        <ul class="gaps">
          {gaps.map((part) => (
            <li>
              <Untrusted text={gapText(part, m)} max={300} />
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/coverage">{t.nav.coverage}</a>
      </p>
    </section>
  );
}
