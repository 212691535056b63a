import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { makeCatalogue } from "./catalogue.ts";
import { iconShelf } from "./icons.ts";
import { makeRepositoryKey } from "./signing.ts";
import type { Switches } from "./switches.ts";
import { send, troubledAnswer } from "./switches.ts";
import type { AppTruth, SourceId, World } from "./types.ts";
import { SOURCES } from "./types.ts";
import { appStore } from "./wire/app-store.ts";
import { aptoide } from "./wire/aptoide.ts";
import { fdroidStore } from "./wire/fdroid.ts";
import { githubReleases } from "./wire/github-releases.ts";
import { googlePlay } from "./wire/google-play.ts";
import { tencentMyapp } from "./wire/tencent-myapp.ts";
import type { Store, WireAnswer } from "./wire/wire.ts";
import { html } from "./wire/wire.ts";

export interface StorefrontRequest {
  /** The store that was asked, or what else of the server. */
  source: SourceId | "icons" | "elsewhere";
  method: string;
  /** Path and query below the server's address. */
  url: string;
  /** Epoch milliseconds. */
  at: number;
}

export interface Storefront {
  /** Address of the server; the store of a source stands below `${url}/<source id>`. */
  url: string;
  world: World;
  /** Replaces all switches of one store; `{}` makes it well again. */
  set(source: SourceId, switches: Switches): void;
  /** Every request since the start, oldest first. */
  requests(): StorefrontRequest[];
  /** The app is called otherwise from now on, in the store; the world keeps the name it was made with. */
  rename(appId: string, name: string): void;
  remove(appId: string): void;
  /** Takes back what `remove` or `rename` did. */
  restore(appId: string): void;
  stop(): Promise<void>;
}

const LARGEST_BODY = 100_000;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size <= LARGEST_BODY) parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString();
}

/** What each store offers now; a list stays the same object until something in it changes. */
function shelves(world: World) {
  const renamed = new Map<string, string>();
  const removed = new Set<string>();
  const offered = new Map<SourceId, AppTruth[]>();

  function appOf(id: string): AppTruth {
    const app = world.apps.find((candidate) => candidate.id === id);
    if (!app) throw new Error(`no app of this world has the id ${id}`);
    offered.delete(app.source);
    return app;
  }

  return {
    offers(source: SourceId): AppTruth[] {
      const known = offered.get(source);
      if (known) return known;
      const apps = world.apps
        .filter((app) => app.source === source && !removed.has(app.id))
        .map((app) => (renamed.has(app.id) ? { ...app, name: renamed.get(app.id) as string } : app));
      offered.set(source, apps);
      return apps;
    },
    rename: (id: string, name: string) => void renamed.set(appOf(id).id, name),
    remove: (id: string) => void removed.add(appOf(id).id),
    restore(id: string) {
      const app = appOf(id);
      renamed.delete(app.id);
      removed.delete(app.id);
    },
  };
}

function isSource(text: string | undefined): text is SourceId {
  return SOURCES.includes(text as SourceId);
}

/**
 * Starts one local server that speaks as six stores do, on the loopback address alone. The same `seed` makes the same world;
 * only the key of the F-Droid repository is new at every start. `port` 0 or none takes a free one.
 */
export async function startStorefront(options: {
  seed: number;
  port?: number;
  switches?: Partial<Record<SourceId, Switches>>;
}): Promise<Storefront> {
  const key = await makeRepositoryKey();
  const world: World = { ...makeCatalogue(options.seed), fdroidFingerprint: key.fingerprint };
  const stores: Record<SourceId, Store> = {
    "google-play": googlePlay,
    "app-store": appStore,
    aptoide,
    fdroid: fdroidStore(key),
    "tencent-myapp": tencentMyapp,
    "github-releases": githubReleases,
  };
  const shelf = shelves(world);
  const icon = iconShelf(world.apps);
  const asked: StorefrontRequest[] = [];
  const switches = new Map(Object.entries(options.switches ?? {}) as [SourceId, Switches][]);
  const stopping = new AbortController();
  let base = "";

  async function iconAnswer(path: string): Promise<WireAnswer> {
    const found = await icon(path);
    if (!found) return html("Not Found", 404);
    return { status: 200, headers: { "content-type": found.type }, body: found.bytes };
  }

  async function storeAnswer(source: SourceId, url: URL, request: IncomingMessage): Promise<WireAnswer> {
    const body = await bodyOf(request);
    const set = switches.get(source) ?? {};
    return (
      troubledAnswer(source, set) ??
      stores[source]({
        method: request.method ?? "GET",
        path: url.pathname.slice(source.length + 1) || "/",
        query: url.searchParams,
        body,
        base,
        apps: shelf.offers(source),
        drift: set.layout ?? false,
      })
    );
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", base);
    const place = url.pathname.split("/")[1];
    const source = isSource(place) ? place : undefined;
    const named = source ?? (place === "icons" ? "icons" : "elsewhere");
    asked.push({ source: named, method: request.method ?? "GET", url: url.pathname + url.search, at: Date.now() });
    const set = (source && switches.get(source)) ?? {};
    if (set.latencyMs) await wait(set.latencyMs, undefined, { signal: stopping.signal });
    if (set.dead) {
      request.socket.destroy();
      return;
    }
    const answer = source ? await storeAnswer(source, url, request) : await iconAnswer(url.pathname);
    await send(request, response, answer, set, stopping.signal);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (stopping.signal.aborted) return;
      process.stderr.write(`storefront: ${request.method} ${request.url}: ${String(error)}\n`);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { "content-type": "text/plain" }).end("the storefront has a fault");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: base,
    world,
    set: (source, next) => void switches.set(source, next),
    requests: () => [...asked],
    rename: shelf.rename,
    remove: shelf.remove,
    restore: shelf.restore,
    async stop() {
      stopping.abort();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
