import { editDistance } from "./name/distance.ts";

/** How a package id stands to one of ours. `near`: a letter or two away; `extends`: ours with a short ending. */
export interface PackageLikeness {
  kind: "near" | "extends";
  ours: string;
  edits: number;
}

/** The official id that a stranger's resembles most. Two edits count from 16 characters on, where chance cannot make them. */
export function nearPackage(packageName: string, ours: readonly string[]): PackageLikeness | undefined {
  const id = packageName.toLowerCase();
  let best: PackageLikeness | undefined;
  for (const official of ours) {
    const own = official.toLowerCase();
    if (own === id) continue;
    if (id.startsWith(own) && id.length - own.length <= 10 && own.length >= 8)
      return { kind: "extends", ours: official, edits: 0 };
    const most = own.length >= 16 ? 2 : 1;
    const edits = editDistance(own, id, Math.min(most, (best?.edits ?? most + 1) - 1));
    if (edits <= most && (best === undefined || edits < best.edits)) best = { kind: "near", ours: official, edits };
  }
  return best;
}

export function inNamespace(packageName: string, namespaces: readonly string[]): string | undefined {
  const id = packageName.toLowerCase();
  return namespaces.find((space) => id === space.toLowerCase() || id.startsWith(`${space.toLowerCase()}.`));
}

/** The words of an id that its owner chose: not the country or `com` at its front. */
export function packageWords(packageName: string): string[] {
  return packageName
    .toLowerCase()
    .split(/[._-]+/)
    .filter((word, place) => word.length >= 3 && (place > 0 || word.length > 3));
}
