import { Readable } from "node:stream";
import { err, ok } from "../../kernel/result.ts";
import { drifted } from "../parse.ts";
import type { Answer, Ask, HttpResponse, SourceFailure } from "../source.ts";

type Play = typeof import("google-play-scraper")["default"];

/** The part of got 11's request options that the hook reads. */
interface GotOptions {
  url: URL;
  method: string;
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
}

/** Options of a call to the package. Its own types leave `requestOptions` out. */
export interface PlayOptions {
  requestOptions: { retry: 0; hooks: { beforeRequest: ((options: GotOptions) => Promise<unknown>)[] } };
}

/** A checked answer: what the package is given to read, and what we read of it ourselves. */
export interface Checked<T> {
  body: string;
  facts: T;
}

/** Largest page accepted, bytes; the largest recorded is 1.4 million. */
const MAX_BYTES = 6_000_000;

/**
 * Runs one call of google-play-scraper without letting it near the network. The package builds the request; a hook sends it
 * through the door, lets `check` judge the answer and hands the package only what passed, as a response-like stream. So the
 * package, which evaluates text of the page and takes a captcha for "no apps", sees nothing but text that we wrote.
 * Undefined when the store answered 404.
 */
export async function throughPackage<T, R>(
  ask: Ask,
  check: (response: HttpResponse) => Answer<Checked<T>>,
  call: (play: Play, options: PlayOptions) => Promise<R>,
): Promise<Answer<{ facts: T; answer: R } | undefined>> {
  const { default: play } = await import("google-play-scraper");
  let facts: T | undefined;
  let failure: SourceFailure | undefined;
  let absent = false;
  let asked = false;

  async function beforeRequest(options: GotOptions): Promise<unknown> {
    // One question, one request: what the package would ask next, it would ask in a form of 2019.
    if (asked) throw new Error("a second request");
    asked = true;
    const response = await ask.http.fetch(doorRequest(ask, options));
    absent = response.ok && response.value.status === 404;
    const checked = response.ok && !absent ? checkStatus(response.value, check) : response;
    if (!checked.ok) failure = checked.error;
    if (!checked.ok || !("facts" in checked.value)) throw new Error("no answer to read");
    facts = checked.value.facts;
    return Object.assign(Readable.from([Buffer.from(checked.value.body)]), { statusCode: 200, headers: {} });
  }

  try {
    const answer = await call(play, { requestOptions: { retry: 0, hooks: { beforeRequest: [beforeRequest] } } });
    return facts === undefined ? drifted("google-play-scraper answered without asking") : ok({ facts, answer });
  } catch (error) {
    if (absent) return ok(undefined);
    if (failure !== undefined) return err(failure);
    return drifted(`google-play-scraper could not read the page: ${String(error).slice(0, 120)}`);
  }
}

function checkStatus<T>(response: HttpResponse, check: (response: HttpResponse) => Answer<Checked<T>>) {
  if (response.status !== 200) return err({ ...drifted("an answer that is no page").error, status: response.status });
  return check(response);
}

function doorRequest(ask: Ask, { url, method, headers, body }: GotOptions) {
  const type = headers["content-type"];
  return {
    url: `${ask.baseUrl}${url.pathname}${url.search}`,
    maxBytes: MAX_BYTES,
    ...(method === "POST" && typeof body === "string"
      ? { method: "POST" as const, body, headers: { "content-type": String(type) } }
      : {}),
  };
}
