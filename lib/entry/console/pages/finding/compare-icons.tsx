import type { BrandProfile } from "../../../../domain/brand/profile.ts";
import type { Finding } from "../../../../domain/finding/finding.ts";
import { IconImage, ourIcon, theirIcon } from "../../parts/icons.tsx";
import type { View } from "../../view.ts";

/** Both icons large, and laid over each other in two ways; radio buttons switch, so it needs no script. */
export function CompareIcons({ finding, brand, view }: { finding: Finding; brand?: BrandProfile; view: View }) {
  const { t } = view;
  const ours = ourIcon(finding, brand);
  const theirs = theirIcon(finding);
  const likeness = likenessText(finding, view);
  return (
    <div class="compare">
      {ours === undefined || theirs === undefined ? null : (
        <fieldset class="ways">
          <legend class="visually-hidden">{t.icon.way}</legend>
          {(["beside", "over", "difference"] as const).map((way) => (
            <label>
              <input type="radio" name="way" value={way} checked={way === "beside"} /> {t.icon.ways[way]}
            </label>
          ))}
        </fieldset>
      )}
      <div class="stage">
        <figure>
          <IconImage
            src={ours}
            alt={ours === undefined ? t.icon.noneOfOurs : t.icon.oursOf(brand?.title ?? finding.brand)}
            size={192}
          />
          <figcaption>{t.ours}</figcaption>
        </figure>
        <figure>
          <IconImage
            src={theirs}
            alt={theirs === undefined ? t.icon.noneOfTheirs : t.icon.theirsIs(likeness)}
            size={192}
          />
          <figcaption>
            {t.theirs} · {likeness}
          </figcaption>
        </figure>
      </div>
    </div>
  );
}

function likenessText({ assessment, icon }: Finding, { t }: View): string {
  const identical = assessment.signals.some(({ rule }) => rule === "icon.identical");
  const similar = assessment.signals.find(({ rule }) => rule === "icon.similar");
  if (identical) return t.icon.identical;
  if (similar === undefined) return icon === undefined ? t.icon.noneOfTheirs : t.icon.unlike;
  const { distance, of } = similar.facts;
  return t.icon.alike(Math.round(100 * (1 - Number(distance) / Number(of))));
}
