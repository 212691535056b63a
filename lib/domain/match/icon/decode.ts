import { fileTypeFromBuffer } from "file-type";
import PQueue from "p-queue";
import sharp from "sharp";
import { err, ok, type Result } from "../../../kernel/result.ts";
import { printable } from "../../../kernel/text.ts";
import { largestPng } from "./ico.ts";
import { looksLikeSvg, refuseSvg } from "./svg.ts";

export interface DecodedIcon {
  /** `width` x `height` RGBA, 8 bits, colour not multiplied with alpha, rows from the top. */
  pixels: Uint8Array;
  width: number;
  height: number;
  /** What the bytes are, whatever the server called them. */
  mediaType: string;
}

/** Side of the square that every icon is fitted into; what it leaves free is transparent. */
const SIDE = 256;

const MOST_BYTES = 4_000_000;
const MOST_SIDE = 4_096;
const MOST_SECONDS = 10;

const DECODABLE = new Set(["image/png", "image/apng", "image/webp", "image/jpeg", "image/gif", "image/avif"]);

// A scan holds thousands of icons one after the other: threads and a cache of pixels would cost it memory and win no time.
sharp.concurrency(1);
sharp.cache(false);
const oneAtATime = new PQueue({ concurrency: 1 });

/**
 * Reads an icon that an attacker may have made: PNG, WebP, JPEG, GIF, AVIF, SVG or an ICO that holds a PNG; the first frame of
 * an animation. The error is a sentence an operator can act on. Sizes are read from the header before any pixel is unpacked.
 */
export async function decodeIcon(bytes: Uint8Array): Promise<Result<DecodedIcon, string>> {
  if (bytes.length === 0) return err("the icon is empty");
  if (bytes.length > MOST_BYTES) return err(`the icon has ${bytes.length} bytes, more than ${MOST_BYTES}`);
  const mediaType = await mediaTypeOf(bytes);
  if (mediaType === "image/svg+xml") {
    const refusal = refuseSvg(bytes);
    return refusal === undefined ? decodeImage(bytes, mediaType) : err(refusal);
  }
  if (mediaType === "image/x-icon") {
    const png = largestPng(bytes);
    return png === undefined ? err("the ICO file holds no PNG image") : decodeImage(png, mediaType);
  }
  if (mediaType === undefined) return err("the icon is no image of a known kind");
  if (!DECODABLE.has(mediaType)) return err(`an icon of type ${mediaType} is not read`);
  return decodeImage(bytes, mediaType);
}

async function mediaTypeOf(bytes: Uint8Array): Promise<string | undefined> {
  if (looksLikeSvg(bytes)) return "image/svg+xml";
  try {
    return (await fileTypeFromBuffer(bytes))?.mime;
  } catch {
    // It reads into containers to tell them apart and throws where they are cut off.
    return undefined;
  }
}

async function decodeImage(bytes: Uint8Array, mediaType: string): Promise<Result<DecodedIcon, string>> {
  return oneAtATime.add(async () => {
    try {
      const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
      if (width < 1 || height < 1) return err("the icon has no pixels");
      if (width > MOST_SIDE || height > MOST_SIDE) {
        return err(`the icon is ${width} x ${height} pixels, more than ${MOST_SIDE} x ${MOST_SIDE}`);
      }
      return ok({ pixels: await pixelsOf(bytes, { width, height, mediaType }), width: SIDE, height: SIDE, mediaType });
    } catch (error) {
      return err(`the icon cannot be read as ${mediaType}: ${printable(reasonOf(error), 120)}`);
    }
  });
}

async function pixelsOf(bytes: Uint8Array, { width, height, mediaType }: Omit<DecodedIcon, "pixels">) {
  // A vector image is drawn at the size it is wanted in; 72 dots an inch draw it at its own.
  const density = mediaType === "image/svg+xml" ? { density: drawingDensity(width, height) } : {};
  // `truncated`, not `warning`: phones show icons whose colour profile or checksum is wrong, so they must be compared.
  const image = sharp(bytes, { limitInputPixels: MOST_SIDE * MOST_SIDE, failOn: "truncated", pages: 1, ...density });
  const { data, info } = await image
    .timeout({ seconds: MOST_SECONDS })
    .autoOrient()
    .toColourspace("srgb")
    .ensureAlpha()
    .resize(SIDE, SIDE, { fit: "contain", background: { r: 255, g: 255, b: 255, alpha: 0 } })
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 4) throw new Error(`${info.channels} channels`);
  return new Uint8Array(data.buffer, data.byteOffset, data.length);
}

function drawingDensity(width: number, height: number): number {
  return Math.min(20_000, Math.max(1, (72 * SIDE) / Math.max(width, height)));
}

/** The first line of libvips' report names the cause; the rest repeats it. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split("\n")[0] ?? text;
}
