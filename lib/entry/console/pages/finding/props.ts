import type { BrandProfile } from "../../../../domain/brand/profile.ts";
import type { Evidence } from "../../../../domain/evidence/evidence.ts";
import type { Finding } from "../../../../domain/finding/finding.ts";
import type { Commit } from "../../../../domain/finding/ledger.ts";
import type { Related } from "../../../../workflows/triage/related.ts";
import type { Saying } from "../../saying.ts";
import type { View } from "../../view.ts";

/** Everything that is known of one case, for one who decides. */
export interface FindingProps {
  view: View;
  finding: Finding;
  brand?: BrandProfile;
  history: readonly Commit[];
  /** Cases that share something with it. */
  related: { related: readonly Related[]; more: number };
  /** The queue it was opened from, as it stands in an address. */
  queue: string;
  may: { triage: boolean; authorise: boolean };
  fourEyes: boolean;
  said: readonly Saying[];
  /** What a form held that was not taken, and which: it is shown again in that one and in no other. */
  entered?: { deed: string; values: Readonly<Record<string, string>> };
  /** What is known of the kept files, as far as they are shown. */
  evidence: readonly Evidence[];
}
