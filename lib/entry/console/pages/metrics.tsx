import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Interval, Spread } from "../../../domain/finding/measure.ts";
import type { Measured } from "../../../workflows/measure/measure.ts";
import { Page } from "../page.tsx";
import { Bars } from "../parts/bars.tsx";
import { brandOptions, Choice } from "../parts/choice.tsx";
import { ageText } from "../parts/text.tsx";
import type { View } from "../view.ts";

interface MetricsProps {
  view: View;
  measures: Measured;
  choices: readonly number[];
  days: number;
  brand?: string;
  brands: readonly BrandProfile[];
  sourceNames: Record<string, string>;
}

const INTERVALS = ["detect", "decide", "takedown"] as const;

/** How long things take, and how much there is of them. */
export function MetricsPage(props: MetricsProps) {
  const { view, measures, sourceNames } = props;
  const { t, m } = view;
  const negative = INTERVALS.reduce((sum, name) => sum + measures[name].negative, 0);
  const nothing = measures.findings === 0;
  return (
    <Page view={view} title={t.nav.metrics} tab="metrics">
      <p class="lead">{t.metrics.what}</p>
      <Filters {...props} />
      {nothing ? <p class="panel empty">{t.metrics.empty}</p> : null}
      <div class="tiles">
        {INTERVALS.map((name) => (
          <section class="panel tile" aria-labelledby={name}>
            <h2 id={name}>{t.metrics[name]}</h2>
            <p class="quiet">{t.metrics[`${name}What`]}</p>
            <p class="big">{spent(measures[name].median, view)}</p>
            <p>
              {t.metrics.median} · {t.metrics.p90}: {spent(measures[name].p90, view)} · {t.metrics.counted}:{" "}
              {measures[name].count}
            </p>
            <ByStore view={view} interval={measures[name]} sourceNames={sourceNames} name={t.metrics[name]} />
          </section>
        ))}
      </div>
      {measures.weeks.length === 0 ? null : (
        <section class="panel" aria-labelledby="weeks">
          <h2 id="weeks">{t.metrics.weeks}</h2>
          <Bars
            label={t.metrics.weeks}
            head={t.metrics.week}
            series={[t.metrics.newAlerts, t.metrics.removed]}
            rows={measures.weeks
              .slice(-26)
              .map(({ monday, alerts, removed }) => ({ name: monday, values: [alerts, removed] }))}
          />
        </section>
      )}
      {Object.keys(measures.dispositions).length === 0 ? null : (
        <section class="panel" aria-labelledby="decisions">
          <h2 id="decisions">{t.metrics.decisions}</h2>
          <Bars
            label={t.metrics.decisions}
            head={t.metrics.decisions}
            series={[t.metrics.count]}
            rows={Object.entries(measures.dispositions).map(([name, count]) => ({
              name: m.disposition[name as keyof typeof m.disposition],
              values: [count ?? 0],
            }))}
          />
        </section>
      )}
      {measures.cut ? <p class="quiet">{t.metrics.cut}</p> : null}
      {negative > 0 ? <p class="quiet">{t.metrics.odd(negative)}</p> : null}
    </Page>
  );
}

function Filters({ view, choices, days, brand, brands }: MetricsProps) {
  const { t } = view;
  const spans = choices.map((choice) => ({ value: String(choice), text: String(choice) }));
  return (
    <form method="get" action="/metrics" class="filters">
      <Choice label={t.queue.brand} name="brand" options={brandOptions(brands, view)} chosen={brand} none={t.all} />
      <Choice label={t.metrics.days} name="days" options={spans} chosen={String(days)} />
      <button type="submit">{t.metrics.show}</button>
    </form>
  );
}

function ByStore(props: { view: View; interval: Interval; sourceNames: Record<string, string>; name: string }) {
  const { view, interval, sourceNames, name } = props;
  const { t } = view;
  const rows = Object.entries(interval.bySource);
  if (rows.length === 0) return null;
  return (
    <table class="by-store">
      <caption>{`${t.metrics.byStore}: ${name}`}</caption>
      <thead>
        <tr>
          <th scope="col">{t.queue.store}</th>
          <th scope="col">{t.metrics.median}</th>
          <th scope="col">{t.metrics.p90}</th>
          <th scope="col">{t.metrics.counted}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(([source, spread]: [string, Spread]) => (
          <tr>
            <th scope="row">{sourceNames[source] ?? source}</th>
            <td>{spent(spread.median, view)}</td>
            <td>{spent(spread.p90, view)}</td>
            <td>{spread.count}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function spent(ms: number | undefined, view: View): string {
  return ms === undefined ? "–" : ageText(ms, view);
}
