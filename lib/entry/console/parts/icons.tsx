import type { BrandProfile } from "../../../domain/brand/profile.ts";
import type { Finding } from "../../../domain/finding/finding.ts";
import type { View } from "../view.ts";

/** An icon as we drew it anew from the evidence; nothing is fetched from where it came from. */
export function IconImage({ src, alt, size }: { src?: string; alt: string; size: 48 | 192 }) {
  if (src === undefined)
    return (
      <span class={`icon none s${size}`} role="img" aria-label={alt}>
        ∅
      </span>
    );
  return <img class={`icon s${size}`} src={src} alt={alt} width={size} height={size} loading="lazy" decoding="async" />;
}

/** Both icons, small: ours left, theirs right. */
export function IconPair({ finding, brand, view }: { finding: Finding; brand?: BrandProfile; view: View }) {
  const { t } = view;
  return (
    <span class="icon-pair">
      <IconImage src={ourIcon(finding, brand)} alt={t.icon.ours} size={48} />
      <IconImage src={theirIcon(finding)} alt={t.icon.theirs} size={48} />
    </span>
  );
}

/** The icon of ours that theirs was found to be like, as the finding's evidence has it; else the brand's first. */
export function ourIcon(
  { id, icon, brand, assessment }: Finding,
  profile: BrandProfile | undefined,
): string | undefined {
  const signal = assessment.signals.find(({ rule }) => rule === "icon.identical" || rule === "icon.similar");
  const like = signal?.rule === "icon.identical" ? icon : signal?.evidence.find((hash) => hash !== icon);
  if (like !== undefined) return `/findings/${id}/icons/${like}.png`;
  const first = profile?.icons[0]?.sha256;
  return first === undefined ? undefined : `/brands/${brand}/icons/${first}.png`;
}

export function theirIcon({ id, icon }: Finding): string | undefined {
  return icon === undefined ? undefined : `/findings/${id}/icons/${icon}.png`;
}
