import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import type { Listing } from "../../lib/domain/listing/listing.ts";
import type { Answer, Ask, HttpRequest, Source, SourceFailure } from "../../lib/sources/source.ts";
import { sharedPath } from "../support/shared.ts";

type Body = string | Uint8Array;
type Given = Body | { status: number; body?: Body } | { failure: SourceFailure };

/** The door as a source sees it: every question is kept and answered by `answer`, and the network is not there. */
export function replay(source: Source, answer: (url: URL, request: HttpRequest) => Given, over: Partial<Ask> = {}) {
  const requests: (HttpRequest & { at: URL })[] = [];
  const ask: Ask = {
    http: {
      async fetch(request) {
        const at = new URL(request.url);
        requests.push({ ...request, at });
        const given = answer(at, request);
        if (typeof given === "object" && "failure" in given) return { ok: false, error: given.failure };
        const { status, body = "" } =
          typeof given === "string" || given instanceof Uint8Array ? { status: 200, body: given } : given;
        return { ok: true, value: { status, url: request.url, headers: {}, body: bytes(body) } };
      },
    },
    signal: new AbortController().signal,
    now: "2026-11-24T08:00:00.000Z",
    baseUrl: source.about.baseUrl,
    settings: {},
    ...over,
  };
  return { ask, requests };
}

function bytes(body: Body): Uint8Array {
  return typeof body === "string" ? new Uint8Array(Buffer.from(body)) : body;
}

/** A body that a store really sent. */
export function recorded(...parts: string[]): Uint8Array {
  return new Uint8Array(readFileSync(sharedPath("recorded", ...parts) as string));
}

/** A body written by us from documents, beside the tests of its source. */
export function synthetic(source: string, name: string): string {
  return readFileSync(fileURLToPath(new URL(`./${source}/synthetic/${name}`, import.meta.url)), "utf8");
}

/** The value of an answer that must be good. */
export function told<T>(answer: Answer<T> | undefined): T {
  if (answer === undefined || !answer.ok) throw new Error(`not told: ${JSON.stringify(answer)}`);
  return answer.value;
}

/** Facts of a listing in the order of a table's columns. */
export function columns(listing: Listing | undefined, ...names: (keyof Listing | "by" | "account")[]): unknown[] {
  return names.map((name) => {
    if (name === "by") return listing?.developer?.name;
    return name === "account" ? listing?.developer?.key : listing?.[name];
  });
}

const CUT = fc.record({ kind: fc.constant("cut" as const), at: fc.double({ min: 0, max: 1, noNaN: true }) });
const SWAP = fc.record({ kind: fc.constant("swap" as const), at: fc.nat(), by: fc.jsonValue({ maxDepth: 2 }) });
const NOISE = fc.record({ kind: fc.constant("noise" as const), bytes: fc.uint8Array({ maxLength: 300 }) });

/** Ways to spoil a JSON body: cut it off, put another value in one place, or send something else. */
export const damage = fc.oneof(SWAP, SWAP, CUT, NOISE);
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never;

export function damaged(body: string, how: Damage): Body {
  if (how.kind === "noise") return how.bytes;
  if (how.kind === "cut") return body.slice(0, Math.floor(how.at * body.length));
  return swapped(body, how.at, how.by);
}

/** Puts a value in the `at`-th place of a JSON text, counted over all its values and round again. */
function swapped(json: string, at: number, by: unknown): string {
  let places = 0;
  JSON.parse(json, (_, value) => {
    places += 1;
    return value;
  });
  let place = 0;
  const spoilt = JSON.parse(json, (_, value) => {
    place += 1;
    return place === (at % places) + 1 ? by : value;
  });
  return JSON.stringify(spoilt) ?? "";
}
