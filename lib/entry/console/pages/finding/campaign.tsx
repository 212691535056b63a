import type { Campaign } from "../../../../domain/finding/campaign.ts";
import type { Finding } from "../../../../domain/finding/finding.ts";
import { StateText } from "../../parts/badges.tsx";
import { Untrusted } from "../../parts/text.tsx";
import type { View } from "../../view.ts";

const MOST_SHOWN = 6;

/** Other cases of the same makers: a re-upload under a new name shows its old case here. */
export function CampaignPart({ campaign, finding, view }: { campaign?: Campaign; finding: Finding; view: View }) {
  const { t, m } = view;
  const others = (campaign?.findings ?? []).filter(({ id }) => id !== finding.id);
  return (
    <section class="panel" aria-labelledby="campaign">
      <h2 id="campaign">{t.campaign.title}</h2>
      {campaign === undefined || others.length === 0 ? (
        <p class="quiet">{t.campaign.alone}</p>
      ) : (
        <>
          <ul class="ties">
            {campaign.ties
              .filter((tie) => tie.findings.includes(finding.id))
              .slice(0, MOST_SHOWN)
              .map(({ kind, value, findings }) => (
                <li>
                  {m.show.tie[kind]} × {findings.length}{" "}
                  <span class="quiet">
                    <Untrusted text={value} max={48} />
                  </span>
                </li>
              ))}
          </ul>
          <ul class="members">
            {others.slice(0, MOST_SHOWN).map((other) => (
              <li>
                <a href={`/findings/${other.id}`}>
                  <Untrusted text={other.listing.name} max={60} />
                </a>{" "}
                <span class="quiet">
                  {other.listing.source} · <StateText finding={other} view={view} />
                </span>
              </li>
            ))}
          </ul>
          <p>
            <a href={`/campaigns/${campaign.id}`}>{t.campaign.all(campaign.findings.length)}</a>
          </p>
        </>
      )}
    </section>
  );
}
