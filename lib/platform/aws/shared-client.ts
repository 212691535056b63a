import type { AwsSettings } from "./environment.ts";

const clients = new Map<string, unknown>();

/** One client of a service for all who ask with the same settings: each holds connections, and a function is called for days. */
export function sharedClient<T>(service: string, settings: AwsSettings, make: () => T): T {
  const key = `${service} ${JSON.stringify(settings)}`;
  const known = clients.get(key) as T | undefined;
  if (known !== undefined) return known;
  const client = make();
  clients.set(key, client);
  return client;
}
