import type { Context } from "hono";
import { hasArrived } from "./session.ts";

/**
 * Whether somebody came to this page themselves. A program that asks for the head looks at nothing, and another site that opens the
 * page must not move the mark of what is new since the last visit. The way back from the bank's login comes from another site too: the
 * gate has marked it. Browsers that do not say where a request comes from are believed.
 */
export function isOwnVisit(c: Context): boolean {
  if (c.req.method !== "GET") return false;
  return hasArrived(c) || !isFromElsewhere(c);
}

export function isFromElsewhere(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  return site !== undefined && site !== "same-origin" && site !== "none";
}
