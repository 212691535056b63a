import sharp from "sharp";
import type { Random } from "./random.ts";

/** Marks of banks; an app that is not a bank never wears one of these. */
const BANK_GLYPHS = ["waves", "shield", "petals", "hexagon", "sails", "arch", "orbits", "stairs"] as const;
const APP_GLYPHS = ["note", "beam", "leaf", "gear", "bubble", "play", "grid", "sun", "drop", "pin", "bars"] as const;
type Glyph = (typeof BANK_GLYPHS)[number] | (typeof APP_GLYPHS)[number];

/** A drawing as numbers: everything needed to draw it again, byte for byte. */
export interface Mark {
  glyph: Glyph;
  plate: "square" | "rounded" | "circle";
  /** Degrees around the colour wheel. */
  hue: number;
  /** How much the second colour leans away. */
  lean: number;
  count: number;
  turn: number;
  size: number;
}

export type IconVariant = "original" | "reencoded" | "resized" | "brightened";

export interface Icon {
  mark: Mark;
  variant: IconVariant;
}

function mark(random: Random, glyph: Glyph): Mark {
  return {
    glyph,
    plate: random.pick(["square", "rounded", "circle"] as const),
    hue: random.int(0, 359),
    lean: random.int(20, 70),
    count: random.int(3, 5),
    turn: random.int(-18, 18),
    size: random.int(90, 110) / 100,
  };
}

/** One mark a bank, no two of the same family, and what is left for other banks to wear. */
export function bankMarks(random: Random, banks: number): { ours: Mark[]; others: (own: Random) => Mark } {
  const glyphs = random.shuffled(BANK_GLYPHS);
  const left = glyphs.slice(banks);
  return {
    ours: glyphs.slice(0, banks).map((glyph) => mark(random, glyph)),
    others: (own) => mark(own, own.pick(left)),
  };
}

export function appMark(random: Random): Mark {
  return mark(random, random.pick(APP_GLYPHS));
}

function around(count: number, draw: (angle: number, index: number) => string): string {
  return Array.from({ length: count }, (_, i) => draw((360 / count) * i, i)).join("");
}

function polygon(corners: number, radius: number, start = -90): string {
  const points = Array.from({ length: corners }, (_, i) => {
    const angle = ((start + (360 / corners) * i) * Math.PI) / 180;
    return `${Math.round(Math.cos(angle) * radius)},${Math.round(Math.sin(angle) * radius)}`;
  });
  return points.join(" ");
}

