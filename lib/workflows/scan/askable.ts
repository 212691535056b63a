import type { Source, SourceManifest } from "../../sources/source.ts";
import type { ScanSource } from "./ports.ts";

export type Capability = "search" | "byId" | "byDeveloper";

/** What a plan must know of a source. Plain data, so that it can be where the adapter's weight is not. */
export interface Askable {
  id: string;
  regions: readonly string[];
  can: Capability[];
  canary: SourceManifest["canary"];
}

export function askableOf({ source, canary }: ScanSource): Askable {
  return { id: source.about.id, regions: source.about.regions, can: capabilitiesOf(source), canary };
}

export function capabilitiesOf(source: Source): Capability[] {
  const all: Capability[] = ["search", "byId", "byDeveloper"];
  return all.filter((method) => source[method] !== undefined);
}
