import type { BrandProfile } from "../../../../domain/brand/profile.ts";
import type { Campaign } from "../../../../domain/finding/campaign.ts";
import type { Finding } from "../../../../domain/finding/finding.ts";
import type { Commit } from "../../../../domain/finding/ledger.ts";
import type { Saying } from "../../saying.ts";
import type { View } from "../../view.ts";

/** Everything that is known of one case, for one who decides. */
export interface FindingProps {
  view: View;
  finding: Finding;
  brand?: BrandProfile;
  sourceName: string;
  history: readonly Commit[];
  campaign?: Campaign;
  /** The queue it was opened from, as it stands in an address. */
  queue: string;
  neighbours: { previous?: string; next?: string };
  may: { triage: boolean; authorise: boolean };
  fourEyes: boolean;
  said: readonly Saying[];
}
