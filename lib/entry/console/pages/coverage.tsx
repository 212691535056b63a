import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { ScanRecord } from "../../../domain/finding/scan-book.ts";
import { UNSEARCHED } from "../../../sources/unsearchable.ts";
import { brandTitle } from "../brand-title.ts";
import type { CoverageGrid, GridCell } from "../coverage-grid.ts";
import { Page } from "../page.tsx";
import { Choice } from "../parts/choice.tsx";
import { Scroller } from "../parts/scroller.tsx";
import { Moment } from "../parts/text.tsx";
import type { View } from "../view.ts";

interface CoverageProps {
  view: View;
  scan?: ScanRecord;
  scans: readonly ScanRecord[];
  brands: readonly BrandProfile[];
  grid: CoverageGrid;
}

const SHAPES: Record<GridCell["state"], string> = { complete: "✓", partial: "◐", failed: "✕", none: "–" };

/** What the last scan asked every store for every brand. Grey is "not searched", and there is more of it than any scan shows. */
export function CoveragePage({ view, scan, scans, brands, grid }: CoverageProps) {
  const { t, language } = view;
  return (
    <Page view={view} title={t.nav.coverage} tab="coverage">
      {scan === undefined ? (
        <p class="panel empty">{t.start.neverScanned}</p>
      ) : (
        <>
          <form method="get" action="/coverage" class="filters">
            <Choice label={t.coverage.scan} name="scan" options={scans.map(scanOption)} chosen={scan.scan} />
            <button type="submit">{t.coverage.show}</button>
            <span class="quiet">
              {t.coverage.began} <Moment at={scan.startedAt} />
              {scan.finishedAt === undefined ? ` · ${t.coverage.running}` : ""}
            </span>
          </form>
          <Scroller label={t.nav.coverage}>
            <table class="grid">
              <caption>{t.coverage.legend}</caption>
              <thead>
                <tr>
                  <th scope="col">{t.queue.store}</th>
                  {brands.map((brand) => (
                    <th scope="col">
                      <a href={`/brands/${brand.id}`}>{brandTitle(brand, view)}</a>
                    </th>
                  ))}
                  <th scope="col">{t.coverage.whole}</th>
                </tr>
              </thead>
              <tbody>
                {grid.rows.map(({ source, name, cells, whole, note, truncated }) => (
                  <tr>
                    <th scope="row">
                      <a href={`/sources#${source}`}>{name[language]}</a>
                    </th>
                    {cells.map((cell) => (
                      <Cell cell={cell} view={view} />
                    ))}
                    <td class={`cell ${whole.state}`}>
                      <span aria-hidden="true">{SHAPES[whole.state]}</span> {t.coverage.states[whole.state]}
                      {note === undefined ? null : <div class="quiet">{note}</div>}
                      {truncated === 0 ? null : <div class="quiet">{t.coverage.cutShort(truncated)}</div>}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroller>
        </>
      )}
      <section aria-labelledby="nobody">
        <h2 id="nobody">{t.coverage.nobody}</h2>
        <table class="unsearched">
          <thead>
            <tr>
              <th scope="col">{t.queue.store}</th>
              <th scope="col">{t.coverage.state}</th>
              <th scope="col">{t.coverage.reason}</th>
            </tr>
          </thead>
          <tbody>
            {UNSEARCHED.map(({ name, kind, why }) => (
              <tr>
                <th scope="row">{name[language]}</th>
                <td class="cell none">
                  <span aria-hidden="true">–</span> {t.coverage.kinds[kind]}
                </td>
                <td>{why[language]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Page>
  );
}

function scanOption({ scan }: ScanRecord): { value: string; text: string } {
  return { value: scan, text: scan };
}

function Cell({ cell, view }: { cell: GridCell; view: View }) {
  const { t } = view;
  return (
    <td class={`cell ${cell.state}`}>
      <span aria-hidden="true">{SHAPES[cell.state]}</span>{" "}
      {cell.state === "none" ? t.coverage.states.none : `${cell.done}/${cell.planned}`}
      {cell.blind ? <div class="quiet">{t.coverage.blind}</div> : null}
    </td>
  );
}
