import { Address, Moment, Untrusted } from "../../parts/text.tsx";
import type { FindingProps } from "./props.ts";

/** The listing as it was recorded: text alone, nothing of it can be clicked or runs. */
export function RecordedListing({ finding, view, evidence }: FindingProps) {
  const { m, t } = view;
  const { listing } = finding;
  const rows: [string, string | undefined][] = [
    [m.show.labels.version, listing.version],
    [t.listing.installs, listing.installs?.toLocaleString("en")],
    [t.listing.region, listing.region],
    [t.listing.platform, listing.platform],
  ];
  return (
    <section class="panel" aria-labelledby="listing">
      <h2 id="listing">{t.listing.title}</h2>
      <dl class="facts">
        <dt>{m.show.labels.link}</dt>
        <dd>
          <Address url={listing.url} />
        </dd>
        {listing.downloadUrl === undefined ? null : (
          <>
            <dt>{t.listing.download}</dt>
            <dd>
              <Address url={listing.downloadUrl} />
            </dd>
          </>
        )}
        {listing.developer?.website === undefined ? null : (
          <>
            <dt>{t.listing.website}</dt>
            <dd>
              <Address url={listing.developer.website} />
            </dd>
          </>
        )}
        {rows.map(([label, value]) =>
          value === undefined ? null : (
            <>
              <dt>{label}</dt>
              <dd>
                <Untrusted text={value} />
              </dd>
            </>
          ),
        )}
        {listing.releasedAt === undefined ? null : (
          <>
            <dt>{t.listing.released}</dt>
            <dd>
              <Moment at={listing.releasedAt} />
            </dd>
          </>
        )}
      </dl>
      <h3>{t.listing.description}</h3>
      {listing.description === undefined || listing.description === "" ? (
        <p class="quiet">{t.listing.noDescription}</p>
      ) : (
        <blockquote class="description">
          <Untrusted text={listing.description} max={3_000} />
        </blockquote>
      )}
      <h3>{t.listing.evidence(finding.evidence.length)}</h3>
      <ul class="hashes">
        {evidence.map(({ sha256, kind, bytes, at }) => (
          <li>
            {t.listing.kinds[kind]} · {t.listing.bytes(bytes)} · <Moment at={at} />
            <br />
            <code>{sha256}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
