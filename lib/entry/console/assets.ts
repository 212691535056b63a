import { readFileSync } from "node:fs";
import { sha256Hex } from "../../kernel/id.ts";

const TYPES = { "console.css": "text/css", "console.js": "text/javascript", "mark.svg": "image/svg+xml" } as const;

export type AssetName = keyof typeof TYPES;

export interface Asset {
  body: string;
  type: string;
}

const read = new Map<AssetName, { asset: Asset; path: string }>();

/** The folder lies beside this file, in the sources as in the bundle. */
function load(name: AssetName): { asset: Asset; path: string } {
  const known = read.get(name);
  if (known !== undefined) return known;
  const body = readFileSync(new URL(`./static/${name}`, import.meta.url), "utf8");
  const loaded = {
    asset: { body, type: `${TYPES[name]}; charset=utf-8` },
    path: `/static/${sha256Hex(body).slice(0, 12)}/${name}`,
  };
  read.set(name, loaded);
  return loaded;
}

/** Where the file is served; the path names its content, so that browsers may keep it for ever. */
export function assetPath(name: AssetName): string {
  return load(name).path;
}

/** The file behind such a path. */
export function assetAt(path: string): Asset | undefined {
  const names = Object.keys(TYPES) as AssetName[];
  return names.map(load).find((loaded) => loaded.path === path)?.asset;
}
