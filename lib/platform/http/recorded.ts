import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { sha256Hex } from "../../kernel/id.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import type { Http, HttpRequest } from "../../sources/source.ts";
import { judge } from "./judge.ts";

/** A list of bodies that stores really sent: which question each answers, and what it must be, byte for byte. */
const schema = z.strictObject({
  schema: z.literal("recorded/1"),
  bodies: z.array(
    z.strictObject({
      source: z.string(),
      method: z.enum(["GET", "POST"]).default("GET"),
      /** Origin and path; `*` stands for one part of the path. */
      url: z.string(),
      /** Query values that a question must have; others do not matter. */
      query: z.record(z.string(), z.string()).default({}),
      /** Texts that the posted body must hold. */
      bodyIncludes: z.array(z.string()).default([]),
      /** Left out where what was recorded is that there was nothing: a 404. */
      file: z.string().optional(),
      status: z.number().int().min(100).max(599),
      headers: z.record(z.string(), z.string()).default({}),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
  ),
});

type Recording = z.output<typeof schema>["bodies"][number];

export interface Recorded {
  /** Answers questions of one source from the bodies; what is not there is refused and counted. */
  forSource(id: string): Http;
  /** Questions that no body answered. */
  misses(): { source: string; url: string }[];
  /** Files that no question asked for. */
  unused(): string[];
}

/** Reads a manifest and checks that every body it names is in the folder and unaltered; all that is wrong at once. */
export function openRecorded(manifestFile: string, folder: string, nowMs: () => number): Result<Recorded, string[]> {
  const manifest = readManifest(manifestFile);
  if (!manifest.ok) return manifest;
  const bodies = new Map<Recording, Uint8Array>();
  const problems: string[] = [];
  for (const recording of manifest.value) {
    const body = bodyOf(recording, folder);
    if (body.ok) bodies.set(recording, body.value);
    else problems.push(body.error);
  }
  return problems.length > 0 ? err(problems) : ok(answering(bodies, nowMs));
}

function answering(bodies: ReadonlyMap<Recording, Uint8Array>, nowMs: () => number): Recorded {
  const missed: { source: string; url: string }[] = [];
  const used = new Set<Recording>();
  return {
    forSource: (source) => ({
      async fetch(request) {
        const found = best([...bodies.keys()].filter((one) => one.source === source && answers(one, request)));
        if (found === undefined) {
          missed.push({ source, url: request.url });
          return err({ kind: "refused", detail: "not recorded" });
        }
        used.add(found);
        const headers = { "content-type": "application/octet-stream", ...found.headers };
        const body = bodies.get(found) ?? new Uint8Array(0);
        return judge({ status: found.status, url: request.url, headers, body }, nowMs());
      },
    }),
    misses: () => missed,
    unused: () => [...bodies.keys()].filter((one) => !used.has(one)).map(({ file, url }) => file ?? url),
  };
}

function readManifest(file: string): Result<Recording[], string[]> {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(file, "utf8")));
    if (parsed.success) return ok(parsed.data.bodies);
    return err(parsed.error.issues.map((issue) => `${file}: ${issue.path.join(".")}: ${issue.message}`));
  } catch (error) {
    return err([`${file}: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function bodyOf({ file, sha256, status, url }: Recording, folder: string): Result<Uint8Array, string> {
  if (file === undefined) return status === 404 ? ok(new Uint8Array(0)) : err(`${url}: names no file`);
  let body: Uint8Array;
  try {
    body = readFileSync(join(folder, file));
  } catch {
    return err(`${file}: not there`);
  }
  return sha256Hex(body) === sha256 ? ok(body) : err(`${file}: not the bytes that the manifest names`);
}

function answers(recording: Recording, request: HttpRequest): boolean {
  if (recording.method !== (request.method ?? "GET") || !URL.canParse(request.url)) return false;
  const url = new URL(request.url);
  return (
    samePlace(recording.url, url.origin + url.pathname) &&
    Object.entries(recording.query).every(([name, value]) => url.searchParams.get(name) === value) &&
    recording.bodyIncludes.every((text) => request.body?.includes(text) === true)
  );
}

function samePlace(pattern: string, place: string): boolean {
  const wanted = pattern.split("/");
  const given = place.split("/");
  return wanted.length === given.length && wanted.every((part, at) => part === "*" || part === given[at]);
}

/** The recording that asks for most; of equals the first. */
function best(recordings: readonly Recording[]): Recording | undefined {
  const asks = (one: Recording) => Object.keys(one.query).length + one.bodyIncludes.length;
  return recordings.reduce<Recording | undefined>(
    (top, one) => (top === undefined || asks(one) > asks(top) ? one : top),
    undefined,
  );
}
