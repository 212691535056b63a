import type { LookupFunction } from "node:net";
import { Agent, buildConnector, type Dispatcher, ProxyAgent } from "undici";
import type { Guard } from "./guard.ts";
import { refusal } from "./network-error.ts";

/** Connections kept for each host; the pace is what limits requests, this only bounds sockets. */
const CONNECTIONS = 8;

export interface Dispatchers {
  /** Straight to the checked address, or through the proxy when one is given. */
  get(proxy?: string): Dispatcher;
  close(): Promise<void>;
}

export function createDispatchers(guard: Guard, limits: { connectMs: number; stallMs: number }): Dispatchers {
  const shared = {
    connections: CONNECTIONS,
    headersTimeout: limits.stallMs,
    bodyTimeout: limits.stallMs,
    maxHeaderSize: 64 * 1024,
  };
  const direct = new Agent({ ...shared, connect: guardedConnector(guard, limits.connectMs) });
  const proxied = new Map<string, Dispatcher>();
  return {
    get(proxy) {
      if (proxy === undefined) return direct;
      const known = proxied.get(proxy);
      if (known !== undefined) return known;
      const timeout = { timeout: limits.connectMs };
      const made = new ProxyAgent({ ...shared, uri: proxy, proxyTls: timeout, requestTls: timeout });
      proxied.set(proxy, made);
      return made;
    },
    async close() {
      await Promise.all([direct, ...proxied.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

/** Connects to addresses the guard has just checked and to no other, whatever a second lookup would say. */
function guardedConnector(guard: Guard, timeout: number): buildConnector.connector {
  return (options, callback) => {
    const port = Number(options.port) || (options.protocol === "https:" ? 443 : 80);
    guard.addresses(options.hostname, port).then(
      (checked) => {
        if (!checked.ok) return callback(refusal(checked.error), null);
        const lookup: LookupFunction = (_, asked, answer) => {
          const [first] = checked.value;
          if (asked.all) answer(null, checked.value);
          else answer(null, first?.address ?? "", first?.family);
        };
        return buildConnector({ timeout, lookup })(options, callback);
      },
      (error) => callback(error, null),
    );
  };
}
