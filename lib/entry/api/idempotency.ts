import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { KeptAnswer } from "../../domain/desk/desk.ts";
import { sha256Hex } from "../../kernel/id.ts";
import { maySomewhere, type Person, readable } from "../access/rights.ts";
import type { SitePorts } from "../site/ports.ts";
import type { ApiEnv } from "./env.ts";
import { problemOf, refuse } from "./problem.ts";
import { etagOf } from "./request.ts";

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * A request that changes something and carries a key is carried out once: sent again, it gets the answer it got, whatever stands now.
 * The key is the person's own, and stands for the request of one who may know of these brands: whoever may know of fewer by now is not
 * told the old answer. Kept is what was done; what was refused changed nothing, and may be tried again under the same key. Nothing is
 * written for requests that nobody could carry out: a path that is not there, or a person who may change nothing.
 */
export function idempotent({ desk, clock }: SitePorts): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    if (!KEY.test(key)) return refuse(c, problemOf("bad-idempotency-key"));
    const person = c.get("person");
    if (!isRoute(c) || !maySomewhere(person.rights, "triage")) return next();
    const beginning = await desk.begin(person.name, key, await fingerprintOf(c, person), clock());
    if (beginning.kind === "busy") return refuse(c, problemOf("in-progress"));
    if (beginning.kind === "other") return refuse(c, problemOf("idempotency-key-reused"));
    if (beginning.kind === "answered") return replayed(beginning.answer);
    const { run } = beginning;
    try {
      await next();
    } catch (error) {
      await desk.giveUp(person.name, key, run);
      throw error;
    }
    const { status } = c.res;
    if (status < 300) await desk.keepAnswer(person.name, key, run, { status, body: await c.res.clone().text() });
    else await desk.giveUp(person.name, key, run);
    return undefined;
  };
}

/** Whether something of ours answers here; what answers whatever comes does so to every method. */
function isRoute(c: Context): boolean {
  return matchedRoutes(c).some(({ method }) => method === "POST");
}

async function fingerprintOf(c: Context, { rights }: Person): Promise<string> {
  const { method, url } = c.req;
  const { pathname, search } = new URL(url);
  const body = sha256Hex(await c.req.text());
  const brands = readable(rights)?.sort() ?? null;
  return JSON.stringify([method, pathname, search, c.req.header("if-match") ?? null, body, brands]);
}

/** The answer as it was kept; one too long to be kept is only known to have been given. */
function replayed({ status, body }: KeptAnswer): Response {
  const headers = new Headers({ "content-type": "application/json", "idempotency-replayed": "true" });
  const text = body || "{}";
  const { version } = JSON.parse(text).finding ?? {};
  if (version !== undefined) headers.set("etag", etagOf(version));
  return new Response(text, { status, headers });
}
