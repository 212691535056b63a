import { readFileSync } from "node:fs";
import type { Config } from "../lib/platform/config/load.ts";
import type { SourceManifest } from "../lib/sources/source.ts";
import type { Askable, Capability } from "../lib/workflows/scan/askable.ts";

/** Which of the three drain functions works on a source. */
export type Worker = "common" | "google-play" | "app-store";

/** A source without its adapter. */
export interface CatalogEntry {
  about: SourceManifest;
  can: Capability[];
  worker: Worker;
}

/** Lies beside the bundle, written when it is made: those who plan and tell need the manifests, not the adapters' weight. */
export function readCatalog(): CatalogEntry[] {
  return JSON.parse(readFileSync(new URL("./catalog.json", import.meta.url), "utf8")) as CatalogEntry[];
}

/** The sources the bank's configuration wants asked, as it wants them asked. */
export function wantedSources(config: Config, catalog: readonly CatalogEntry[]): (Askable & { worker: Worker })[] {
  return catalog
    .filter(({ about }) => config.sources[about.id]?.enabled !== false)
    .map(({ about, can, worker }) => {
      const canary = config.sources[about.id]?.canary ?? about.canary;
      return { id: about.id, regions: about.regions, can, canary, worker };
    });
}
