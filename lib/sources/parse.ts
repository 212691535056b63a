import type * as z from "zod";
import { LIMITS } from "../domain/listing/listing.ts";
import { err, ok } from "../kernel/result.ts";
import { clip } from "../kernel/text.ts";
import { type Instant, instantOf } from "../kernel/time.ts";
import type { Answer, Ask, SourceFailure, SourceManifest } from "./source.ts";

/** The answer of an adapter that met a shape it does not know. `detail` names the place, never quotes the body. */
export function drifted(detail: string): { ok: false; error: SourceFailure } {
  return err({ kind: "drifted", detail });
}

/** A status that the store's documents do not name for this question. */
export function unusual(status: number): Answer<never> {
  return err({ kind: "drifted", detail: "an unusual status", status });
}

/** Most objects and lists in an answer: a hundred times what any store sends, and what still fits into little memory. */
const MOST_PARTS = 200_000;

function hasTooManyParts(text: string): boolean {
  let parts = 0;
  for (let at = 0; at < text.length && parts <= MOST_PARTS; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x7b || code === 0x5b) parts += 1;
  }
  return parts > MOST_PARTS;
}

/** Reads a body as UTF-8 JSON. Broken JSON is `drifted`; `what` names the body in the detail. */
export function parseJson(body: string | Uint8Array, what = "the answer"): Answer<unknown> {
  const text = bodyText(body);
  if (text.trim() === "") return drifted(`${what} is empty`);
  if (hasTooManyParts(text)) return drifted(`${what} has more than ${MOST_PARTS} objects and lists`);
  try {
    return ok(JSON.parse(text));
  } catch {
    return drifted(`${what} is not JSON (${text.length} characters)`);
  }
}

/** A body as UTF-8 text without its byte order mark. */
export function bodyText(body: string | Uint8Array): string {
  return typeof body === "string" ? body.replace(/^\uFEFF/, "") : new TextDecoder().decode(body);
}

/** Checks one whole value; a mismatch is `drifted` and names the first path that did not fit. */
export function readShape<S extends z.ZodType>(value: unknown, schema: S, what = "the answer"): Answer<z.output<S>> {
  const read = schema.safeParse(value);
  return read.success ? ok(read.data) : drifted(`${what}: ${firstIssue(read.error)}`);
}

function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return "unknown shape";
  return clip(`${issue.path.map(String).join(".") || "(root)"}: ${issue.message}`, 160);
}

export interface Elements<T> {
  values: T[];
  /** Elements that did not fit the schema or stood beyond the limit. */
  dropped: number;
}

export interface ElementLimits {
  /** Most elements looked at; what stands beyond is counted as dropped without being read. Default 1,000. */
  max?: number;
  /** Share of unreadable elements above which the answer is `drifted`. Default one half. */
  share?: number;
  /** The share says nothing about fewer elements than this. Default 4. */
  atLeast?: number;
  what?: string;
}

/**
 * Reads a list element by element. A bad element is dropped and counted. When all of them are bad, or more than a share of
 * a list long enough to judge, the shape has changed and the answer is `drifted` and not a shorter list.
 */
export function readElements<S extends z.ZodType>(
  array: unknown,
  schema: S,
  { max = 1_000, share = 0.5, atLeast = 4, what = "the list" }: ElementLimits = {},
): Answer<Elements<z.output<S>>> {
  if (!Array.isArray(array)) return drifted(`${what} is not a list`);
  const values: z.output<S>[] = [];
  let bad = 0;
  let why = "";
  const looked = array.slice(0, max);
  for (const element of looked) {
    const read = schema.safeParse(element);
    if (read.success) {
      values.push(read.data);
      continue;
    }
    bad += 1;
    why ||= firstIssue(read.error);
  }
  const allBad = looked.length > 0 && bad === looked.length;
  const mostlyBad = looked.length >= atLeast && bad > looked.length * share;
  if (allBad || mostlyBad) return drifted(`${what}: ${bad} of ${looked.length} elements unreadable (${why})`);
  return ok({ values, dropped: bad + (array.length - looked.length) });
}

