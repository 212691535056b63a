import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "../../lib/domain/listing/query.ts";
import { createDoor, type Door } from "../../lib/platform/http/door.ts";
import { registry } from "../../lib/sources/registry.ts";
import type { Answer, Ask, Http, Source } from "../../lib/sources/source.ts";
import { type Storefront, startStorefront } from "../storefront/server.ts";
import type { SourceId } from "../storefront/types.ts";
import { changeBody, pathsIn } from "../support/change-body.ts";

/**
 * A store that renames any one key of its answers must not be read wrongly: either the key is none of ours and nothing changes,
 * or the answer is `drifted`. What a store leaves out for single apps, rightly, is listed with the reason.
 */
const MAY_BE_MISSING: Record<string, readonly RegExp[]> = {
  // Google writes null for "none" and gives no keys, so a moved fact cannot be told from one an app has not: date of release,
  // installs, contact, version and the short text of a hit, the card of an exact match and whole sections.
  "google-play": [
    /^ds:4 \[0\]\[1\]\[\d\](?:\[22\])?$/,
    /^ds:5 \[\]\[2\]\[(?:10|13|69|140|145)\]/,
    /\[0\]\[\](?:\[0\])?(?:\[13\](?:\[1\])?|\[15\])$/,
    /\[0\]\[23\](?:\[16\]\[2\]\[(?:13|72)\].*|\[16\])?$/,
  ],
  // Apple gives no address for sellers that named none; recorded answers of 2014 have no date of the current version.
  "app-store": [/\.sellerUrl$/, /\.currentVersionReleaseDate$/],
};

let storefront: Storefront;
let door: Door;

beforeAll(async () => {
  storefront = await startStorefront({ seed: 11 });
  door = createDoor({ userAgent: "test", allow: [new URL(storefront.url).host] });
});

afterAll(async () => {
  await door.close();
  await storefront.stop();
});

describe.each(
  registry.filter(({ about }) => about.id !== "fdroid").map((source) => [source.about.id, source] as const),
)("%s", (id, source) => {
  const methods = (["search", "byId", "byDeveloper", "suggest"] as const).filter((name) => source[name] !== undefined);

  it.each(methods)("says drifted, or the same, when any key of %s is renamed", { timeout: 120_000 }, async (method) => {
    const http = door.forSource(source.about, { pace: { perMinute: 60_000, parallel: 8 } });
    const bodies: Uint8Array[] = [];
    const before = await put(source, method, askWith(id, keeping(http, bodies)));
    expect(before).toMatchObject({ ok: true });
    const silent: string[] = [];
    let noticed = 0;
    for (const path of new Set(bodies.flatMap((body) => pathsIn(body)))) {
      const after = await put(source, method, askWith(id, changing(http, path)));
      if (JSON.stringify(after) === JSON.stringify(before)) continue;
      if (isNoticed(before, after)) noticed += 1;
      else if (!(MAY_BE_MISSING[id] ?? []).some((rule) => rule.test(path))) silent.push(path);
    }
    expect(silent).toEqual([]);
    expect(noticed).toBeGreaterThan(0);
  });
});

/** The answer says `drifted`, or that it left elements out. */
function isNoticed(before: Answer<unknown>, after: Answer<unknown>): boolean {
  if (!after.ok) return after.error.kind === "drifted";
  return droppedIn(after) > droppedIn(before);
}

function droppedIn(answer: Answer<unknown>): number {
  return answer.ok ? ((answer.value as Partial<Page> | undefined)?.dropped ?? 0) : 0;
}

function put(
  source: Source,
  method: "search" | "byId" | "byDeveloper" | "suggest",
  ask: Ask,
): Promise<Answer<unknown>> {
  const id = source.about.id as SourceId;
  const region = source.about.regions[0] ?? "us";
  const app = storefront.world.apps.find(
    (one) => one.source === id && (one.label === "official" || one.label === "copy") && one.hasFile,
  );
  if (app === undefined) throw new Error(`no app of ours at ${id}`);
  switch (method) {
    case "search":
      return source.search?.({ term: manyHits(id), region, language: "en" }, ask) ?? missing(method);
    case "byId":
      return source.byId?.(app.key, region, ask) ?? missing(method);
    case "byDeveloper":
      return source.byDeveloper?.(app.developer.id, region, ask) ?? missing(method);
    case "suggest":
      return source.suggest?.(app.name.slice(0, 5), region, ask) ?? missing(method);
    default:
      return method satisfies never;
  }
}

/** A name that brings several hits at this store. */
function manyHits(id: SourceId): string {
  const [first] = storefront.world.banks;
  return (id === "tencent-myapp" ? first?.han : first?.latin) ?? "";
}

function missing(method: string): never {
  throw new Error(`no method ${method}`);
}

function askWith(id: string, http: Http): Ask {
  const signal = new AbortController().signal;
  return { http, signal, now: "2026-11-02T09:00:00.000Z", baseUrl: `${storefront.url}/${id}`, settings: {} };
}

function keeping(http: Http, bodies: Uint8Array[]): Http {
  return {
    async fetch(request) {
      const answer = await http.fetch(request);
      if (answer.ok) bodies.push(answer.value.body);
      return answer;
    },
  };
}

function changing(http: Http, path: string): Http {
  return {
    async fetch(request) {
      const answer = await http.fetch(request);
      return answer.ok ? { ok: true, value: { ...answer.value, body: changeBody(answer.value.body, path) } } : answer;
    },
  };
}
