import type { BrandProfile } from "../brand/profile.ts";
import { compilePatterns, type Pattern } from "../match/name/pattern.ts";
import { readName } from "../match/name/reading.ts";
import { shingles } from "../match/text.ts";

/** A brand made ready for comparison with many listings. */
export interface IndexedBrand {
  profile: BrandProfile;
  patterns: Pattern[];
  packages: string[];
  certificates: ReadonlySet<string>;
  /** Publisher names, read for comparison. */
  publisherNames: ReadonlySet<string>;
  texts: { text: string; shingles: ReadonlySet<string> }[];
}

export function indexBrand(profile: BrandProfile): IndexedBrand {
  return {
    profile,
    patterns: compilePatterns(profile),
    packages: profile.officialApps.flatMap((app) => app.packageName ?? []),
    certificates: new Set(profile.certificates.map(({ algorithm, hex }) => `${algorithm}:${hex}`)),
    publisherNames: new Set(profile.publishers.flatMap(({ name }) => (name === undefined ? [] : readName(name).plain))),
    texts: profile.officialApps.flatMap(({ description }) =>
      description === undefined || description.length < 80
        ? []
        : [{ text: description, shingles: shingles(description) }],
    ),
  };
}
