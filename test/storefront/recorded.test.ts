import { readdirSync, readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sharedPath } from "../support/shared.ts";
import { inventedPaths, type KeyPaths, keyPaths } from "./paths.ts";
import { type Storefront, startStorefront } from "./server.ts";
import type { AppTruth, SourceId } from "./types.ts";

/** Our bodies beside those that the stores really sent: nothing of ours stands where theirs has nothing. */

const folder = sharedPath("recorded");

let shop: Storefront;

beforeAll(async () => {
  shop = await startStorefront({ seed: 7 });
});
afterAll(() => shop.stop());

function recorded(file: string): string {
  return readFileSync(`${folder}/${file}`, "utf8");
}

function recordedJson(file: string): unknown {
  return JSON.parse(recorded(file));
}

async function ask(source: SourceId, path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${shop.url}/${source}${path}`, init);
}

async function askJson(source: SourceId, path: string, init?: RequestInit): Promise<unknown> {
  return JSON.parse(await (await ask(source, path, init)).text());
}

function official(source: SourceId): AppTruth {
  return shop.world.apps.find((app) => app.source === source && app.label !== "innocent") as AppTruth;
}

/** The data of a page's block made by one remote call. */
function playBlock(page: string, rpc: string): unknown {
  const key = new RegExp(`'(ds:\\d+)' ?: ?\\{ ?id: ?'${rpc}'`).exec(page)?.[1];
  const start = page.indexOf("data:", page.indexOf(`AF_initDataCallback({key: '${key}'`)) + "data:".length;
  return JSON.parse(page.slice(start, page.indexOf(", sideChannel:", start)));
}

function at(value: unknown, ...path: number[]): unknown {
  return path.reduce((here, step) => (here as unknown[] | null | undefined)?.[step], value);
}

interface Play {
  rows: unknown[];
  cards: unknown[];
}

function playSearch(page: string): Play {
  const sections = at(playBlock(page, "lGYRle"), 0, 1) as unknown[];
  return {
    rows: sections.flatMap((section) => (at(section, 22, 0) as unknown[] | undefined) ?? []).map((row) => at(row, 0)),
    cards: sections.map((section) => at(section, 23)).filter((card) => card !== undefined),
  };
}

function positional(bodies: unknown[]): KeyPaths {
  return keyPaths(bodies, { positional: true });
}

describe.skipIf(!folder)("what our stores say beside what the real ones said", () => {
  const bank = () => shop.world.banks[0]?.latin as string;
  const q = () => encodeURIComponent(bank());

  it("rows and the card of a Google Play search", async () => {
    const theirs = ["mradex77__search_panda.html", "mradex77__search_where-am-i.html"].map((file) =>
      playSearch(recorded(`google-play/${file}`)),
    );
    const ours = playSearch(await (await ask("google-play", `/store/search?q=${q()}&c=apps`)).text());
    expect(ours.rows.length).toBeGreaterThan(3);
    expect(ours.cards).not.toEqual([]);
    expect(inventedPaths(positional(ours.rows), positional(theirs.flatMap(({ rows }) => rows)))).toEqual([]);
    const theirCards = theirs.flatMap(({ cards }) => cards);
    expect(inventedPaths(positional(ours.cards), positional(theirCards))).toEqual([]);
  });

  it("details of an app on Google Play", async () => {
    const theirs = ["app_minecraft", "app_translate", "app_whereami"].map((name) =>
      at(playBlock(recorded(`google-play/mradex77__${name}.html`), "Ws7gDc"), 1, 2),
    );
    const { packageName } = official("google-play");
    const page = await (await ask("google-play", `/store/apps/details?id=${packageName}`)).text();
    expect(inventedPaths(positional([at(playBlock(page, "Ws7gDc"), 1, 2)]), positional(theirs))).toEqual([]);
  });

  it("a developer's apps on Google Play", async () => {
    const row = (page: string, rpc: string, place: number, ...rest: number[]) =>
      (at(playBlock(page, rpc), 0, 1, 0, place, 0) as unknown[]).map((item) => at(item, ...rest));
    const numbered = row(recorded("google-play/mradex77__developer_google.html"), "MRTdke", 21);
    const named = row(recorded("google-play/mradex77__developer_mojang.html"), "IRWBmd", 22, 0);
    const { developer } = official("google-play");
    const other = shop.world.apps.find(
      (app) => app.source === "google-play" && app.developer.page === "developer",
    ) as AppTruth;
    const byNumber = await (await ask("google-play", `/store/apps/dev?id=${developer.id}`)).text();
    const byName = await (
      await ask("google-play", `/store/apps/developer?id=${encodeURIComponent(other.developer.name)}`)
    ).text();
    const theirs = positional([...numbered, ...named]);
    expect(inventedPaths(positional(row(byNumber, "MRTdke", 21)), theirs)).toEqual([]);
    expect(inventedPaths(positional(row(byName, "IRWBmd", 22, 0)), theirs)).toEqual([]);
  });

  it("suggestions of Google Play", async () => {
    const inner = (body: string) => {
      const frame = body.split("\n").find((line) => line.includes("wrb.fr")) as string;
      return at(JSON.parse(JSON.parse(frame)[0][2] as string), 0, 0) as unknown[];
    };
    const payload = JSON.stringify([[["IJ4APc", JSON.stringify([[null, [bank().slice(0, 5)], [10], [2], 4]])]]]);
    const answer = await ask("google-play", "/_/PlayStoreUi/data/batchexecute?rpcids=IJ4APc", {
      method: "POST",
      body: new URLSearchParams({ "f.req": payload }),
    });
    const ours = inner(await answer.text());
    expect(ours.length).toBeGreaterThan(0);
    const theirs = inner(recorded("google-play/mradex77__suggest_pand.txt"));
    expect(inventedPaths(positional(ours), positional(theirs))).toEqual([]);
  });

  it("results of the App Store", async () => {
    const files = readdirSync(`${folder}/itunes`).filter((file) => /^(mas|fastlane|mas-old)__/.test(file));
    const bodies = files.map((file) => recordedJson(`itunes/${file}`));
    const app = official("app-store");
    const ours = [
      await askJson("app-store", `/search?term=${q()}&country=de&entity=software&limit=200`),
      await askJson("app-store", "/search?term=desk%20clock&country=de&entity=macSoftware"),
      await askJson("app-store", `/lookup?id=${app.key}&country=de`),
      await askJson("app-store", "/lookup?id=1"),
    ];
    expect(inventedPaths(keyPaths(ours), keyPaths(bodies))).toEqual([]);
    const refusal = await askJson("app-store", "/lookup?id=abc");
    const theirs = recordedJson("itunes/fastlane__itunesLookup-invalid.json");
    expect(inventedPaths(keyPaths([refusal]), keyPaths([theirs]))).toEqual([]);
  });

  it("details on Aptoide, of an app and of none", async () => {
    const found = recordedJson("aptoide/f4bioo__get_app_success_response.json");
    const missing = recordedJson("aptoide/f4bioo__get_app_failure_response.json");
    const ours = await askJson("aptoide", `/api/7/app/getMeta?app_id=${official("aptoide").key}`);
    expect(inventedPaths(keyPaths([ours]), keyPaths([found]))).toEqual([]);
    const none = await askJson("aptoide", "/api/7/app/getMeta/package_name=no.such.app");
    expect(inventedPaths(keyPaths([none]), keyPaths([missing]))).toEqual([]);
  });

  it("hits of Aptoide, which say a part of the details", async () => {
    const details = recordedJson("aptoide/f4bioo__get_app_success_response.json") as { data: unknown };
    const ours = (await askJson("aptoide", `/api/7/apps/search?query=${q()}`)) as { datalist: { list: unknown[] } };
    expect(ours.datalist.list.length).toBeGreaterThan(0);
    expect(inventedPaths(keyPaths(ours.datalist.list), keyPaths([details.data]))).toEqual([]);
  });

  it("files of an F-Droid repository", async () => {
    const maps = ["packages", "packages.*.versions", "packages.*.metadata.icon"];
    // The recorded repositories are fdroidserver's own test and one of 2017; both know no author's name or address.
    const documented = /\.(authorName|authorEmail)$/;
    const newer = (paths: string[]) => paths.filter((path) => !documented.test(path));
    const entry = keyPaths([recordedJson("fdroid/fdroidserver__entry.json")]);
    expect(inventedPaths(keyPaths([await askJson("fdroid", "/repo/entry.json")]), entry)).toEqual([]);
    const v2 = keyPaths([recordedJson("fdroid/fdroidserver__index-v2.json")], { maps });
    expect(newer(inventedPaths(keyPaths([await askJson("fdroid", "/repo/index-v2.json")], { maps }), v2))).toEqual([]);
    const v1 = keyPaths(
      ["fdroidserver__index-v1.json", "guardianproject__index-v1.json"].map((file) => recordedJson(`fdroid/${file}`)),
      { maps: ["packages", "apps[].localized"] },
    );
    const jar = new Uint8Array(await (await ask("fdroid", "/repo/index-v1.jar")).arrayBuffer());
    const own: unknown = JSON.parse(Buffer.from(unzipSync(jar)["index-v1.json"] as Uint8Array).toString());
    expect(newer(inventedPaths(keyPaths([own], { maps: ["packages", "apps[].localized"] }), v1))).toEqual([]);
  });

  it("repositories and releases of GitHub", async () => {
    interface Exchange {
      method: string;
      path: string;
      response: { assets?: unknown[] };
    }
    const exchanges = recordedJson("github/octokit-fixtures__release-assets.raw-fixture.json") as Exchange[];
    const answerTo = (method: string, path: RegExp) =>
      exchanges.find((exchange) => exchange.method === method && path.test(exchange.path))?.response;
    const search = (await askJson("github-releases", `/search/repositories?q=${q()}`)) as {
      items: { score: number }[];
    };
    const items = search.items.map(({ score: _, ...repository }) => repository);
    expect(items.length).toBeGreaterThan(0);
    expect(inventedPaths(keyPaths(items), keyPaths([answerTo("post", /\/orgs\/[^/]+\/repos$/)]))).toEqual([]);
    const asset = answerTo("get", /\/assets$/) as unknown as unknown[];
    const release = { ...answerTo("get", /\/releases\/tags\//), assets: asset };
    const ours = await askJson("github-releases", `/repos/${official("github-releases").key}/releases`);
    expect(ours).toHaveLength(1);
    expect(inventedPaths(keyPaths([ours]), keyPaths([[release]]))).toEqual([]);
  });

  it("the rating that ends a record of 应用宝", async () => {
    const fragment = recorded("tencent-myapp/wechat-apkinfo-tail-fragment-2024-09.txt");
    const start = fragment.indexOf("{", fragment.indexOf('"app_rating_info"'));
    const end = fragment.indexOf("}", fragment.indexOf("average_rating7_day")) + 1;
    const theirs: unknown = JSON.parse(fragment.slice(start, end));
    const { packageName = "" } = official("tencent-myapp");
    const body = JSON.stringify({ packagename: packageName });
    const ours = (await askJson("tencent-myapp", "/wechat-apkinfo", { method: "POST", body })) as {
      app_detail_records: Record<string, { app_rating_info: unknown; apk_all_data: Record<string, unknown> }>;
    };
    const record = ours.app_detail_records[packageName];
    expect(inventedPaths(keyPaths([record?.app_rating_info]), keyPaths([theirs]))).toEqual([]);
    expect(typeof record?.apk_all_data.signatureSha256).toBe("string");
  });
});
