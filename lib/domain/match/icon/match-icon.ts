import type { ReferenceIcon } from "../../brand/profile.ts";
import { hashDistance } from "./perceptual-hash.ts";
import { iconWeight } from "./weights.ts";

export interface IconMatch {
  /** `identical` is the same file; `similar` is a perceptual hash near enough to say something. */
  kind: "identical" | "similar";
  reference: ReferenceIcon;
  /** Bits in which the perceptual hashes differ, 0 to 256; 0 for the same file. `iconWeight` says what it is worth. */
  distance: number;
}

/** The brand's icon that is nearest to this one; undefined when none is near. */
export function matchIcon(
  icon: { sha256: string; phash?: string },
  references: readonly ReferenceIcon[],
): IconMatch | undefined {
  const same = references.find((reference) => reference.sha256 === icon.sha256);
  if (same !== undefined) return { kind: "identical", reference: same, distance: 0 };
  const { phash } = icon;
  if (phash === undefined) return undefined;
  return references
    .flatMap((reference): IconMatch[] => {
      if (reference.phash === undefined) return [];
      const distance = hashDistance(phash, reference.phash);
      return iconWeight(distance) > 0 ? [{ kind: "similar", reference, distance }] : [];
    })
    .reduce<IconMatch | undefined>((best, next) => (best && best.distance <= next.distance ? best : next), undefined);
}