/** Characters that no store text needs: controls but tab and line feed, and unpaired surrogates (through toWellFormed). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are just the characters to take out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Store text kept as evidence: well-formed, without control characters, white space at the ends taken off, at most `max`
 * UTF-16 units. Bidirectional and invisible characters stay: they are signs of deceit, and printing is made safe elsewhere.
 * Undefined when nothing is left or the value is not text.
 */
export function cleanText(value: unknown, max: number): string | undefined {
  if (typeof value !== "string") return undefined;
  // Twice the limit leaves room for what is taken out and keeps a megabyte of white space cheap.
  const text = value
    .slice(0, max * 2)
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(CONTROLS, "")
    .trim();
  return text === "" ? undefined : wholePoints(text, max);
}

/** A cut between the halves of a surrogate pair would make the text ill-formed. */
function wholePoints(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

export const nameText = (value: unknown): string | undefined => cleanText(value, LIMITS.name);
export const shortText = (value: unknown): string | undefined => cleanText(value, LIMITS.short);
export const descriptionText = (value: unknown): string | undefined => cleanText(value, LIMITS.description);

/** The facts that were stated: fields without a value are left out, so that a listing says only what the store said. */
export function stated<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as T;
}

/** An absolute http(s) URL without credentials, at most LIMITS.url long, as the URL standard writes it; else undefined. */
export function safeUrl(value: unknown, base?: string): string | undefined {
  if (typeof value !== "string" || value.length > LIMITS.url || !URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  if (url.protocol !== "https:" && url.protocol !== "http:") return undefined;
  if (url.username !== "" || url.password !== "" || url.href.length > LIMITS.url) return undefined;
  return url.href;
}

/** Earliest and latest moment a store can mean: before Android and iPhone nothing was listed, after 2100 nothing is. */
const FIRST_MS = Date.UTC(2000, 0, 1);
const LAST_MS = Date.UTC(2100, 0, 1);

export function instantFromMs(value: unknown): Instant | undefined {
  const ms = numberOf(value);
  return ms !== undefined && ms >= FIRST_MS && ms <= LAST_MS ? instantOf(Math.trunc(ms)) : undefined;
}

export function instantFromSeconds(value: unknown): Instant | undefined {
  const seconds = numberOf(value);
  return seconds === undefined ? undefined : instantFromMs(seconds * 1000);
}

/**
 * Reads `2024-05-06T07:08:09Z`, `2024-05-06 07:08:09`, `2024-05-06`, also with `.` or `/` between the parts of the day.
 * Where the text names no zone it is read as UTC.
 */
export function instantFromText(value: unknown): Instant | undefined {
  if (typeof value !== "string" || value.length > 40) return undefined;
  const parts =
    /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})\.?(?:[T ](\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,9})?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      value.trim(),
    );
  if (parts === null) return undefined;
  const [, year, month = "", day = "", time = "00:00:00", zone = "Z"] = parts;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const whole = Date.parse(`${date}T${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
  // Date.parse takes the 30th of February for the 1st or 2nd of March; a store means no such day.
  const realDay = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(realDay.getTime()) || !realDay.toISOString().startsWith(date)) return undefined;
  return instantFromMs(whole);
}

/** A finite number, also from its decimal text; undefined for everything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value !== "string" || !/^\s*-?\d{1,17}(\.\d{1,9})?\s*$/.test(value)) return undefined;
  return Number(value);
}

/** A count: a safe whole number of zero or more. */
export function countOf(value: unknown): number | undefined {
  const count = numberOf(value);
  return count !== undefined && count >= 0 && count <= Number.MAX_SAFE_INTEGER ? Math.trunc(count) : undefined;
}

/**
 * Base URL of a source's second host, without a slash at the end: the setting `name` where the operator gave one;
 * else `ask.baseUrl` when it was replaced, since a stand-in serves all hosts of a source at one place; else the real host.
 */
export function secondBase(ask: Ask, about: SourceManifest, name: string, fallback: string): string {
  const set = safeUrl(ask.settings[name]);
  if (set !== undefined) return set.replace(/\/+$/, "");
  return ask.baseUrl === about.baseUrl ? fallback : ask.baseUrl;
}
