import type { Dispatcher } from "undici";
import { err } from "../../kernel/result.ts";
import type { Answer, HttpRequest, HttpResponse, SourceFailure } from "../../sources/source.ts";
import { ACCEPT_ENCODING } from "./body.ts";
import { exchange, type Hop, type Progress } from "./exchange.ts";
import { type Guard, portOf } from "./guard.ts";
import { judge } from "./judge.ts";
import { explain, stopped } from "./network-error.ts";
import type { Lane } from "./pace.ts";
import { redirectOf } from "./redirect.ts";
import type { Rests } from "./rests.ts";
import type { Tried } from "./retry.ts";

/** The way that requests of one source take. */
export interface Way {
  lane: Lane;
  dispatcher: Dispatcher;
  signal: AbortSignal;
  proxied: boolean;
  maxBytes: number;
  deadlineMs: number;
}

export interface Rules {
  guard: Guard;
  rests: Rests;
  userAgent: string;
  longestWaitMs: number;
  now: () => number;
  sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

const MOST_REDIRECTS = 5;

/** One try: the request and the redirects it leads to, each of them in the store's lane. */
export async function travel(rules: Rules, way: Way, request: HttpRequest): Promise<Tried<Answer<HttpResponse>>> {
  const seen = new Set<string>();
  let hop = firstHop(request, rules.userAgent);
  for (;;) {
    const visited = await way.lane(() => visit(rules, way, hop, request.maxBytes ?? way.maxBytes), way.signal);
    if (!visited.value.ok) return visited;
    const response = visited.value.value;
    const next = request.followRedirects === false ? undefined : redirectOf(hop, response);
    if (next !== undefined && !next.ok) return lost("refused", `${hop.url.host} ${next.error}`);
    if (next?.value === undefined) return judged(rules, way, response);
    seen.add(`${hop.method} ${hop.url.href}`);
    hop = next.value;
    if (seen.has(`${hop.method} ${hop.url.href}`)) return lost("unreachable", `${hop.url.host} redirects in a circle`);
    if (seen.size > MOST_REDIRECTS)
      return lost("unreachable", `${hop.url.host}: more than ${MOST_REDIRECTS} redirects`);
  }
}

function firstHop(request: HttpRequest, userAgent: string): Hop {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    "accept-encoding": ACCEPT_ENCODING,
    accept: "*/*",
  };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  const url = new URL(request.url);
  url.hash = "";
  return { url, method: request.method ?? "GET", headers, body: request.body };
}

/** One hop. What is refused here never left this machine. */
async function visit(rules: Rules, way: Way, hop: Hop, maxBytes: number): Promise<Tried<Answer<HttpResponse>>> {
  const { host, hostname } = hop.url;
  const problem =
    rules.guard.checkUrl(hop.url) ?? (way.proxied ? await proxiedProblem(rules.guard, hop.url) : undefined);
  if (problem !== undefined) return lost("refused", `${hostname}: ${problem}`);
  await rules.sleep(rules.rests.leftFor(way.lane), way.signal);
  const progress: Progress = { inBody: false };
  try {
    const limits = { maxBytes, deadlineMs: way.deadlineMs, signal: way.signal };
    return { value: { ok: true, value: await exchange(way.dispatcher, hop, limits, progress) } };
  } catch (error) {
    if (way.signal.aborted) return lost("unreachable", stopped().message);
    const { failure, passing, unsent } = explain(error, host, progress.inBody);
    // A form that may have arrived is not sent twice.
    const again = passing && (hop.method === "GET" || unsent) ? {} : undefined;
    return { value: err(failure), again };
  }
}

/** Behind a proxy the names are its to resolve; we refuse at least what our own name service knows to be private. */
async function proxiedProblem(guard: Guard, url: URL): Promise<string | undefined> {
  try {
    const addresses = await guard.addresses(url.hostname, portOf(url));
    return addresses.ok ? undefined : addresses.error;
  } catch {
    return undefined;
  }
}

/** The answer as the source will see it, and whether another try may bring a better one. */
function judged(rules: Rules, way: Way, response: HttpResponse): Tried<Answer<HttpResponse>> {
  const value = judge(response, rules.now());
  if (value.ok || value.error.kind === "refused") return { value };
  const { retryAfterMs } = value.error;
  if (retryAfterMs !== undefined && retryAfterMs > rules.longestWaitMs) return { value };
  if (retryAfterMs !== undefined) rules.rests.rest(way.lane, retryAfterMs);
  return { value, again: { afterMs: retryAfterMs } };
}

function lost(kind: SourceFailure["kind"], detail: string): Tried<Answer<HttpResponse>> {
  return { value: err({ kind, detail }) };
}
