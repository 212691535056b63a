import type { Context, MiddlewareHandler } from "hono";
import type { KeptAnswer } from "../../domain/desk/desk.ts";
import { sha256Hex } from "../../kernel/id.ts";
import type { SitePorts } from "../site/ports.ts";
import type { ApiEnv } from "./env.ts";
import { problemOf, refuse } from "./problem.ts";
import { etagOf } from "./request.ts";

const KEY = /^[\x21-\x7e]{1,200}$/;

/**
 * A request that changes something and carries a key is carried out once: sent again, it gets the answer it got, whatever stands now.
 * The key is the person's own. Kept is what was decided; what failed before that, such as a missing role, may be tried again under the
 * same key.
 */
export function idempotent({ desk, clock }: SitePorts): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const key = c.req.header("idempotency-key");
    if (c.req.method !== "POST" || key === undefined) return next();
    if (!KEY.test(key)) return refuse(c, problemOf("bad-idempotency-key"));
    const { name } = c.get("person");
    const beginning = await desk.begin(name, key, await fingerprintOf(c), clock());
    if (beginning.kind === "busy") return refuse(c, problemOf("in-progress"));
    if (beginning.kind === "other") return refuse(c, problemOf("idempotency-key-reused"));
    if (beginning.kind === "answered") return replayed(beginning.answer);
    try {
      await next();
    } catch (error) {
      await desk.giveUp(name, key);
      throw error;
    }
    if (isDecided(c.res.status))
      await desk.keepAnswer(name, key, { status: c.res.status, body: await c.res.clone().text() });
    else await desk.giveUp(name, key);
    return undefined;
  };
}

async function fingerprintOf(c: Context): Promise<string> {
  const { method, url } = c.req;
  const { pathname, search } = new URL(url);
  return JSON.stringify([method, pathname, search, c.req.header("if-match") ?? null, sha256Hex(await c.req.text())]);
}

/** What follows from the case, and not from how it was asked or by whom. */
function isDecided(status: number): boolean {
  return status < 300 || status === 404 || status === 409 || status === 422;
}

/** The answer as it was kept; one too long to be kept is only known to have been given. */
function replayed({ status, body }: KeptAnswer): Response {
  const type = status < 300 ? "application/json" : "application/problem+json";
  const headers = new Headers({ "content-type": type, "idempotency-replayed": "true" });
  const text = body || "{}";
  const { version } = JSON.parse(text).finding ?? {};
  if (version !== undefined) headers.set("etag", etagOf(version));
  return new Response(text, { status, headers });
}