/** Drawn around the origin in a field of about 300 x 300. */
function glyphOf({ glyph, count }: Mark): string {
  switch (glyph) {
    case "waves":
      return `<circle r="140" fill="none" stroke="#fff" stroke-width="20"/>${around(count, (_, i) => {
        const y = -70 + (150 / count) * i;
        return `<path d="M-95 ${y} q47 -46 95 0 t95 0" fill="none" stroke="#fff" stroke-width="18"/>`;
      })}`;
    case "shield":
      return `<path d="M0 -150 L125 -100 V10 Q125 100 0 155 Q-125 100 -125 10 V-100 Z" fill="#fff"/>${around(count, (_, i) => `<path d="M-70 ${-50 + 44 * i} L0 ${-90 + 44 * i} L70 ${-50 + 44 * i}" fill="none" stroke="#1c2a44" stroke-width="16"/>`)}`;
    case "petals":
      return `${around(count + 2, (angle) => `<ellipse cy="-88" rx="42" ry="66" fill="#fff" fill-opacity=".82" transform="rotate(${angle})"/>`)}<circle r="34" fill="#1c2a44"/>`;
    case "hexagon":
      return `<polygon points="${polygon(6, 150)}" fill="none" stroke="#fff" stroke-width="24"/>${around(count, (_, i) => `<rect x="${-90 + (180 / count) * i}" y="${60 - 44 * (i + 1)}" width="${120 / count}" height="${44 * (i + 1)}" fill="#fff"/>`)}`;
    case "sails":
      return `<path d="M-12 -150 L-12 80 L-130 80 Z M16 -90 L16 80 L110 80 Z" fill="#fff"/><path d="M-140 108 H140 L92 150 H-92 Z" fill="#fff"/>${around(count, (_, i) => `<rect x="${-80 + 44 * i}" y="122" width="18" height="14" fill="#1c2a44"/>`)}`;
    case "arch":
      return `<path d="M-130 150 V-10 A130 130 0 0 1 130 -10 V150 Z" fill="#fff"/><path d="M-40 150 V40 A40 40 0 0 1 40 40 V150 Z" fill="#1c2a44"/>${around(count, (_, i) => `<circle cx="${-60 + (120 / (count - 1)) * i}" cy="-50" r="13" fill="#1c2a44"/>`)}`;
    case "orbits":
      return `${around(count, (angle) => `<ellipse rx="148" ry="56" fill="none" stroke="#fff" stroke-width="15" transform="rotate(${angle / 2})"/>`)}<polygon points="${polygon(4, 52)}" fill="#fff"/>`;
    case "stairs":
      return `${around(count, (_, i) => `<rect x="${-140 + (280 / count) * i}" y="${110 - (220 / count) * i}" width="${260 / count}" height="${40 + (220 / count) * i}" fill="#fff"/>`)}<polygon points="${polygon(5, 40)}" transform="translate(-90 -95)" fill="#fff"/>`;
    case "note":
      return `<rect x="-100" y="-130" width="200" height="260" rx="18" fill="#fff"/>${around(count, (_, i) => `<rect x="-70" y="${-90 + 46 * i}" width="${140 - 20 * (i % 2)}" height="14" fill="#889"/>`)}`;
    case "beam":
      return `<path d="M-30 150 L30 150 L30 0 L120 -140 L-120 -140 L-30 0 Z" fill="#fff"/><circle cy="60" r="14" fill="#445"/>`;
    case "leaf":
      return `<path d="M-130 120 Q-120 -130 140 -130 Q130 120 -130 120 Z" fill="#fff"/><path d="M-140 140 L90 -80" stroke="#486" stroke-width="14"/>`;
    case "gear":
      return `${around(count * 2, (angle) => `<rect x="-22" y="-150" width="44" height="70" fill="#fff" transform="rotate(${angle})"/>`)}<circle r="104" fill="#fff"/><circle r="44" fill="#556"/>`;
    case "bubble":
      return `<path d="M-140 -110 H140 V70 H-20 L-90 140 V70 H-140 Z" fill="#fff"/>${around(count, (_, i) => `<circle cx="${-70 + (140 / (count - 1)) * i}" cy="-20" r="15" fill="#667"/>`)}`;
    case "play":
      return `<circle r="145" fill="#fff"/><polygon points="-45,-75 90,0 -45,75" fill="#c44"/>`;
    case "grid":
      return around(9, (_, i) => {
        const [x, y] = [-130 + 92 * (i % 3), -130 + 92 * Math.floor(i / 3)];
        return `<rect x="${x}" y="${y}" width="76" height="76" rx="${8 * count}" fill="#fff" fill-opacity="${i % count === 0 ? 1 : 0.6}"/>`;
      });
    case "sun":
      return `<circle r="72" fill="#fff"/>${around(count * 2, (angle) => `<rect x="-9" y="-150" width="18" height="52" fill="#fff" transform="rotate(${angle})"/>`)}`;
    case "drop":
      return `<path d="M0 -150 Q120 10 100 70 A100 84 0 0 1 -100 70 Q-120 10 0 -150 Z" fill="#fff"/>`;
    case "pin":
      return `<path d="M0 150 Q-110 10 -110 -50 A110 100 0 0 1 110 -50 Q110 10 0 150 Z" fill="#fff"/><circle cy="-50" r="${24 + 6 * count}" fill="#567"/>`;
    case "bars":
      return around(count, (_, i) => {
        const height = 90 + ((i * 97) % 170);
        return `<rect x="${-140 + (280 / count) * i}" y="${140 - height}" width="${210 / count}" height="${height}" rx="10" fill="#fff"/>`;
      });
    default:
      return glyph satisfies never;
  }
}

function plateOf(plate: Mark["plate"]): string {
  if (plate === "circle") return `<circle cx="256" cy="256" r="256" fill="url(#g)"/>`;
  return `<rect width="512" height="512" rx="${plate === "rounded" ? 108 : 0}" fill="url(#g)"/>`;
}

export function drawMark(drawing: Mark): string {
  const second = (drawing.hue + drawing.lean) % 360;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">`,
    `<defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="hsl(${drawing.hue},72%,32%)"/><stop offset="1" stop-color="hsl(${second},70%,46%)"/></linearGradient></defs>`,
    plateOf(drawing.plate),
    `<g transform="translate(256 256) rotate(${drawing.turn}) scale(${drawing.size})">${glyphOf(drawing)}</g></svg>`,
  ].join("");
}

async function render({ mark: drawing, variant }: Icon): Promise<Buffer> {
  const original = await sharp(Buffer.from(drawMark(drawing)))
    .png()
    .toBuffer();
  if (variant === "original") return original;
  if (variant === "resized") return sharp(original).resize(192, 192).png().toBuffer();
  if (variant === "brightened") return sharp(original).modulate({ brightness: 1.25, saturation: 0.9 }).png().toBuffer();
  const lossy = await sharp(original).flatten({ background: "#fff" }).jpeg({ quality: 62 }).toBuffer();
  return sharp(lossy).png().toBuffer();
}

const drawn = new Map<string, Promise<Buffer>>();

/** PNG bytes; drawn on first use, and the same bytes every time. */
export function iconPng(icon: Icon): Promise<Buffer> {
  const key = JSON.stringify(icon);
  const known = drawn.get(key);
  if (known) return known;
  const fresh = render(icon);
  drawn.set(key, fresh);
  return fresh;
}
