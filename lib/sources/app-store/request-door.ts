import { createRequire } from "node:module";
import type store from "app-store-scraper";

/** What app-store-scraper hands to its HTTP client, with the way out that our call added to it. */
interface Question {
  url: string;
  headers: Record<string, string>;
  door?: (question: { url: string; headers: Record<string, string> }) => Promise<{ status: number; body: string }>;
}

type Callback = (error: Error | null, response?: { statusCode: number }, body?: string) => void;

/**
 * Puts our function in the place of the `request` package before app-store-scraper loads it, so that it has no network of its
 * own: a call goes through the `door` its caller passed in `requestOptions`, and without one it fails.
 */
export async function loadScraper(): Promise<typeof store> {
  const require = createRequire(createRequire(import.meta.url).resolve("app-store-scraper"));
  const path = require.resolve("request");
  if (require.cache[path]?.exports !== throughDoor) {
    const stand = { id: path, filename: path, loaded: true, exports: throughDoor };
    require.cache[path] = { ...stand, children: [], paths: [], path, isPreloading: false, parent: null, require };
  }
  return (await import("app-store-scraper")).default;
}

function throughDoor({ url, headers, door }: Question, callback: Callback): void {
  if (door === undefined) {
    callback(new Error("no door was given, and there is no other way to the network"));
    return;
  }
  door({ url, headers }).then(
    ({ status, body }) => callback(null, { statusCode: status }, body),
    (error) => callback(error),
  );
}
