import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Campaign } from "../../../domain/finding/campaign.ts";
import type { Entered } from "../bulk.ts";
import { Page } from "../page.tsx";
import { BulkForm } from "../parts/bulk-form.tsx";
import { Said } from "../parts/said.tsx";
import { Untrusted } from "../parts/text.tsx";
import type { Saying } from "../saying.ts";
import type { View } from "../view.ts";

const MOST_SHOWN = 100;

/** Findings that hang together, the largest group first. */
export function CampaignsPage({ view, campaigns, cut }: { view: View; campaigns: readonly Campaign[]; cut: boolean }) {
  const { t } = view;
  return (
    <Page view={view} title={t.nav.campaigns} tab="campaigns">
      <p class="lead">{t.campaign.what}</p>
      {campaigns.length === 0 ? <p class="panel empty">{t.campaign.none}</p> : null}
      <ol class="campaigns">
        {campaigns.slice(0, MOST_SHOWN).map((campaign) => (
          <li class="panel">
            <h2>
              <a href={`/campaigns/${campaign.id}`}>
                <Untrusted text={campaign.findings[0]?.listing.name ?? ""} max={60} />
              </a>{" "}
              <span class="quiet">{t.campaign.size(campaign.findings.length, undecidedIn(campaign))}</span>
            </h2>
            <Ties view={view} campaign={campaign} most={4} />
            <p class="quiet">
              {campaign.findings.slice(0, 5).map((finding, at) => (
                <>
                  {at > 0 ? " · " : ""}
                  <Untrusted text={finding.listing.name} max={40} />
                </>
              ))}
            </p>
          </li>
        ))}
      </ol>
      {cut || campaigns.length > MOST_SHOWN ? <p class="quiet">{t.campaign.cut}</p> : null}
    </Page>
  );
}

interface CampaignProps {
  view: View;
  campaign: Campaign;
  cut: boolean;
  brands: readonly BrandProfile[];
  mayTriage: boolean;
  said: readonly Saying[];
  entered?: Entered;
}

/** One campaign: what ties it, its members, and one decision for those that are ticked. */
export function CampaignPage({ view, campaign, cut, brands, mayTriage, said, entered }: CampaignProps) {
  const { t } = view;
  return (
    <Page view={view} title={t.campaign.name(campaign.findings.length)} tab="campaigns">
      <Said said={said} />
      <section class="panel" aria-labelledby="ties">
        <h2 id="ties">{t.campaign.ties}</h2>
        <Ties view={view} campaign={campaign} most={30} />
      </section>
      {cut ? <p class="quiet">{t.campaign.cut}</p> : null}
      <BulkForm
        view={view}
        action={`/campaigns/${campaign.id}`}
        findings={campaign.findings}
        brands={brands}
        mayTriage={mayTriage}
        hint={t.campaign.bulkHint}
        entered={entered}
      />
    </Page>
  );
}

function Ties({ view, campaign, most }: { view: View; campaign: Campaign; most: number }) {
  const { m, t } = view;
  return (
    <ul class="ties">
      {campaign.ties.slice(0, most).map(({ kind, value, findings }) => (
        <li>
          {m.show.tie[kind]} × {findings.length}{" "}
          <span class="quiet">
            <Untrusted text={value} max={80} />
          </span>
        </li>
      ))}
      {campaign.ties.length > most ? <li class="quiet">{t.more(campaign.ties.length - most)}</li> : null}
    </ul>
  );
}

function undecidedIn({ findings }: Campaign): number {
  return findings.filter(({ stage }) => stage === "new" || stage === "triaging").length;
}
