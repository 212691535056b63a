const PNG_START = [0x89, 0x50, 0x4e, 0x47];
const HEADER = 6;
const ENTRY = 16;
const MOST_ENTRIES = 64;

/** The largest PNG in an ICO file; undefined where it holds only bitmaps of the old kind, which no store shows as an icon. */
export function largestPng(ico: Uint8Array): Uint8Array | undefined {
  const view = new DataView(ico.buffer, ico.byteOffset, ico.byteLength);
  if (ico.length < HEADER) return undefined;
  const entries = Math.min(view.getUint16(4, true), MOST_ENTRIES, Math.floor((ico.length - HEADER) / ENTRY));
  let largest: Uint8Array | undefined;
  for (let index = 0; index < entries; index += 1) {
    const at = HEADER + index * ENTRY;
    const start = view.getUint32(at + 12, true);
    const image = ico.subarray(start, start + view.getUint32(at + 8, true));
    if (PNG_START.every((byte, i) => image[i] === byte) && image.length > (largest?.length ?? 0)) largest = image;
  }
  return largest;
}
