/** Control characters but tab and line feed, and the bidirectional controls that reorder what a reader sees. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are just the characters to take out
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Makes store text safe to print: lone surrogates, control and bidi characters out, at most `max` code points. */
export function printable(text: string, max = 200): string {
  const safe = text.toWellFormed().replace(UNSAFE, "").replace(/\s+/g, " ").trim();
  return clip(safe, max);
}

/** At most `max` code points; a cut is shown as an ellipsis. Reads no more of the text than it needs. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  const points = Array.from(text.slice(0, max * 2 + 2));
  return points.length > max ? `${points.slice(0, Math.max(0, max - 1)).join("")}…` : text;
}

/** Makes a link unclickable: `hxxps://evil[.]example/x`. */
export function defang(url: string): string {
  return url
    .replace(/^http/i, "hxxp")
    .replace(/^([a-z]+:\/\/)?([^/?#]*)/i, (_, scheme, host) => `${scheme ?? ""}${String(host).replaceAll(".", "[.]")}`);
}

/**
 * Makes whatever a mail program would make a link of unclickable, wherever it stands in a text: schemes (`hxxps://`), and dots before
 * what may be a top-level domain (`evil[.]example`). Versions and ordinary sentences stay as they are.
 */
export function defangAll(text: string): string {
  return text
    .replace(/\bhtt(ps?:)/gi, (_, rest: string) => `hxx${rest.toLowerCase()}`)
    .replace(/\b(?!hxx)([a-z][a-z0-9+-]*):\/\//gi, "$1[:]//")
    .replace(/(?<=[\p{L}\p{N}-])([.。．｡])(?=[\p{L}][\p{L}\p{N}-])/gu, "[$1]")
    .replace(/(?<=\S)@(?=\S)/g, "[@]");
}

/** JSON whose text depends on the value alone: keys sorted, undefined left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
