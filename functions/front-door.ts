import { createHash, timingSafeEqual } from "node:crypto";

/** The header by which the API knows that a call came through CloudFront and its firewall, not around them. */
export const ORIGIN_HEADER = "x-knockoff-origin";

/** True where nothing stands before the API, or the call carries what only the front knows. */
export function cameThroughFront(headers: Record<string, string | undefined>, secret: string | undefined): boolean {
  if (secret === undefined) return true;
  const shown = headers[ORIGIN_HEADER];
  return Boolean(shown) && timingSafeEqual(digest(shown ?? ""), digest(secret));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
