import { err, ok, type Result } from "../../kernel/result.ts";
import type { HttpResponse } from "../../sources/source.ts";
import type { Hop } from "./exchange.ts";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Headers that say nothing of who asks; only these are told to another origin than the one they were meant for. */
const HARMLESS = new Set(["accept", "accept-encoding", "accept-language", "user-agent", "range"]);

/**
 * The request that a redirect asks for; undefined when the response is none. Refuses to carry a body to another origin: it may
 * hold an operator's key, and no store we know asks for it.
 */
export function redirectOf(hop: Hop, response: HttpResponse): Result<Hop | undefined, string> {
  const location = response.headers.location;
  if (!REDIRECTS.has(response.status) || location === undefined) return ok(undefined);
  if (!URL.canParse(location, hop.url.href)) return err("redirects to an unreadable address");
  const url = new URL(location, hop.url.href);
  url.hash = "";
  const keepsMethod = response.status === 307 || response.status === 308 || hop.method === "GET";
  const next = keepsMethod
    ? { ...hop, url }
    : { url, method: "GET" as const, headers: without(hop.headers, /^content-/) };
  if (url.origin === hop.url.origin) return ok(next);
  if (next.body !== undefined) return err(`redirects a posted form to ${url.host}`);
  return ok({ ...next, headers: harmless(next.headers) });
}

function without(headers: Record<string, string>, names: RegExp): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.test(name)));
}

function harmless(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => HARMLESS.has(name)));
}
