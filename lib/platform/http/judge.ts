import { err, ok, type Result } from "../../kernel/result.ts";
import type { HttpFailure, HttpResponse, SourceFailure } from "../../sources/source.ts";
import { challengeIn } from "./challenge.ts";
import { retryAfterMs } from "./retry.ts";

/**
 * Whether a whole response is worth a parser's time. Challenge pages come first, because they come with any status, 200 and 429
 * among them. Names only the host: paths and queries may hold an operator's key, and failures are printed and kept. What is refused
 * comes along, so that somebody can see what the store showed instead.
 */
export function judge(response: HttpResponse, nowMs: number): Result<HttpResponse, HttpFailure> {
  const { status } = response;
  const host = new URL(response.url).host;
  const fail = (kind: SourceFailure["kind"], what: string, wait?: number) =>
    err({ kind, detail: `${host} ${what}`, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) });
  const refuse = (what: string) => err({ ...fail("refused", what).error, response });

  const challenge = challengeIn(response);
  if (challenge !== undefined) return refuse(`asks for proof of a person: ${challenge}`);
  if (status === 429 || status === 503) {
    return fail("throttled", `answered ${status}`, retryAfterMs(response.headers["retry-after"], nowMs));
  }
  // Apple says "too fast" with a 403 and no body (seen 2023, documented at about 20 calls a minute).
  if (status === 403 && response.body.length === 0) {
    return fail("throttled", "answered 403 with nothing in it", retryAfterMs(response.headers["retry-after"], nowMs));
  }
  // GitHub says it with words in the body and these headers (docs.github.com, "Rate limits for the REST API").
  if (status === 403 && (response.headers["x-ratelimit-remaining"] === "0" || response.headers["retry-after"])) {
    return fail(
      "throttled",
      "answered 403 and has no more today",
      retryAfterMs(response.headers["retry-after"], nowMs),
    );
  }
  if (status === 401 || status === 403) return refuse(`answered ${status}`);
  if (status >= 500) return fail("unreachable", `answered ${status}`);
  return ok(response);
}
