import { Hono } from "hono";
import { isUnreachable } from "../lib/entry/access/provider.ts";
import { bearerPerson } from "../lib/entry/access/token.ts";
import { createApi } from "../lib/entry/api/app.ts";
import { systemClock } from "../lib/entry/system-clock.ts";
import { tokenRules } from "./login.ts";
import { logger } from "./runtime.ts";
import { noting, serve } from "./serving.ts";
import { sitePorts } from "./site-ports.ts";

/** The API for programs. The gateway has looked at the token too; that it has is nothing this relies on. */
export const handler = serve(() => {
  const personOf = noting(bearerPerson(tokenRules(process.env), systemClock));
  const app = new Hono().route("/api", createApi(sitePorts(process.env), personOf));
  app.onError((error, c) => {
    if (!isUnreachable(error)) throw error;
    logger.warn("login", { problem: "unreachable", detail: error.message });
    return c.body(null, 503, { "retry-after": "60" });
  });
  return app;
});
