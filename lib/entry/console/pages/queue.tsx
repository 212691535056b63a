import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { Entered } from "../bulk.ts";
import { Page } from "../page.tsx";
import { BulkForm } from "../parts/bulk-form.tsx";
import { brandOptions, Choice } from "../parts/choice.tsx";
import { Said } from "../parts/said.tsx";
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
  entered?: Entered;
}

/** What waits for a decision, the surest first. */
export function QueuePage({ view, wish, brands, sources, page, mayTriage, said, entered }: QueueProps) {
  const { t } = view;
  const query = queueQuery(wish);
  return (
    <Page view={view} title={t.queue.title} tab="queue">
      <Said said={said} />
      <Filters view={view} wish={wish} brands={brands} sources={sources} />
      {page.findings.length === 0 ? (
        <EmptyQueue view={view} />
      ) : (
        <BulkForm
          view={view}
          action={`/queue?${query}`}
          findings={page.findings}
          brands={brands}
          query={query}
          mayTriage={mayTriage}
          hint={t.queue.bulkHint}
          entered={entered}
        >
          <p class="pager">
            {t.queue.shown(page.findings.length)}{" "}
            {wish.cursor === undefined ? null : (
              <a href={`/queue?${queueQuery({ ...wish, cursor: undefined })}`}>{t.queue.first}</a>
            )}{" "}
            {page.cursor === undefined ? null : (
              <a href={`/queue?${queueQuery({ ...wish, cursor: page.cursor })}`}>{t.queue.next}</a>
            )}
          </p>
        </BulkForm>
      )}
    </Page>
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
  const stages = STAGES.map((stage) => ({ value: stage, text: m.stage[stage] }));
  const verdicts = VERDICTS.map((verdict) => ({ value: verdict, text: m.verdict[verdict] }));
  const stores = sources.map(({ id, name }) => ({ value: id, text: name }));
  const mine = [{ value: "me", text: t.queue.mine }];
  return (
    <form method="get" action="/queue" class="filters" aria-label={t.queue.filters}>
      <Choice
        label={t.queue.brand}
        name="brand"
        options={brandOptions(brands, view)}
        chosen={wish.brand}
        none={t.all}
      />
      <Choice label={t.queue.stage} name="stage" options={stages} chosen={wish.stage} none={t.queue.undecided} />
      <Choice label={t.queue.verdict} name="verdict" options={verdicts} chosen={wish.verdict} none={t.queue.telling} />
      <Choice label={t.queue.store} name="source" options={stores} chosen={wish.source} none={t.all} />
      <Choice label={t.queue.assignee} name="assignee" options={mine} chosen={wish.assignee} none={t.all} />
      <label class="tick">
        <input type="checkbox" name="asleep" value="1" checked={wish.asleep} /> {t.queue.asleep}
      </label>
      <button type="submit">{t.queue.apply}</button>
    </form>
  );
}
