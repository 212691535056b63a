import { Hono } from "hono";
import type { Gate } from "../access/gate.ts";
import { createApi } from "../api/app.ts";
import { type ConsoleOptions, createConsole } from "../console/app.tsx";
import type { SitePorts } from "./ports.ts";

/** The console, and the API under `/api`, behind one gate. */
export function createSite(ports: SitePorts, gate: Gate, options: ConsoleOptions = {}): Hono {
  const site = new Hono();
  site.route(
    "/api",
    createApi(ports, (c) => gate.personOf(c)),
  );
  site.route("/", createConsole(ports, gate, options));
  return site;
}
