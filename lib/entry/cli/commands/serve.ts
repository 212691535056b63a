import { once } from "node:events";
import type { Server } from "node:http";
import { createInterface } from "node:readline";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { createLocalGate } from "../../access/local-gate.ts";
import type { Role } from "../../access/rights.ts";
import { keepPolicy } from "../../kept-policy.ts";
import { keepOwnIcons } from "../../own-icons.ts";
import { readSettings } from "../../settings.ts";
import { localSitePorts } from "../../site/local.ts";
import { createSite } from "../../site/site.ts";
import { openStore } from "../../store.ts";
import { systemClock } from "../../system-clock.ts";
import { byWhom } from "../by-whom.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";
import { configProblems } from "../render/config-problems.ts";
import type { Terminal } from "../terminal.ts";

export interface ServeArgs extends CommonArgs {
  port: number;
  by?: string;
  role: Role;
  json?: boolean;
}

/** The console and the API on this machine, until Ctrl-C. Scans may run beside it: they share the ledger. */
export async function serveCommand(args: ServeArgs, { terminal, env, signal }: Invocation): Promise<number> {
  const settings = await readSettings(args, env);
  if (!settings.ok) {
    terminal.error(configProblems(settings.error, terminal));
    return EXIT.usage;
  }
  const name = byWhom(args.by);
  if (name === undefined) {
    terminal.error(terminal.m.badName);
    return EXIT.usage;
  }
  const store = await openStore(args.data, env);
  try {
    keepPolicy(store.folder, settings.value.config.review);
    await keepOwnIcons(settings.value.config, store.locker, systemClock);
    const gate = createLocalGate({ name, rights: { all: args.role, brands: {} } });
    const site = createSite(localSitePorts(store, settings.value.config, args, env), gate);
    const server = createAdaptorServer({ fetch: guarded(site).fetch }) as Server;
    const port = await listen(server, args.port);
    if (port === undefined) {
      terminal.error(terminal.m.serve.busy(args.port));
      return EXIT.usage;
    }
    const newLink = () => `http://127.0.0.1:${port}${gate.newLink()}`;
    tellLink(newLink(), args, terminal);
    const lines = terminal.asks ? createInterface({ input: process.stdin }) : undefined;
    lines?.on("line", () => tellLink(newLink(), args, terminal));
    await untilStopped(signal);
    lines?.close();
    await closed(server);
    return EXIT.complete;
  } finally {
    await store.close();
  }
}

/** A page elsewhere can make a browser ask this port under a name of its own; only this machine's names are answered. */
function guarded(site: Hono): Hono {
  const guard = new Hono();
  guard.use(async (c, next) => {
    const { hostname } = new URL(c.req.url);
    return ["127.0.0.1", "localhost", "[::1]"].includes(hostname) ? next() : c.text("Misdirected request", 421);
  });
  guard.route("/", site);
  return guard;
}

/** The port in use; undefined where another program has it. */
async function listen(server: Server, wished: number): Promise<number | undefined> {
  server.listen(wished, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : undefined;
}

function tellLink(url: string, args: ServeArgs, terminal: Terminal): void {
  if (args.json) terminal.answer(JSON.stringify({ schema: "serve/1", url }));
  else terminal.answer(url);
  terminal.note(terminal.m.serve.hint(terminal.asks));
}

async function untilStopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await once(signal, "abort");
}

async function closed(server: Server): Promise<void> {
  const ended = once(server, "close");
  server.close();
  server.closeAllConnections();
  await ended;
}
