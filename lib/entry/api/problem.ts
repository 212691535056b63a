import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** What went wrong and what to do next, as RFC 9457 problem details. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  code: string,
  title: string,
  hint?: string,
): Response {
  return c.json({ type: "about:blank", status, code, title, hint }, status, {
    "content-type": "application/problem+json",
  });
}
