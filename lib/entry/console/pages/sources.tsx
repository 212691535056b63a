import type { Coverage } from "../../../domain/finding/coverage.ts";
import type { SourceHealth } from "../../../domain/finding/scan-book.ts";
import type { SourceManifest } from "../../../sources/source.ts";
import { Page } from "../page.tsx";
import { Moment, Untrusted } from "../parts/text.tsx";
import type { View } from "../view.ts";

/** One store: what it can do, how it fares, and what it answered where that could not be read. */
export interface SourceRow {
  about: SourceManifest;
  can: readonly string[];
  health?: SourceHealth;
  /** What the latest scan asked it. */
  part?: Coverage;
  /** The beginning of an answer that could not be read. */
  sample?: string;
}

export function SourcesPage({ view, rows }: { view: View; rows: readonly SourceRow[] }) {
  const { t } = view;
  return (
    <Page view={view} title={t.nav.sources} tab="sources">
      <p class="lead">{t.sources.what}</p>
      {rows.map((row) => (
        <SourceCard view={view} row={row} />
      ))}
    </Page>
  );
}

function SourceCard({ view, row }: { view: View; row: SourceRow }) {
  const { t, m, language } = view;
  const { about, can, health, part, sample } = row;
  const state = health === undefined ? "unknown" : health.failingSince === undefined ? "good" : "bad";
  return (
    <article class="panel source" id={about.id}>
      <h2>
        {about.name[language]} <code>{about.id}</code> <span class={`health ${state}`}>{t.sources.states[state]}</span>
      </h2>
      {about.notes === undefined ? null : <p>{about.notes[language]}</p>}
      <dl class="facts">
        <dt>{t.sources.kind}</dt>
        <dd>{t.sources.kinds[about.kind]}</dd>
        <dt>{t.sources.can}</dt>
        <dd>{can.map((method) => t.sources.abilities[method] ?? method).join(" · ") || "–"}</dd>
        <dt>{t.sources.proof}</dt>
        <dd>
          {m.sources.proof[about.proof]} ·{" "}
          {health?.provedLiveAt === undefined ? (
            m.sources.unproven
          ) : (
            <>
              {m.sources.proved} <Moment at={health.provedLiveAt} />
            </>
          )}
        </dd>
        <dt>{t.sources.canary}</dt>
        <dd>
          <Untrusted text={about.canary.expectKey} max={80} /> ({about.canary.term}) ·{" "}
          {t.sources.canaryStates[part?.canary ?? "none"]}
        </dd>
        <dt>{t.sources.lastGood}</dt>
        <dd>{health?.lastGood === undefined ? m.sources.never : <Moment at={health.lastGood} />}</dd>
        {health?.failingSince === undefined ? null : (
          <>
            <dt>{t.sources.failing}</dt>
            <dd>
              <Moment at={health.failingSince} /> — {m.failure[health.failure?.kind ?? ""] ?? ""}{" "}
              <Untrusted text={health.failure?.detail ?? ""} max={240} />
            </dd>
          </>
        )}
        {part === undefined ? null : (
          <>
            <dt>{t.sources.lastScan}</dt>
            <dd>
              {t.sources.asked(part.done, part.planned)} · {t.sources.read(part.listings, part.dropped, part.truncated)}
            </dd>
          </>
        )}
      </dl>
      {part === undefined || part.failures.length === 0 ? null : (
        <ul class="gaps">
          {part.failures.slice(0, 5).map(({ kind, detail, count }) => (
            <li>
              {count} × {m.failure[kind] ?? kind} <Untrusted text={detail} max={240} />
            </li>
          ))}
        </ul>
      )}
      {sample === undefined ? null : (
        <details>
          <summary>{t.sources.sample}</summary>
          <pre class="sample">
            <Untrusted text={sample} max={2_000} />
          </pre>
        </details>
      )}
    </article>
  );
}
