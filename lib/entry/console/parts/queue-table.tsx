// biome-ignore-all lint/a11y/noRedundantRoles: on narrow screens the rows are laid out as a grid, which takes a table its roles
import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import { brandTitle } from "../brand-title.ts";
import type { View } from "../view.ts";
import { StateText, VerdictBadge } from "./badges.tsx";
import { IconPair } from "./icons.tsx";
import { MarkedName } from "./names.tsx";
import { Age, MachineName, Untrusted } from "./text.tsx";

/** Findings as rows, with what tells one from another. */
export function QueueTable(props: {
  view: View;
  findings: readonly Finding[];
  brands: readonly BrandProfile[];
  query?: string;
  selectable?: boolean;
  ticked?: readonly string[];
}) {
  const { view, findings, brands, query, selectable = false, ticked = [] } = props;
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
          <QueueRow
            view={view}
            finding={finding}
            brands={brands}
            query={query}
            selectable={selectable}
            ticked={ticked.includes(finding.id)}
          />
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
  ticked: boolean;
}) {
  const { view, finding, brands, query, selectable, ticked } = props;
  const { t } = view;
  const { id, listing, assignee } = finding;
  const brand = brands.find((one) => one.id === finding.brand);
  const href = `/findings/${id}${query === undefined ? "" : `?queue=${encodeURIComponent(query)}`}`;
  return (
    <tr role="row" data-row="">
      {selectable ? (
        <td role="cell" class="select">
          <input
            type="checkbox"
            name="finding"
            value={`${id}:${finding.version}`}
            checked={ticked}
            aria-label={t.queue.selectOne(id)}
          />
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
          <MachineName text={listing.packageName ?? listing.key} max={60} /> · {view.storeName(listing.source)} ·{" "}
          {brand === undefined ? finding.brand : brandTitle(brand, view)}
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
