/**
 * Bundles every function into `dist/functions/<name>/`: one minified ES module, and the catalog of sources where it is read. The
 * SDK is bundled too, so that what runs is what was tested; sharp is not, because its binary comes as a layer.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { CatalogEntry, Worker } from "../functions/catalog.ts";
import { registry } from "../lib/sources/registry.ts";
import { capabilitiesOf } from "../lib/workflows/scan/askable.ts";
import { FUNCTIONS } from "./functions.ts";

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
    await build({
      entryPoints: [`${root}functions/${name}.ts`],
      outfile: `${folder}/index.mjs`,
      bundle: true,
      minify: true,
      keepNames: true,
      platform: "node",
      target: "node20",
      format: "esm",
      mainFields: ["module", "main"],
      // The scraper of the App Store is loaded for suggestions only, which no function asks for.
      external: ["sharp", "app-store-scraper"],
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      logLevel: "warning",
    });
    if (["plan", "accept", "api"].includes(name)) writeFileSync(`${folder}/catalog.json`, JSON.stringify(catalog));
  }),
);
