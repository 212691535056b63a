import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Gate } from "../access/gate.ts";
import { createApi } from "../api/app.ts";
import { problemOf, refuse } from "../api/problem.ts";
import { type ConsoleOptions, createConsole } from "../console/app.tsx";
import { languageOf, textOf } from "../console/seat.ts";
import type { SitePorts } from "./ports.ts";

export interface SiteOptions extends ConsoleOptions {
  /** Where errors go that nobody foresaw; by default to stderr. */
  log?(error: Error): void;
}

/** The console, and the API under `/api`, behind one gate. */
export function createSite(ports: SitePorts, gate: Gate, { log = toStderr, ...options }: SiteOptions = {}): Hono {
  const site = new Hono();
  site.route(
    "/api",
    createApi(ports, (c) => gate.personOf(c)),
  );
  site.route("/", createConsole(ports, gate, options));
  site.onError((error, c) => {
    if (error instanceof HTTPException) {
      const answer = error.getResponse();
      return c.newResponse(answer.body, answer);
    }
    log(error);
    return unforeseen(c);
  });
  return site;
}

/** What broke is for the log: the answer says nothing of it, for it may name what this person may not know. */
function unforeseen(c: Context): Response | Promise<Response> {
  c.header("cache-control", "no-store");
  if (c.req.path.startsWith("/api/")) return refuse(c, problemOf("unforeseen"));
  const language = languageOf(c);
  const { unforeseen: title, unforeseenHint: hint } = textOf(language).trouble;
  const page = `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1><p>${hint}</p>`;
  return c.html(page, 500);
}

function toStderr(error: Error): void {
  process.stderr.write(`${error.stack ?? error.message}\n`);
}
