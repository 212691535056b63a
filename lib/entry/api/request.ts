import type { Context, Next } from "hono";
import { bodyLimit } from "hono/body-limit";
import { problemOf, refuse } from "./problem.ts";

/** A bulk decision about 200 cases has 20 kB, the longest note 30. */
const MOST_BYTES = 256 * 1024;

export function smallBody() {
  return bodyLimit({ maxSize: MOST_BYTES, onError: (c) => refuse(c, problemOf("too-large")) });
}

/**
 * Whatever changes something says that it is JSON, even without a body: a form of another site cannot say so without asking first,
 * and so cannot act in the name of who looks at it.
 */
export async function jsonOnly(c: Context, next: Next): Promise<Response | undefined> {
  const type = c.req.header("content-type") ?? "";
  if (c.req.method === "POST" && !/^application\/json\s*(;|$)/i.test(type)) return refuse(c, problemOf("media-type"));
  await next();
  return undefined;
}

/** The version an If-Match names; `any` for `*`. */
export function versionIn(header: string | undefined): number | "any" | "missing" | "bad" {
  if (header === undefined) return "missing";
  if (header.trim() === "*") return "any";
  const digits = /^\s*"(\d{1,9})"\s*$/.exec(header)?.[1];
  return digits === undefined ? "bad" : Number(digits);
}

export function etagOf(version: number): string {
  return `"${version}"`;
}
