import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../lib/domain/listing/listing.ts";
import { tencentMyapp } from "../../../lib/sources/tencent-myapp/source.ts";
import { sharedPath } from "../../support/shared.ts";
import { lacking } from "../lacking.ts";
import { damage, damaged, replay, synthetic, told } from "../replay.ts";

const { search, byId } = tencentMyapp as Required<typeof tencentMyapp>;
const question = { term: "北港 & 银行", region: "cn", language: "zh" };
const KEY = "com.northwindharbor.mobile";

const FOUND = synthetic("tencent-myapp", "search.json");
const DETAILS = synthetic("tencent-myapp", "details.json");

/** The search page around its data. */
function page(data: string | Uint8Array): string {
  const text = Buffer.from(data).toString("utf8").replaceAll("<", "\\u003c");
  return `<!DOCTYPE html><html><head><title>搜索</title></head><body><script id="__NEXT_DATA__" type="application/json">${text}</script></body></html>`;
}

/** The data of a search, changed at the card of true hits. */
function foundWith(change: (card: { cardId: string; data: { itemData: unknown[] } }) => void): string {
  const data = JSON.parse(FOUND);
  change(data.props.pageProps.dynamicCardResponse.data.components[1]);
  return page(JSON.stringify(data));
}

const searching = (body: string) => search(question, replay(tencentMyapp, () => body).ask);
const describing = (body: string | Uint8Array) => byId(KEY, "cn", replay(tencentMyapp, () => body).ask);

describe("questions to Tencent MyApp", () => {
  it("go to the page of the shop and to the host of details", async () => {
    const { ask, requests } = replay(tencentMyapp, ({ pathname }) => (pathname === "/search" ? page(FOUND) : DETAILS));
    await search(question, ask);
    await byId(KEY, "cn", ask);
    expect(requests.map(({ method, url, body }) => [method, url, body])).toEqual([
      [undefined, "https://sj.qq.com/search?q=%E5%8C%97%E6%B8%AF+%26+%E9%93%B6%E8%A1%8C", undefined],
      ["POST", "https://upage.html5.qq.com/wechat-apkinfo", `{"packagename":"${KEY}"}`],
    ]);
    expect(requests[1]?.headers).toEqual({ "content-type": "application/json" });
  });

  it("stay under one address when it was replaced", async () => {
    const { ask, requests } = replay(tencentMyapp, () => DETAILS, { baseUrl: "https://stand-in.example/t" });
    await byId(KEY, "cn", ask);
    expect(requests[0]?.url).toBe("https://stand-in.example/t/wechat-apkinfo");
  });
});

