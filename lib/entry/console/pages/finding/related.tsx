import { StateText } from "../../parts/badges.tsx";
import { Untrusted } from "../../parts/text.tsx";
import type { FindingProps } from "./props.ts";

const MOST_SHOWN = 6;

/** Other cases that share something with this one: a re-upload under a new name shows its old case here. */
export function RelatedPart({ finding, related, view }: FindingProps) {
  const { t, m } = view;
  const { related: others, more } = related;
  return (
    <section class="panel" aria-labelledby="campaign">
      <h2 id="campaign">{t.campaign.title}</h2>
      {others.length === 0 ? (
        <p class="quiet">{t.campaign.alone}</p>
      ) : (
        <>
          <ul class="members">
            {others.slice(0, MOST_SHOWN).map(({ finding: other, ties }) => (
              <li>
                <a href={`/findings/${other.id}`}>
                  <Untrusted text={other.listing.name} max={60} />
                </a>{" "}
                <span class="quiet">
                  {ties.map((kind) => m.show.tie[kind]).join(", ")} · {view.storeName(other.listing.source)} ·{" "}
                  <StateText finding={other} view={view} />
                </span>
              </li>
            ))}
          </ul>
          <p>
            <a href={`/campaigns/${finding.id}`}>{t.campaign.together(others.length + more)}</a>
          </p>
        </>
      )}
    </section>
  );
}
