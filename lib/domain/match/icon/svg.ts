const MOST_BYTES = 1_000_000;
const MOST_TAGS = 20_000;

/** A drawing that refers to another file could tell its author who looks; these are the only references that stay inside. */
const INSIDE = /^\s*(?:#|data:image\/(?:png|jpeg|gif|webp)[;,])/i;
const REFERENCE = /[\s"']((?:[\w.-]+:)?href|src)\s*=\s*(?:"([^"]*)"|'([^']*)')/gi;
const STYLE_URL = /url\(\s*["']?([^)]*)/gi;
const ACTIVE = /<\s*(?:[\w.-]+:)?(?:script|foreignObject|iframe)\b|<\?xml-stylesheet|@import/i;

/** Whether the bytes begin like an SVG drawing. */
export function looksLikeSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 4_096));
  return /^(?:\xef\xbb\xbf)?\s*</.test(start) && /<(?:[\w.-]+:)?svg[\s>]/i.test(start);
}

/**
 * Why a drawing is not drawn; undefined when nothing speaks against it. The renderer reads no file and asks no host by itself;
 * this refuses the attempt, so that an analyst learns of it, and what would make a small file expensive.
 */
export function refuseSvg(bytes: Uint8Array): string | undefined {
  if (bytes.length > MOST_BYTES) return `the SVG icon has ${bytes.length} bytes, more than ${MOST_BYTES}`;
  const text = utf8(bytes);
  if (text === undefined) return "the SVG icon is not UTF-8 text";
  if (/<!ENTITY/i.test(text) || /<!DOCTYPE[^>]*\[/i.test(text)) return "the SVG icon declares entities";
  if (ACTIVE.test(text)) return "the SVG icon holds scripts, style sheets or foreign content";
  if (text.split("<").length > MOST_TAGS) return `the SVG icon has more than ${MOST_TAGS} tags`;
  return refersOutside(text) ? "the SVG icon refers to something outside itself" : undefined;
}

function refersOutside(text: string): boolean {
  for (const [, , double, single] of text.matchAll(REFERENCE)) if (!INSIDE.test(double ?? single ?? "")) return true;
  for (const [, target = ""] of text.matchAll(STYLE_URL)) if (!INSIDE.test(target)) return true;
  return false;
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const declared = /^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']*)/i.exec(text)?.[1] ?? "utf-8";
    return /^(?:utf-?8|us-ascii)$/i.test(declared) && !text.includes("\0") ? text : undefined;
  } catch {
    return undefined;
  }
}
