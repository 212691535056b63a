import type { BrandProfile } from "../../../domain/brand/profile.ts";
import { Page } from "../page.tsx";
import { IconImage } from "../parts/icons.tsx";
import type { View } from "../view.ts";

/** The brands that are protected. */
export function BrandsPage({ view, brands }: { view: View; brands: readonly BrandProfile[] }) {
  const { t } = view;
  return (
    <Page view={view} title={t.nav.brands} tab="brands">
      {brands.length === 0 ? <p class="panel empty">{t.brand.none}</p> : null}
      <ul class="cards">
        {brands.map((brand) => (
          <li class="panel">
            <IconImage src={iconOf(brand)} alt={t.icon.oursOf(brand.title)} size={48} />
            <div>
              <h2>
                <a href={`/brands/${brand.id}`}>{brand.title}</a>
              </h2>
              <p class="quiet">
                {brand.country.toUpperCase()} ·{" "}
                {t.brand.counts(brand.names.length, brand.officialApps.length, brand.certificates.length)}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function iconOf({ id, icons }: BrandProfile): string | undefined {
  return icons[0] === undefined ? undefined : `/brands/${id}/icons/${icons[0].sha256}.png`;
}

/** What is regarded as one brand's own, and what the stores are asked for it. */
export function BrandPage({ view, brand, terms }: { view: View; brand: BrandProfile; terms: readonly string[] }) {
  const { t } = view;
  return (
    <Page view={view} title={brand.title} tab="brands">
      <p>
        <a href={`/queue?brand=${brand.id}`}>{t.brand.queue}</a> ·{" "}
        <a href={`/metrics?brand=${brand.id}`}>{t.nav.metrics}</a>
      </p>
      <section class="panel" aria-labelledby="icons">
        <h2 id="icons">{t.brand.icons}</h2>
        {brand.icons.length === 0 ? <p class="missing">{t.brand.noIcons}</p> : null}
        <div class="stage">
          {brand.icons.map(({ sha256, origin }) => (
            <figure>
              <IconImage src={`/brands/${brand.id}/icons/${sha256}.png`} alt={t.icon.oursOf(brand.title)} size={192} />
              <figcaption>{origin}</figcaption>
            </figure>
          ))}
        </div>
      </section>
      <section class="panel" aria-labelledby="profile">
        <h2 id="profile">{t.brand.profile}</h2>
        <dl class="facts">
          <Row
            label={t.brand.names}
            values={brand.names.map(({ text, distinctive }) => (distinctive ? text : `${text} (${t.brand.weak})`))}
            none={t.none}
          />
          <Row
            label={t.brand.apps}
            values={brand.officialApps.map((app) =>
              [app.platform, app.packageName, ...Object.entries(app.ids).map(([source, id]) => `${source}: ${id}`)]
                .filter(Boolean)
                .join(" · "),
            )}
            none={t.none}
          />
          <Row
            label={t.brand.publishers}
            values={brand.publishers.map(({ source, name, key }) => [source, name, key].filter(Boolean).join(" · "))}
            none={t.brand.noPublishers}
          />
          <Row
            label={t.brand.certificates}
            values={brand.certificates.map(({ algorithm, hex }) => `${algorithm} ${hex}`)}
            none={t.brand.noCertificates}
          />
          <Row label={t.brand.namespaces} values={brand.namespaces} none={t.none} />
          <Row label={t.brand.domains} values={brand.domains} none={t.none} />
          <Row label={t.brand.filing} values={brand.filing === undefined ? [] : [brand.filing.number]} none={t.none} />
          <Row
            label={t.brand.trademarks}
            values={brand.trademarks.map(({ number, country, expires }) =>
              [number, country, expires].filter(Boolean).join(" · "),
            )}
            none={t.none}
          />
          <Row label={t.brand.partners} values={brand.partners.map(({ name }) => name)} none={t.none} />
        </dl>
      </section>
      <section class="panel" aria-labelledby="terms">
        <h2 id="terms">{t.brand.terms}</h2>
        <ul class="terms">
          {terms.map((term) => (
            <li>{term}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}

function Row({ label, values, none }: { label: string; values: readonly string[]; none: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {values.length === 0 ? (
          <span class="quiet">{none}</span>
        ) : (
          values.slice(0, 60).map((value) => <div>{value}</div>)
        )}
      </dd>
    </>
  );
}
