// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens the rows are laid out as a grid, which takes a table its roles
import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import { Page } from "../page.tsx";
import { StateText, VerdictBadge } from "../parts/badges.tsx";
import { DecisionFields } from "../parts/decision.tsx";
import { IconPair } from "../parts/icons.tsx";
import { MarkedName } from "../parts/names.tsx";
import { Said } from "../parts/said.tsx";
import { Age, Untrusted } from "../parts/text.tsx";
import { type QueueWish, queueQuery, STAGES, VERDICTS } from "../queue-wish.ts";
import type { Saying } from "../saying.ts";
import type { View } from "../view.ts";

interface QueueProps {
  view: View;
  wish: QueueWish;
  brands: readonly BrandProfile[];
  sources: readonly { id: string; name: string }[];
  page: { findings: Finding[]; cursor?: string };
  mayTriage: boolean;
  said: readonly Saying[];
}

/** What waits for a decision, the surest first. */
export function QueuePage({ view, wish, brands, sources, page, mayTriage, said }: QueueProps) {
  const { t } = view;
  const query = queueQuery(wish);
  return (
    <Page view={view} title={t.queue.title} tab="queue">
      <Said said={said} />
      <Filters view={view} wish={wish} brands={brands} sources={sources} />
      {page.findings.length === 0 ? (
        <EmptyQueue view={view} />
      ) : (
        <form method="post" action={`/queue?${query}`} class="bulk">
          <QueueTable view={view} findings={page.findings} brands={brands} query={query} selectable={mayTriage} />
          <p class="pager">
            {t.queue.shown(page.findings.length)}{" "}
            {page.cursor === undefined ? null : (
              <a href={`/queue?${queueQuery({ ...wish, cursor: page.cursor })}`}>{t.queue.next}</a>
            )}
          </p>
          {mayTriage ? (
            <fieldset class="panel bulk-form">
              <legend>{t.queue.bulk}</legend>
              <p class="quiet">{t.queue.bulkHint}</p>
              <DecisionFields view={view} mayAuthorise={false} prefix="bulk" />
              <p>
                <button type="submit" class="primary">
                  {t.queue.decideSelected}
                </button>
              </p>
            </fieldset>
          ) : null}
        </form>
      )}
    </Page>
  );
}

/** Findings as rows; also used where a page lists a few. */
export function QueueTable(props: {
  view: View;
  findings: readonly Finding[];
  brands: readonly BrandProfile[];
  query?: string;
  selectable?: boolean;
}) {
  const { view, findings, brands, query, selectable = false } = props;
  const { t } = view;
  return (
    <table class="queue" role="table">
      <thead role="rowgroup">
        <tr role="row">
          {selectable ? (
            <th scope="col" role="columnheader" class="select">
              <span class="visually-hidden">{t.queue.select}</span>
            </th>
          ) : null}
          <th scope="col" role="columnheader">
            {t.queue.icons}
          </th>
          <th scope="col" role="columnheader">
            {t.queue.name}
          </th>
          <th scope="col" role="columnheader">
            {t.queue.verdict}
          </th>
          <th scope="col" role="columnheader">
            {t.queue.state}
          </th>
          <th scope="col" role="columnheader">
            {t.queue.age}
          </th>
          <th scope="col" role="columnheader">
            {t.queue.assignee}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {findings.map((finding) => (
          <QueueRow view={view} finding={finding} brands={brands} query={query} selectable={selectable} />
        ))}
      </tbody>
    </table>
  );
}

function QueueRow(props: {
  view: View;
  finding: Finding;
  brands: readonly BrandProfile[];
  query?: string;
  selectable: boolean;
}) {
  const { view, finding, brands, query, selectable } = props;
  const { t } = view;
  const { id, listing, assignee } = finding;
  const brand = brands.find((one) => one.id === finding.brand);
  const href = `/findings/${id}${query === undefined ? "" : `?queue=${encodeURIComponent(query)}`}`;
  return (
    <tr role="row" data-row="">
      {selectable ? (
        <td role="cell" class="select">
          <input type="checkbox" name="finding" value={`${id}:${finding.version}`} aria-label={t.queue.selectOne(id)} />
        </td>
      ) : null}
      <td role="cell" class="icons">
        <IconPair finding={finding} brand={brand} view={view} />
      </td>
      <td role="cell" class="name">
        <a href={href}>
          <MarkedName finding={finding} />
        </a>
        <span class="quiet">
          <Untrusted text={listing.packageName ?? listing.key} max={60} /> · {listing.source} ·{" "}
          {brand?.title ?? finding.brand}
        </span>
      </td>
      <td role="cell" class="verdict">
        <VerdictBadge finding={finding} view={view} />
      </td>
      <td role="cell" class="state">
        <StateText finding={finding} view={view} />
      </td>
      <td role="cell" class="age">
        <Age since={finding.firstSeen} view={view} />
      </td>
      <td role="cell" class="assignee">
        {assignee === undefined ? "–" : <Untrusted text={assignee} max={40} />}
      </td>
    </tr>
  );
}

function EmptyQueue({ view: { t } }: { view: View }) {
  return (
    <div class="panel empty">
      <p>{t.queue.empty}</p>
      <p>
        {t.queue.emptyHint} <a href="/coverage">{t.nav.coverage}</a>
      </p>
    </div>
  );
}

function Filters({ view, wish, brands, sources }: Pick<QueueProps, "view" | "wish" | "brands" | "sources">) {
  const { t, m } = view;
  return (
    <form method="get" action="/queue" class="filters" aria-label={t.queue.filters}>
      <label>
        {t.queue.brand}
        <select name="brand">
          <option value="">{t.all}</option>
          {brands.map(({ id, title }) => (
            <option value={id} selected={wish.brand === id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.queue.stage}
        <select name="stage">
          <option value="">{t.queue.undecided}</option>
          {STAGES.map((stage) => (
            <option value={stage} selected={wish.stage === stage}>
              {m.stage[stage]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.queue.verdict}
        <select name="verdict">
          <option value="">{t.queue.telling}</option>
          {VERDICTS.map((verdict) => (
            <option value={verdict} selected={wish.verdict === verdict}>
              {m.verdict[verdict]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.queue.store}
        <select name="source">
          <option value="">{t.all}</option>
          {sources.map(({ id, name }) => (
            <option value={id} selected={wish.source === id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.queue.assignee}
        <select name="assignee">
          <option value="">{t.all}</option>
          <option value="me" selected={wish.assignee === "me"}>
            {t.queue.mine}
          </option>
        </select>
      </label>
      <label class="tick">
        <input type="checkbox" name="asleep" value="1" checked={wish.asleep} /> {t.queue.asleep}
      </label>
      <button type="submit">{t.queue.apply}</button>
    </form>
  );
}
