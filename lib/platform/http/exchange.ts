import type { Dispatcher } from "undici";
import type { HttpResponse } from "../../sources/source.ts";
import { readBody } from "./body.ts";
import { late, stopped } from "./network-error.ts";

/** One request to one server, without redirects, retries or pace. */
export interface Hop {
  url: URL;
  method: "GET" | "POST";
  /** Names in lower case. */
  headers: Record<string, string>;
  body?: string;
}

export interface HopLimits {
  maxBytes: number;
  /** For the whole exchange, so that a server that drips bytes ends too. */
  deadlineMs: number;
  signal: AbortSignal;
}

/** Where an exchange got to, so that its failure can be told in the right words. */
export interface Progress {
  inBody: boolean;
}

/** Sends one request and reads the whole answer; throws what `explain` can put in words. */
export async function exchange(
  dispatcher: Dispatcher,
  hop: Hop,
  limits: HopLimits,
  progress: Progress,
): Promise<HttpResponse> {
  const end = ending(limits.signal, limits.deadlineMs);
  try {
    const answer = await dispatcher.request({
      origin: hop.url.origin,
      path: hop.url.pathname + hop.url.search,
      method: hop.method,
      headers: hop.headers,
      body: hop.body,
      signal: end.signal,
    });
    progress.inBody = true;
    const headers = plainHeaders(answer.headers);
    const body = await readBody(answer.body, headers["content-encoding"] ?? "", limits.maxBytes);
    return { status: answer.statusCode, url: hop.url.href, headers: contentHeaders(headers), body };
  } catch (error) {
    throw end.signal.aborted ? end.signal.reason : error;
  } finally {
    end.release();
  }
}

/** A signal that fires when the caller stops or time is up. By hand, since `AbortSignal.any` leaks on Node 20 (nodejs/node 54614). */
function ending(outer: AbortSignal, deadlineMs: number): { signal: AbortSignal; release(): void } {
  const controller = new AbortController();
  const stop = () => controller.abort(stopped());
  const timer = setTimeout(() => controller.abort(late(deadlineMs)), deadlineMs);
  if (outer.aborted) stop();
  outer.addEventListener("abort", stop, { once: true });
  return {
    signal: controller.signal,
    release() {
      clearTimeout(timer);
      outer.removeEventListener("abort", stop);
    },
  };
}

/** One text per name; cookies are put on lines of their own, because they contain commas. */
function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    plain[name.toLowerCase()] = typeof value === "string" ? value : value.join(name === "set-cookie" ? "\n" : ", ");
  }
  return plain;
}

/** These describe the wire and would be wrong beside the decompressed body. */
const WIRE_HEADERS = new Set(["content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive"]);

function contentHeaders(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !WIRE_HEADERS.has(name)));
}
