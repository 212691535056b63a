import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "../../kernel/id.ts";
import type { Http } from "../../sources/source.ts";

/**
 * Keeps every exchange in a folder: bodies under their hash, and a line for each in `exchanges.ndjson` in the form of a recorded
 * manifest's entries, so that a day's answers can be replayed.
 */
export function recordTo(folder: string, source: string, http: Http): Http {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return {
    async fetch(request) {
      const answer = await http.fetch(request);
      if (!answer.ok) return answer;
      const { status, headers, body } = answer.value;
      const sha256 = sha256Hex(body);
      if (!existsSync(join(folder, sha256))) writeFileSync(join(folder, sha256), body, { mode: 0o600 });
      const url = new URL(request.url);
      const line = {
        source,
        method: request.method ?? "GET",
        url: url.origin + url.pathname,
        query: Object.fromEntries(url.searchParams),
        ...(request.body === undefined ? {} : { bodyIncludes: [request.body] }),
        file: sha256,
        status,
        headers: { "content-type": headers["content-type"] ?? "application/octet-stream" },
        sha256,
      };
      appendFileSync(join(folder, "exchanges.ndjson"), `${JSON.stringify(line)}\n`, { mode: 0o600 });
      return answer;
    },
  };
}
