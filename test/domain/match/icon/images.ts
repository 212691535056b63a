import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";

/** A mark drawn by code: a harbour crane in a ring, on a plate. No bank's. */
export function drawing(over: { plate?: string; ink?: string; extra?: string; root?: string } = {}): string {
  const { plate = "#123c69", ink = "#f2c14e", extra = "", root = "" } = over;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="256" height="256" ${root}>` +
    `<rect width="256" height="256" fill="${plate}"/>` +
    `<circle cx="120" cy="132" r="84" fill="none" stroke="${ink}" stroke-width="14"/>` +
    `<path d="M60 180 L112 64 L190 92 L132 108 L150 190 Z" fill="${ink}"/><path d="M176 96 v54 h-18" stroke="${ink}" ` +
    `stroke-width="9" fill="none"/>${extra}</svg>`
  );
}

/** Another mark: bars and a diamond. */
export function otherDrawing(): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256"><rect width="256" height="256" fill="#fff"/>` +
    `<rect x="30" y="40" width="34" height="180" fill="#b3001b"/><rect x="90" y="100" width="34" height="120" fill="#255"/>` +
    `<path d="M190 60 L236 128 L190 196 L144 128 Z" fill="#b3001b"/></svg>`
  );
}

export function image(svg: string): Sharp {
  return sharp(Buffer.from(svg));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}

/** A one-bit PNG of any size, white: a few kilobytes that unpack to `width` x `height` pixels. */
export function hugePng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const row = Math.ceil(width / 8) + 1;
  const pixels = deflateSync(Buffer.alloc(row * height, 0), { level: 9 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", header),
    chunk("IDAT", pixels),
    chunk("IEND", new Uint8Array()),
  ]);
}

/** An ICO file around images of any kind. */
export function ico(...images: Uint8Array[]): Uint8Array {
  const head = Buffer.alloc(6 + 16 * images.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(images.length, 4);
  let start = head.length;
  images.forEach((bytes, index) => {
    head.writeUInt32LE(bytes.length, 6 + 16 * index + 8);
    head.writeUInt32LE(start, 6 + 16 * index + 12);
    start += bytes.length;
  });
  return Buffer.concat([head, ...images]);
}
