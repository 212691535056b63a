import { lookup } from "node:dns/promises";
import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { err } from "../../kernel/result.ts";
import type { Answer, Http, HttpRequest, HttpResponse, SourceManifest } from "../../sources/source.ts";
import { parseAllowList } from "./allow-list.ts";
import { createDispatchers } from "./dispatchers.ts";
import { createGuard, type Resolve } from "./guard.ts";
import { type Rules, travel, type Way } from "./journey.ts";
import { stopped } from "./network-error.ts";
import { createLane, type Lane, type Pace } from "./pace.ts";
import { createRests } from "./rests.ts";
import { type Chance, type Patience, withRetries } from "./retry.ts";

/** The only way out to the network. */
export interface Door {
  /**
   * A store's own door: its pace is shared by all calls for the same source id, whoever makes them. Throws when the same source
   * is given two paces.
   */
  forSource(about: Pick<SourceManifest, "id" | "pace">, overrides?: DoorOverrides & { pace?: Pace }): Http;
  /** For hosts that no manifest names: icons, links, third parties. Each call has a pace of its own. */
  anywhere(pace: Pace, overrides?: DoorOverrides): Http;
  /** Ends all that is under way; answers `stopped` from then on. */
  close(): Promise<void>;
}

export interface DoorOverrides {
  /** Stops what is asked through this `Http`; a stopped request answers `unreachable`, "stopped". */
  signal?: AbortSignal;
  /**
   * `http://user:password@proxy.example:3128`. The proxy resolves names, so what we checked is only what our own name service
   * says, and nothing when it says nothing; the proxy has to keep private networks closed itself.
   */
  proxy?: string;
  maxBytes?: number;
  deadlineMs?: number;
}

export interface DoorOptions {
  userAgent: string;
  /** Hosts (`host`, `host:port`) and networks (CIDR) that may be asked although they are not public. Throws on others. */
  allow?: readonly string[];
  /** To connect, milliseconds. */
  connectMs?: number;
  /** Longest silence before headers and within a body, milliseconds. */
  stallMs?: number;
  /** For one request with its redirects, from its turn to its last byte, milliseconds. */
  deadlineMs?: number;
  /** Largest body after decompression, bytes, where the request does not say. */
  maxBytes?: number;
  patience?: Patience;
  /** Longest Retry-After that is waited for, milliseconds; a longer one is the caller's to plan with. */
  longestWaitMs?: number;
  resolve?: Resolve;
  /** Milliseconds since 1970. */
  now?: () => number;
  random?: Chance["random"];
  sleep?: Chance["sleep"];
}

/** Says who asks and how to reach them: `Knockoff/0.1.0 (+mailto:soc@bank.example)`. */
export function honestUserAgent(version: string, contact?: string): string {
  return contact === undefined ? `Knockoff/${version}` : `Knockoff/${version} (+${contact})`;
}

export function createDoor(options: DoorOptions): Door {
  const allow = parseAllowList(options.allow ?? []);
  if (!allow.ok) throw new Error(allow.error.join("; "));
  const resolve = options.resolve ?? ((hostname: string) => lookup(hostname, { all: true }));
  const guard = createGuard(allow.value, resolve);
  const dispatchers = createDispatchers(guard, {
    connectMs: options.connectMs ?? 10_000,
    stallMs: options.stallMs ?? 15_000,
  });
  const now = options.now ?? Date.now;
  const patience = options.patience ?? { retries: 2, firstMs: 1_000, mostMs: 8_000 };
  const chance: Chance = { random: options.random ?? Math.random, sleep: options.sleep ?? sleepAbortable };
  const rules: Rules = {
    guard,
    rests: createRests(now),
    userAgent: options.userAgent,
    longestWaitMs: options.longestWaitMs ?? 15_000,
    now,
    sleep: chance.sleep,
  };
  const lanes = new Map<string, { lane: Lane; pace: Pace }>();
  const closing = new AbortController();

  function laneFor(id: string, pace: Pace): Lane {
    const known = lanes.get(id);
    if (known === undefined) {
      const lane = createLane(pace);
      lanes.set(id, { lane, pace });
      return lane;
    }
    if (known.pace.perMinute !== pace.perMinute || known.pace.parallel !== pace.parallel) {
      throw new Error(`source ${id} is already asked at another pace`);
    }
    return known.lane;
  }

  function httpOver(lane: Lane, overrides: DoorOverrides): Http {
    const signal =
      overrides.signal === undefined ? closing.signal : AbortSignal.any([closing.signal, overrides.signal]);
    // Every request under way listens to it, and there may be many.
    setMaxListeners(0, signal);
    const way: Way = {
      lane,
      signal,
      dispatcher: dispatchers.get(overrides.proxy),
      proxied: overrides.proxy !== undefined,
      maxBytes: overrides.maxBytes ?? options.maxBytes ?? 8 * 1024 * 1024,
      deadlineMs: overrides.deadlineMs ?? options.deadlineMs ?? 20_000,
    };
    return { fetch: (request) => fetchOver(way, request) };
  }

  async function fetchOver(way: Way, request: HttpRequest): Promise<Answer<HttpResponse>> {
    if (!URL.canParse(request.url)) return err({ kind: "refused", detail: "not a web address" });
    try {
      return await withRetries(() => travel(rules, way, request), patience, chance, way.signal);
    } catch (error) {
      if (way.signal.aborted) return err({ kind: "unreachable", detail: stopped().message });
      throw error;
    }
  }

  return {
    forSource(about, overrides = {}) {
      return httpOver(laneFor(about.id, overrides.pace ?? about.pace), overrides);
    },
    anywhere(pace, overrides = {}) {
      return httpOver(createLane(pace), overrides);
    },
    async close() {
      closing.abort(stopped());
      await dispatchers.close();
    },
  };
}

async function sleepAbortable(ms: number, signal: AbortSignal): Promise<void> {
  if (ms > 0) await wait(ms, undefined, { signal });
}
