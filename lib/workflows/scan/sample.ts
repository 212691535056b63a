import type { Locker, Sha256 } from "../../domain/evidence/evidence.ts";
import type { Clock } from "../../kernel/time.ts";
import type { HttpResponse, SourceFailure } from "../../sources/source.ts";

/** Enough of a page to see what it is: a captcha, a new layout, a notice. */
const LARGEST_SAMPLE = 64 * 1024;

/** The beginning of an answer, in bytes of its own: the whole may be an index of many megabytes. */
export function beginningOf(response: HttpResponse): HttpResponse {
  return { ...response, body: new Uint8Array(response.body.subarray(0, LARGEST_SAMPLE)) };
}

/** The last answer, where it is the trouble itself and there is something to see: other failures have none, or it says nothing. */
export function unreadOf({ kind }: SourceFailure, last: HttpResponse | undefined): HttpResponse | undefined {
  const telling = kind === "drifted" || kind === "refused";
  return telling && last !== undefined && last.body.length > 0 ? last : undefined;
}

/** Keeps the beginning of what a source answered instead, so that somebody can see why it could not be read. */
export async function keepSample(
  { locker, clock }: { locker: Locker; clock: Clock },
  response: HttpResponse,
): Promise<Sha256> {
  const mediaType = response.headers["content-type"] ?? "application/octet-stream";
  const about = { kind: "response", mediaType, origin: response.url, at: clock() } as const;
  return (await locker.put(beginningOf(response).body, about)).sha256;
}