describe("a search of Tencent MyApp", () => {
  it("is read from the card of true hits, without advertisements and games for computers", async () => {
    const found = told(await searching(page(FOUND)));
    expect(found).toMatchObject({ truncated: false, dropped: 0 });
    const common = { source: "tencent-myapp", platform: "android", region: "cn" };
    expect(found.listings).toEqual([
      {
        ...common,
        key: KEY,
        packageName: KEY,
        url: `https://sj.qq.com/appdetail/${KEY}`,
        name: "北港银行",
        developer: { name: "北港银行股份有限公司" },
        iconUrl: "http://icons.myapp.example/52000001/256",
        description: "北港银行手机银行</script>客户端",
        version: "8.1.0",
        updatedAt: "2026-09-21T14:13:20.000Z",
        downloadUrl: "https://files.myapp.example/northwind-810.apk",
      },
      {
        ...common,
        key: "com.quick.loan.bg",
        packageName: "com.quick.loan.bg",
        url: "https://sj.qq.com/appdetail/com.quick.loan.bg",
        name: "北港银行贷款",
        developer: { name: "快贷科技" },
        iconUrl: "http://icons.myapp.example/52000002/256",
        description: "极速下款",
        version: "1.0.3",
        updatedAt: "2026-09-22T18:00:00.000Z",
      },
      expect.objectContaining({ key: "com.example.tides", name: "港口潮汐", developer: { name: "潮汐工作室" } }),
    ]);
  });

  it("that found nothing still has the card, empty", async () => {
    const none = foundWith(({ data }) => {
      data.itemData = [];
    });
    expect(await searching(none)).toEqual({ ok: true, value: { listings: [], truncated: false, dropped: 0 } });
  });

  it("of a whole page may hide more", async () => {
    const repeated = (count: number) =>
      foundWith(({ data }) => {
        data.itemData = Array.from({ length: count }, () => data.itemData[0]);
      });
    expect(told(await searching(repeated(24))).truncated).toBe(false);
    expect(told(await searching(repeated(25))).truncated).toBe(true);
  });

  it("loses a bad hit and counts it", async () => {
    const one = foundWith(({ data }) => {
      data.itemData[1] = { pkg_name: 7 };
    });
    expect(told(await searching(one))).toMatchObject({ dropped: 1 });
  });

  it.each([
    ["the home page, whose recommendations look like hits", page(FOUND.replace('"/search"', '"/"'))],
    ["an error of the store", page(FOUND.replace('"ret": 0', '"ret": -1'))],
    ["advertisements alone", page(FOUND.replace("YYB_HOME_SEARCH_NORMAL_GAME", "YYB_HOME_SEARCH_OTHER"))],
    ["a page without data", "<!doctype html><title>应用宝</title>"],
    ["data that is not JSON", page("{")],
    ["nothing", ""],
    ...lacking(FOUND, [
      "props",
      "pageProps",
      "dynamicCardResponse",
      "ret",
      "data",
      "components",
      "cardId",
      "itemData",
      "pkg_name",
      "name",
      "icon",
      "developer",
      "version_name",
      "editor_intro",
      "update_time",
      "download_url",
      "page",
    ]).map(([key, body]) => [`a page that lacks ${key} everywhere`, page(body)]),
  ] as [string, string][])("answered by %s has drifted", async (_, body) => {
    expect(await searching(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("with an unusual status has drifted and tells the status", async () => {
    const { ask } = replay(tencentMyapp, () => ({ status: 404, body: page(FOUND) }));
    expect(await search(question, ask)).toMatchObject({ ok: false, error: { kind: "drifted", status: 404 } });
  });

  it("keeps texts within their limits", async () => {
    const long = page(FOUND.replace("极速下款", "款".repeat(30_000)).replace("北港银行贷款", "贷".repeat(2_000)));
    const [, listing] = told(await searching(long)).listings;
    expect(listing?.name).toHaveLength(LIMITS.name);
    expect(listing?.description).toHaveLength(LIMITS.description);
  });

  it("never throws, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(damage, fc.boolean(), async (how, wrapped) => {
        const body = damaged(FOUND, how);
        const got = await search(question, replay(tencentMyapp, () => (wrapped ? page(body) : body)).ask);
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("details of Tencent MyApp", () => {
  it("state the signer's certificate and the filing number", async () => {
    expect(told(await describing(DETAILS))).toEqual({
      source: "tencent-myapp",
      key: KEY,
      packageName: KEY,
      url: `https://sj.qq.com/appdetail/${KEY}`,
      platform: "android",
      region: "cn",
      name: "北港银行",
      developer: { name: "北港银行股份有限公司" },
      iconUrl: "http://icons.myapp.example/52000001/256",
      description: "北港银行手机银行客户端。",
      version: "8.1.0",
      installs: 7_654_321,
      updatedAt: "2026-09-21T14:13:20.000Z",
      downloadUrl: "https://files.myapp.example/northwind-810.apk",
      certificates: [{ algorithm: "sha256", hex: "abcdef00".repeat(8) }],
      filing: "京ICP备00000000号-9A",
    });
  });

  it("say that a filing number is missing where the store prints none", async () => {
    const listing = told(await describing(DETAILS.replace("京ICP备00000000号-9A", " ")));
    expect([listing?.filing, listing?.filingMissing]).toEqual([undefined, true]);
  });

  it.each([
    ["no record", '{"ret":0,"app_detail_records":{},"app_detail_rows":"0"}'],
    ["a record that was taken down", DETAILS.replace('"online_status": 1', '"online_status": 0')],
  ])("are proved absent by %s", async (_, body) => {
    expect(await describing(body)).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ["another app's record", DETAILS.replaceAll(KEY, "com.other.app")],
    ["another app's record under this name", DETAILS.replace(`"package_name": "${KEY}"`, '"package_name": "a.b"')],
    ["an error of the store", '{"ret":-1,"err_msg":"busy","app_detail_records":{}}'],
    ["a list", "[]"],
    ["nothing", ""],
    ...lacking(DETAILS, [
      "ret",
      "app_detail_records",
      "app_info",
      "apk_all_data",
      "name",
      "package_name",
      "developer",
      "desc",
      "download_cnt_total",
      "online_status",
      "icp_number",
      "version_name",
      "url",
      "update_time",
      "logo256",
      "signatureSha256",
    ]).map(([key, body]) => [`an answer that lacks ${key}`, body]),
  ] as [string, string][])("answered by %s have drifted", async (_, body) => {
    expect(await describing(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it.each(["constructor", "__proto__", "toString"])(
    "of a package called %s are not taken from elsewhere",
    async (key) => {
      const { ask } = replay(tencentMyapp, () => DETAILS);
      expect(await byId(key, "cn", ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
    },
  );

  it("never throw, whatever is in them", async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const got = await describing(damaged(DETAILS, how));
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!sharedPath("recorded"))("the end of a recorded answer of 2024", () => {
  const read = (name: string) => readFileSync(sharedPath("recorded", "tencent-myapp", name) as string, "utf8");
  const end = read("wechat-apkinfo-tail-fragment-2024-09.txt");

  /** The fragment, with all that stands before it made up. */
  function whole(): string {
    const head = JSON.parse(DETAILS).app_detail_records[KEY];
    const { version_name, url, update_time } = head.apk_all_data;
    const apk = JSON.stringify({ version_name, url, update_time }).slice(0, -1);
    return `{"ret":0,"app_detail_records":{"${KEY}":{"app_info":${JSON.stringify(head.app_info)},"apk_all_data":${apk},${end}`;
  }

  it("states icon and certificate where we look for them", async () => {
    const listing = told(
      await describing(
        whole()
          .replace(/\}\s*$/, "}")
          .trim(),
      ),
    );
    expect(listing).toMatchObject({
      iconUrl: "http://pp.myapp.com/ma_icon/0/icon_10910_1726820953/256",
      certificates: [{ algorithm: "sha256", hex: "d64c4dfaf9299c5f4f2f01726cb63a4bc586b32b302267004988d8df31f16135" }],
    });
  });

  it("is not an answer by itself, nor is one of the old search", async () => {
    expect(await describing(end)).toMatchObject({ ok: false, error: { kind: "drifted" } });
    expect(await searching(read("searchAjax-2020-12-28-trimmed.json"))).toMatchObject({
      ok: false,
      error: { kind: "drifted" },
    });
  });
});
