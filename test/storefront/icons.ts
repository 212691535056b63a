import sharp from "sharp";
import { iconPng } from "./marks.ts";
import type { AppTruth } from "./types.ts";

/** Icon files in the formats and sizes that stores serve, made on first demand and kept. */

const TYPES = { png: "image/png", webp: "image/webp", jpg: "image/jpeg" } as const;
type Ending = keyof typeof TYPES;

export interface IconAnswer {
  type: string;
  bytes: Uint8Array;
}

interface Wanted {
  id: string;
  ending: Ending;
  pixels?: number;
}

/** Reads `/icons/<id>.png` and `/icons/<id>/512x512bb.jpg`. */
function wantedBy(path: string): Wanted | undefined {
  const plain = /^\/icons\/([\w-]+)\.(png|webp|jpg)$/.exec(path);
  if (plain) return { id: plain[1] as string, ending: plain[2] as Ending };
  const sized = /^\/icons\/([\w-]+)\/(\d{2,4})x\2bb\.(png|webp|jpg)$/.exec(path);
  if (!sized) return undefined;
  return { id: sized[1] as string, ending: sized[3] as Ending, pixels: Math.min(Number(sized[2]), 1024) };
}

async function encode(png: Uint8Array, { ending, pixels }: Wanted): Promise<Uint8Array> {
  if (ending === "png" && pixels === undefined) return png;
  const image = pixels === undefined ? sharp(png) : sharp(png).resize(pixels, pixels);
  if (ending === "png") return image.png().toBuffer();
  if (ending === "webp") return image.webp({ quality: 90 }).toBuffer();
  return image.flatten({ background: "#fff" }).jpeg({ quality: 90 }).toBuffer();
}

/** Answers icon addresses; undefined where no app has such an icon. */
export function iconShelf(apps: readonly AppTruth[]): (path: string) => Promise<IconAnswer | undefined> {
  const byId = new Map(apps.map((app) => [app.id, app]));
  const made = new Map<string, Promise<IconAnswer>>();

  async function make(app: AppTruth, wanted: Wanted): Promise<IconAnswer> {
    return { type: TYPES[wanted.ending], bytes: await encode(await iconPng(app.icon), wanted) };
  }

  return async (path) => {
    const wanted = wantedBy(path);
    const app = wanted && byId.get(wanted.id);
    if (!wanted || !app) return undefined;
    const known = made.get(path) ?? make(app, wanted);
    made.set(path, known);
    return known;
  };
}
