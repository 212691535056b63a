import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { maySomewhere, type Person } from "../access/rights.ts";
import { noteSeen } from "../access/standing.ts";
import type { SitePorts } from "../site/ports.ts";
import { documentOf } from "./document.ts";
import type { Api, ApiEnv } from "./env.ts";
import { idempotent } from "./idempotency.ts";
import { invalid } from "./invalid.ts";
import { problemOf, refuse } from "./problem.ts";
import { jsonOnly, smallBody } from "./request.ts";
import { brandRoutes } from "./routes/brands.ts";
import { campaignRoutes } from "./routes/campaigns.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { delegationRoutes } from "./routes/delegations.ts";
import { eventRoutes } from "./routes/events.ts";
import { evidenceRoutes } from "./routes/evidence.ts";
import { findingRoutes } from "./routes/findings.ts";
import { handoverRoutes } from "./routes/handovers.ts";
import { meRoutes } from "./routes/me.ts";
import { metricRoutes } from "./routes/metrics.ts";
import { scanRoutes } from "./routes/scans.ts";

/**
 * What the console shows and does, for programs. A host mounts it where it likes, and says who asks: `personOf` is asked once for each
 * request and answers undefined where nobody is signed in. Where a browser's cookie proves who asks, the host keeps other sites out.
 * Errors nobody foresaw are thrown again, for the host to log.
 */
export function createApi(ports: SitePorts, personOf: (c: Context) => Promise<Person | undefined>): Api {
  const app: Api = new OpenAPIHono<ApiEnv>({ defaultHook: invalid });

  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
    c.header("x-content-type-options", "nosniff");
  });
  app.use(async (c, next) => {
    const person = await personOf(c);
    if (person === undefined) return refuse(c, problemOf("not-signed-in"));
    const reads = maySomewhere(person.rights, "read");
    // Whatever they lent ends with their own right: when they write, and when none is left.
    if (c.req.method === "POST" || !reads) await noteSeen(ports.desk, person, ports.clock());
    if (!reads) return refuse(c, problemOf("no-rights"));
    c.set("person", person);
    return next();
  });
  app.use(smallBody());
  app.use(jsonOnly);
  app.use(idempotent(ports));

  findingRoutes(app, ports);
  eventRoutes(app, ports);
  evidenceRoutes(app, ports);
  decisionRoutes(app, ports);
  campaignRoutes(app, ports);
  brandRoutes(app, ports);
  scanRoutes(app, ports);
  metricRoutes(app, ports);
  meRoutes(app, ports);
  delegationRoutes(app, ports);
  handoverRoutes(app, ports);

  app.openAPIRegistry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer" });
  app.get("/openapi.json", (c) => c.json(documentOf(app, c.req.path)));
  // A route and not `notFound`, which would be lost where the API is mounted.
  app.all("*", (c) => refuse(c, problemOf("no-route")));
  app.onError((error, c) => {
    if (error.name === "BadCursor") return refuse(c, problemOf("bad-cursor"));
    if (error instanceof HTTPException && error.status === 400) return refuse(c, problemOf("malformed-json"));
    if (error instanceof HTTPException && error.status === 415) return refuse(c, problemOf("media-type"));
    throw error;
  });
  return app;
}
