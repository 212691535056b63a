import type { LookupAddress } from "node:dns";
import ipaddr from "ipaddr.js";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type AllowList, allowsAddress, allowsHost } from "./allow-list.ts";

/** All addresses of a name; throws as `dns.promises.lookup` does when there is none. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>;

/**
 * Keeps fetched links from leading us into private networks. `checkUrl` judges what the text alone tells and must run before
 * every hop, because a literal address is never looked up; `addresses` judges what a name leads to, and the connection must go
 * to just the addresses it returned, because a second lookup may be answered differently. Both give the reason of a refusal.
 */
export interface Guard {
  checkUrl(url: URL): string | undefined;
  addresses(hostname: string, port: number): Promise<Result<LookupAddress[], string>>;
}

export function createGuard(allow: AllowList, resolve: Resolve): Guard {
  return {
    checkUrl(url) {
      if (url.protocol !== "http:" && url.protocol !== "https:") return `${url.protocol} is not http or https`;
      if (url.username !== "" || url.password !== "") return "the address carries credentials";
      const port = portOf(url);
      if (allowsHost(allow, url.hostname, port)) return undefined;
      if (!isWebPort(port)) return `port ${port} is not a web port`;
      const literal = bareHost(url.hostname);
      return ipaddr.isValid(literal) ? addressProblem(allow, literal) : undefined;
    },

    async addresses(hostname, port) {
      const host = bareHost(hostname);
      const literal = ipaddr.isValid(host);
      const found = literal
        ? [{ address: host, family: ipaddr.parse(host).kind() === "ipv6" ? 6 : 4 }]
        : await resolve(host);
      if (found.length === 0) throw Object.assign(new Error(`no address of ${host}`), { code: "ENOTFOUND" });
      if (allowsHost(allow, literal && host.includes(":") ? `[${host}]` : host, port)) return ok(found);
      for (const { address } of found) {
        const problem = addressProblem(allow, address);
        // One private address among public ones is enough: which of them is connected to is chance.
        if (problem !== undefined) return err(literal ? problem : `${host}: ${problem}`);
      }
      return ok(found);
    },
  };
}

function bareHost(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

export function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

/** Ports above 1023 that browsers refuse too, since other protocols live there (WHATWG Fetch, "bad port", 2025). */
const BAD_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
]);

/** Fake download sites like odd high ports, so those are open; the well-known services below 1024 are not. */
function isWebPort(port: number): boolean {
  return port === 80 || port === 443 || (port >= 1024 && !BAD_PORTS.has(port));
}

/** Azure's host agent, reachable from every machine there, has an address that looks public. */
const METADATA_IN_PUBLIC_SPACE = new Set(["168.63.129.16"]);

/** IPv6 outside of this block is not routed; ipaddr.js calls e.g. `::127.0.0.1` unicast. */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR("2000::/3");

function addressProblem(allow: AllowList, text: string): string | undefined {
  if (!ipaddr.isValid(text)) return `address ${text} cannot be read`;
  // `process` unwraps IPv4-mapped IPv6.
  const address = ipaddr.process(text);
  if (allowsAddress(allow, address)) return undefined;
  const routed = address.kind() === "ipv4" || address.match(GLOBAL_IPV6 as [ipaddr.IPv6, number]);
  const open = routed && address.range() === "unicast" && !METADATA_IN_PUBLIC_SPACE.has(address.toString());
  return open ? undefined : `address ${text} is not public`;
}
