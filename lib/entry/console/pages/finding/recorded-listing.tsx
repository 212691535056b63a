import type { Finding } from "../../../../domain/finding/finding.ts";
import { Address, Moment, Untrusted } from "../../parts/text.tsx";
import type { View } from "../../view.ts";

/** The listing as it was recorded: text alone, nothing of it can be clicked or runs. */
export function RecordedListing({ finding, view }: { finding: Finding; view: View }) {
  const { m, t } = view;
  const { listing, evidence } = finding;
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
      <details>
        <summary>{t.listing.evidence(evidence.length)}</summary>
        <ul class="hashes">
          {evidence.slice(0, 50).map((hash) => (
            <li>
              <code>{hash}</code>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
