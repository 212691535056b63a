import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canaryOf } from "./canary.ts";
import { makeCatalogue } from "./catalogue.ts";
import { AMBIGUOUS } from "./everyday-words.ts";
import { inventedPaths, keyPaths } from "./paths.ts";
import { type Storefront, startStorefront } from "./server.ts";
import { type AppTruth, type BankTruth, KINDS, LABELS, SOURCES, type SourceId, type World } from "./types.ts";

const SEEDS = [1, 2, 3, 7, 42, 1999];

describe.each(SEEDS)("the world of seed %i", (seed) => {
  const world = makeCatalogue(seed);
  const of = (label: AppTruth["label"]) => world.apps.filter((app) => app.label === label);

  it("holds about 150 apps, of every label and in every store", () => {
    expect(world.apps.length).toBeGreaterThan(140);
    expect(world.apps.length).toBeLessThan(180);
    expect(new Set(world.apps.map(({ label }) => label))).toEqual(new Set(LABELS));
    expect(new Set(world.apps.map(({ source }) => source))).toEqual(new Set(SOURCES));
  });

  it("has an impersonation of every kind, and says the kind of no other app", () => {
    expect(new Set(of("impersonation").map(({ kind }) => kind))).toEqual(new Set(KINDS));
    expect(world.apps.filter(({ label, kind }) => (label === "impersonation") !== (kind !== undefined))).toEqual([]);
  });

  it("gives no key twice in a store, and no id twice at all", () => {
    const keys = world.apps.map(({ source, key }) => `${source} ${key}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(world.apps.map(({ id }) => id)).size).toBe(keys.length);
    expect(world.apps.filter(({ key }) => key === "")).toEqual([]);
  });

  it("has innocents near each bank: a shared word, the everyday word whole and inside another, other 银行", () => {
    const names = of("innocent").map(({ name }) => name);
    const [distinctive, ambiguous, chinese] = world.banks as [BankTruth, BankTruth, BankTruth];
    const word = ambiguous.latin;
    const noun = distinctive.latin.split(" ")[1] as string;
    expect(names.some((name) => name.includes(noun))).toBe(true);
    expect(names.some((name) => new RegExp(`\\b${word}\\b`).test(name))).toBe(true);
    const inside = AMBIGUOUS.find((entry) => entry.word === word)?.inside.map(([name]) => name) ?? [];
    expect(inside.filter((name) => names.includes(name))).toEqual(inside);
    expect(names.some((name) => name.endsWith("银行") && name[1] === chinese.han[1] && name !== chinese.han)).toBe(
      true,
    );
  });

  it("lets only genuine apps carry a bank's certificate", () => {
    const certificates = new Set(world.banks.map(({ certificate }) => certificate.sha256));
    const carriers = world.apps.filter(({ certificate }) => certificates.has(certificate.sha256));
    expect(new Set(carriers.map(({ label }) => label))).toEqual(new Set(["official", "copy", "unregistered"]));
  });

  it("is made again the same, and another seed makes another", () => {
    expect(makeCatalogue(seed)).toEqual(world);
    expect(makeCatalogue(seed + 1).banks).not.toEqual(world.banks);
  });
});

interface Shop {
  storefront: Storefront;
  world: World;
  ask: (source: SourceId, path: string, init?: RequestInit) => Promise<Response>;
}

async function open(seed: number): Promise<Shop> {
  const storefront = await startStorefront({ seed });
  const ask: Shop["ask"] = (source, path, init) => fetch(`${storefront.url}/${source}${path}`, init);
  return { storefront, world: storefront.world, ask };
}

/** Where a customer of each store asks for a term; F-Droid has no search but hands out its whole index. */
const SEARCH: Record<SourceId, (term: string) => string> = {
  "google-play": (term) => `/store/search?c=apps&q=${term}&hl=en&gl=us&price=0`,
  "app-store": (term) => `/search?term=${term}&country=us&media=software&entity=software&limit=200`,
  aptoide: (term) => `/api/7/apps/search?query=${term}&limit=50`,
  fdroid: () => "/repo/index-v2.json",
  "tencent-myapp": (term) => `/search?q=${term}`,
  "github-releases": (term) => `/search/repositories?q=${term}&per_page=100`,
};

/** How each store writes a key into its answer. */
function keyMark({ source, key }: AppTruth): string {
  if (source === "app-store") return `"trackId":${key},`;
  if (source === "aptoide") return `"id":${key}`;
  if (source === "tencent-myapp") return `"pkg_name":"${key}"`;
  if (source === "github-releases") return `"full_name":"${key}"`;
  return `"${key}"`;
}

describe.each([3, 7])("the stores of seed %i", (seed) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open(seed);
  });
  afterAll(() => shop.storefront.stop());

  async function search(source: SourceId, term: string): Promise<string> {
    const answer = await shop.ask(source, SEARCH[source](encodeURIComponent(term)));
    expect(answer.status).toBe(200);
    return answer.text();
  }

  it.each(SOURCES)("%s finds every app by what a customer or a careful scanner would ask", async (source) => {
    const apps = shop.world.apps.filter((app) => app.source === source);
    const terms = [...new Set(apps.flatMap(({ findBy }) => findBy))];
    const answers = new Map(await Promise.all(terms.map(async (term) => [term, await search(source, term)] as const)));
    const missed = apps.flatMap((app) => app.findBy.filter((term) => !answers.get(term)?.includes(keyMark(app))));
    expect(terms.length).toBeGreaterThan(0);
    expect(missed).toEqual([]);
  });

  it.each(SOURCES)("%s finds its canary", async (source) => {
    const { term, expectKey } = canaryOf(shop.world, source);
    const app = shop.world.apps.find((own) => own.source === source && own.key === expectKey) as AppTruth;
    expect(await search(source, term)).toContain(keyMark(app));
  });

  it("serves every icon as an image, and the same bytes every time", async () => {
    for (const app of shop.world.apps.filter((_, i) => i % 20 === 0)) {
      for (const [ending, format] of [
        ["png", "png"],
        ["webp", "webp"],
        ["jpg", "jpeg"],
      ]) {
        const get = async () => (await fetch(`${shop.storefront.url}/icons/${app.id}.${ending}`)).arrayBuffer();
        const bytes = Buffer.from(await get());
        expect((await sharp(bytes).metadata()).format).toBe(format);
        expect(Buffer.from(await get()).equals(bytes)).toBe(true);
      }
    }
    const small = await fetch(`${shop.storefront.url}/icons/${shop.world.apps[0]?.id}/100x100bb.jpg`);
    expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).toBe(100);
    expect((await fetch(`${shop.storefront.url}/icons/nobody.png`)).status).toBe(404);
  });
});

describe("what a store says when there is nothing", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open(7);
  });
  afterAll(() => shop.storefront.stop());

  const NONE: Record<Exclude<SourceId, "fdroid">, string> = {
    "google-play": "lGYRle",
    "app-store": '"resultCount":0,"results":[]',
    aptoide: '"total":0',
    "tencent-myapp": '"cardId":"YYB_HOME_SEARCH_NORMAL_GAME","index":0,"data":{"itemData":[]',
    "github-releases": '"total_count":0',
  };

  it.each(Object.entries(NONE) as [SourceId, string][])("%s finds nothing, in its own words", async (source, words) => {
    const answer = await shop.ask(source, SEARCH[source]("zqxjkvbw"));
    expect(answer.status).toBe(200);
    const text = await answer.text();
    expect(text).toContain(words);
    expect(text).not.toContain("/store/apps/details?id=");
  });

  it.each<[SourceId, string, number, string]>([
    ["google-play", "/store/apps/details?id=no.such.app", 404, "Not Found"],
    ["google-play", "/store/apps/dev?id=1", 404, "Not Found"],
    ["app-store", "/lookup?id=1", 200, '"resultCount":0'],
    ["app-store", "/lookup?id=abc", 400, '"errorMessage"'],
    ["aptoide", "/api/7/app/getMeta?app_id=1", 404, '"code":"APP-1"'],
    ["aptoide", "/api/7/app/getMeta/package_name=no.such.app", 404, "'package:no.such.app'"],
    ["fdroid", "/api/v1/packages/no.such.app", 404, ""],
    ["fdroid", "/repo/nothing.jar", 404, ""],
    ["github-releases", "/repos/nobody/nothing/releases", 404, '"message":"Not Found"'],
    ["github-releases", "/search/repositories?q=", 422, '"message":"Validation Failed"'],
    ["tencent-myapp", "/myapp/searchAjax.htm?kw=x", 200, '"page":"/"'],
  ])("%s %s answers %i", async (source, path, status, words) => {
    const answer = await shop.ask(source, path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(words);
  });

  it("应用宝 has no record of an unknown package", async () => {
    const body = JSON.stringify({ packagename: "no.such.app" });
    const answer = await shop.ask("tencent-myapp", "/wechat-apkinfo", { method: "POST", body });
    expect(await answer.json()).toMatchObject({ ret: 0, app_detail_records: {} });
  });
});

describe("a store in trouble", () => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await open(7);
  });
  afterAll(() => shop.storefront.stop());

  const searchIn = (source: SourceId) => shop.ask(source, SEARCH[source]("bank"));

  it.each(SOURCES)("%s throttles, refuses, breaks, challenges, and is well again", async (source) => {
    const { storefront } = shop;
    const well = await (await searchIn(source)).text();
    storefront.set(source, { throttle: 7 });
    const throttled = await searchIn(source);
    expect([throttled.status, throttled.headers.get("retry-after")]).toEqual([429, "7"]);
    storefront.set(source, { emptyForbidden: true });
    const forbidden = await searchIn(source);
    expect([forbidden.status, await forbidden.text()]).toEqual([403, ""]);
    storefront.set(source, { error500: true });
    expect((await searchIn(source)).status).toBe(500);
    storefront.set(source, { captcha: true });
    const challenge = await searchIn(source);
    expect([challenge.status, challenge.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await challenge.text()).not.toBe(well);
    storefront.set(source, {});
    expect(await (await searchIn(source)).text()).toBe(well);
  });

  it.each(SOURCES)("%s hangs up, before the answer or in the middle of it", async (source) => {
    shop.storefront.set(source, { dead: true });
    await expect(searchIn(source)).rejects.toThrow();
    shop.storefront.set(source, { truncate: true });
    const cut = await searchIn(source);
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow();
    shop.storefront.set(source, {});
  });

  it.each(SOURCES)("%s drips its answer for ever", async (source) => {
    shop.storefront.set(source, { drip: true });
    const leave = new AbortController();
    const answer = await shop.ask(source, SEARCH[source]("bank"), { signal: leave.signal });
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    expect(first?.value?.length).toBeLessThan(50);
    leave.abort();
    shop.storefront.set(source, {});
  });

  it("answers late, after what was asked later of a store without delay", async () => {
    shop.storefront.set("aptoide", { latencyMs: 500 });
    const order: string[] = [];
    const late = searchIn("aptoide").then(() => order.push("aptoide"));
    const early = searchIn("github-releases").then(() => order.push("github-releases"));
    await Promise.all([late, early]);
    expect(order).toEqual(["github-releases", "aptoide"]);
    shop.storefront.set("aptoide", {});
  });

  it.each<SourceId>(["app-store", "aptoide", "fdroid", "github-releases"])(
    "%s calls its keys otherwise after a redesign, and says the same",
    async (source) => {
      const well: unknown = JSON.parse(await (await searchIn(source)).text());
      shop.storefront.set(source, { layout: true });
      const anew: unknown = JSON.parse(await (await searchIn(source)).text());
      expect(inventedPaths(keyPaths([anew]), keyPaths([well])).length).toBeGreaterThan(0);
      shop.storefront.set(source, {});
    },
  );

  it.each<[SourceId, string]>([
    ["google-play", "lGYRle"],
    ["tencent-myapp", "dynamicCardResponse"],
  ])("%s no longer holds %s after a redesign", async (source, anchor) => {
    expect(await (await searchIn(source)).text()).toContain(anchor);
    shop.storefront.set(source, { layout: true });
    expect(await (await searchIn(source)).text()).not.toContain(anchor);
    shop.storefront.set(source, {});
  });
});

describe("a store that changes", () => {
  it("shows an app renamed, gone, and back as it was", async () => {
    const { storefront, world, ask } = await open(7);
    for (const source of SOURCES) {
      const { expectKey, term } = canaryOf(world, source);
      const app = world.apps.find((own) => own.source === source && own.key === expectKey) as AppTruth;
      const search = async () => (await ask(source, SEARCH[source](encodeURIComponent(term)))).text();
      const before = await search();
      storefront.rename(app.id, `${term} Renamed`);
      expect(await search()).toContain(`${term} Renamed`);
      storefront.remove(app.id);
      expect(await search()).not.toContain(keyMark(app));
      storefront.restore(app.id);
      // An F-Droid repository is stamped with the time it was published.
      expect((await search()).replace(/"timestamp":\d+/, "")).toBe(before.replace(/"timestamp":\d+/, ""));
    }
    expect(() => storefront.remove("nobody")).toThrow("nobody");
    await storefront.stop();
  });

  it("remembers who asked what, listens on the loopback address alone, and is gone after it stops", async () => {
    const { storefront, ask } = await open(7);
    expect(new URL(storefront.url).hostname).toBe("127.0.0.1");
    await ask("aptoide", "/api/7/apps/search?query=a");
    await ask("tencent-myapp", "/wechat-apkinfo", { method: "POST", body: "{}" });
    await fetch(`${storefront.url}/icons/nobody.png`);
    expect(storefront.requests().map(({ source, method, url }) => [source, method, url])).toEqual([
      ["aptoide", "GET", "/aptoide/api/7/apps/search?query=a"],
      ["tencent-myapp", "POST", "/tencent-myapp/wechat-apkinfo"],
      ["icons", "GET", "/icons/nobody.png"],
    ]);
    await storefront.stop();
    await expect(fetch(storefront.url)).rejects.toThrow();
  });
});
