/**
 * Bundles every function into `dist/functions/<name>/`: one minified ES module, with the catalog of sources where it is read and what
 * browsers load beside the console's pages. The SDK is bundled too, so that what runs is what was tested; sharp is not, because its binary comes as a layer.
 */
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { CatalogEntry, Worker } from "../functions/catalog.ts";
import { registry } from "../lib/sources/registry.ts";
import { capabilitiesOf } from "../lib/workflows/scan/askable.ts";
import { bundleOf } from "./bundle.ts";
import { FUNCTIONS, READS_CATALOG } from "./functions.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

const catalog: CatalogEntry[] = registry.map((source) => ({
  about: source.about,
  can: capabilitiesOf(source),
  worker: workerOf(source.about.id),
}));

function workerOf(id: string): Worker {
  return id === "google-play" || id === "app-store" ? id : "common";
}

rmSync(`${root}dist/functions`, { recursive: true, force: true });
await Promise.all(
  FUNCTIONS.map(async (name) => {
    const folder = `${root}dist/functions/${name}`;
    mkdirSync(folder, { recursive: true });
    await build(bundleOf({ entryPoints: [`${root}functions/${name}.ts`], outfile: `${folder}/index.mjs` }));
    if (READS_CATALOG.includes(name)) writeFileSync(`${folder}/catalog.json`, JSON.stringify(catalog));
    if (name === "console") cpSync(`${root}lib/entry/console/static`, `${folder}/static`, { recursive: true });
  }),
);
