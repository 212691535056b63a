import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import type { Gate } from "../access/gate.ts";
import { maySomewhere } from "../access/rights.ts";
import { noteSeen } from "../access/standing.ts";
import type { SitePorts } from "../site/ports.ts";
import { assetAt } from "./assets.ts";
import { StrangerPage, TroublePage } from "./pages/trouble.tsx";
import { aboutRoutes } from "./routes/about.tsx";
import { campaignRoutes } from "./routes/campaigns.tsx";
import { findingRoutes } from "./routes/findings.tsx";
import { handoverRoutes } from "./routes/handover.tsx";
import { imageRoutes } from "./routes/images.ts";
import { queueRoutes } from "./routes/queue.tsx";
import { settingsRoutes } from "./routes/settings.ts";
import { startRoutes } from "./routes/start.tsx";
import { languageOf, type Seat, textOf, viewOf } from "./seat.ts";

export interface ConsoleOptions {
  /** Where browsers reach the console, where a proxy stands before it; by default what the request says. */
  origin?: string;
}

const MOST_BYTES = 128 * 1024;
const YEAR_SECONDS = 31_536_000;

/** The console: pages made on the server, that work without their script. Nothing in them comes from anywhere but here. */
export function createConsole(ports: SitePorts, gate: Gate, options: ConsoleOptions = {}): Hono<Seat> {
  const app = new Hono<Seat>();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        imgSrc: ["'self'"],
        styleSrc: ["'self'"],
        scriptSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: "DENY",
      // The default, and stricter, leaves forms without an origin, by which older browsers prove that they are ours.
      referrerPolicy: "same-origin",
    }),
  );
  app.get("/static/*", (c) => {
    const asset = assetAt(c.req.path);
    if (asset === undefined) return c.notFound();
    return c.body(asset.body, 200, {
      "content-type": asset.type,
      "cache-control": `public, max-age=${YEAR_SECONDS}, immutable`,
    });
  });
  app.use(async (c, next) => {
    await next();
    if (!c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
  });
  app.use(csrf(options.origin === undefined ? undefined : { origin: options.origin }));
  app.use(bodyLimit({ maxSize: MOST_BYTES }));
  gate.mount(app as unknown as Hono);
  app.use(async (c, next) => {
    const person = await gate.personOf(c);
    if (person !== undefined) await noteSeen(ports.desk, person, ports.clock());
    const language = languageOf(c);
    if (person === undefined || !maySomewhere(person.rights, "read")) {
      const page = (
        <StrangerPage
          view={{ language, t: textOf(language) }}
          signIn={person === undefined ? signInFor(c, gate) : undefined}
        />
      );
      return c.html(page, person === undefined ? 401 : 403);
    }
    c.set("view", viewOf(c, person, ports));
    return next();
  });
  for (const routes of [
    startRoutes,
    queueRoutes,
    findingRoutes,
    campaignRoutes,
    handoverRoutes,
    aboutRoutes,
    imageRoutes,
    settingsRoutes,
  ])
    routes(app, ports);
  // A route and not `notFound`, which would be lost where the console is mounted.
  app.all("*", (c) => {
    const view = c.get("view");
    return c.html(<TroublePage view={view} title={view.t.trouble.notFound} hint={view.t.trouble.notFoundHint} />, 404);
  });
  return app;
}

/** The way in, and back to the page that was wanted. */
function signInFor(c: Context<Seat>, { signIn }: Gate): string | undefined {
  if (signIn === undefined || c.req.method !== "GET") return signIn;
  const { pathname, search } = new URL(c.req.url);
  return `${signIn}?to=${encodeURIComponent(`${pathname}${search}`)}`;
}
