import sharp from "sharp";
import type { DecodedIcon } from "./decode.ts";

/** Side of a drawn icon in pixels: what the console shows large. */
const SIDE = 192;

/** A decoded icon as a PNG of our own making: nothing of the file it was read from is in it but its pixels. */
export async function encodePng({ pixels, width, height }: DecodedIcon): Promise<Uint8Array> {
  return sharp(pixels, { raw: { width, height, channels: 4 } })
    .resize(SIDE, SIDE)
    .png({ compressionLevel: 9, palette: false })
    .toBuffer();
}
