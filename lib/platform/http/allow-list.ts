import ipaddr from "ipaddr.js";
import { err, ok, type Result } from "../../kernel/result.ts";

/** What the operator opened by name, although it is not public: a test server, a private mirror. */
export interface AllowList {
  hosts: ReadonlySet<string>;
  networks: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][];
}

/** Reads entries `host`, `host:port`, `[v6]:port` or CIDR; all bad entries are named at once. */
export function parseAllowList(entries: readonly string[]): Result<AllowList, string[]> {
  const hosts = new Set<string>();
  const networks: [ipaddr.IPv4 | ipaddr.IPv6, number][] = [];
  const bad: string[] = [];
  for (const entry of entries) {
    if (ipaddr.isValidCIDR(entry)) {
      networks.push(ipaddr.parseCIDR(entry));
      continue;
    }
    const host = normalHost(entry);
    if (host === undefined) bad.push(`"${entry}" is neither host, host:port nor CIDR`);
    else hosts.add(host);
  }
  return bad.length > 0 ? err(bad) : ok({ hosts, networks });
}

export function allowsHost(list: AllowList, hostname: string, port: number): boolean {
  return list.hosts.has(hostname) || list.hosts.has(`${hostname}:${port}`);
}

export function allowsAddress(list: AllowList, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return list.networks.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits));
}

/** The host as a parsed URL spells it, so that `LOCALHOST:80` and `localhost:80` are one; undefined when it is no host. */
function normalHost(entry: string): string | undefined {
  const bare = ipaddr.IPv6.isValid(entry) ? `[${entry}]` : entry;
  const [, host, port] = /^(.+?)(?::(\d{1,5}))?$/.exec(bare) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const url = new URL(`http://${host}`);
  if (url.href !== `http://${url.hostname}/`) return undefined;
  return port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`;
}
