import { searchApps } from "../search.ts";
import type { AppTruth } from "../types.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";
import { bodyObject, escapeHtml, fileHash, fileUrl, html, iconUrl, json, numberFrom, renameKeys } from "./wire.ts";

/** 应用宝: pages of sj.qq.com, the cards behind them, and the details that upage.html5.qq.com gives. */

/** The search has one page and no next. */
const MOST_HITS = 25;

const CATEGORY: Record<AppTruth["category"], string> = {
  finance: "金融理财",
  tools: "实用工具",
  lifestyle: "生活服务",
  education: "教育学习",
  game: "休闲益智",
  productivity: "效率办公",
  news: "新闻资讯",
};

const REDESIGN = {
  dynamicCardResponse: "cardResponse",
  components: "cards",
  cardId: "cardType",
  itemData: "entries",
  pkg_name: "package",
  app_detail_records: "details",
  app_info: "appInfo",
  apk_all_data: "apkData",
};

function redesigned(value: unknown, drift: boolean): unknown {
  return drift ? renameKeys(value, REDESIGN) : value;
}

function idOf(app: AppTruth): number {
  return 10_000 + numberFrom(app.id, 60_000_000);
}

/** One app on a card. */
function item(app: AppTruth, base: string): Record<string, unknown> {
  return {
    pkg_name: app.packageName,
    app_id: String(idOf(app)),
    name: app.name,
    icon: iconUrl(base, app),
    developer: app.developer.name,
    operator: app.developer.name,
    version_name: app.version,
    version_code: String(app.versionCode),
    apk_size: String(app.sizeBytes),
    average_rating: (3 + numberFrom(app.id, 20) / 10).toFixed(1),
    editor_intro: app.summary,
    update_time: String(Math.floor(app.updatedAt / 1000)),
    download_url: fileUrl(base, app),
    cate_name_new: CATEGORY[app.category],
    tags: CATEGORY[app.category],
    game_type: "0",
    is_booking: "0",
  };
}

function card(cardId: string, place: number, apps: AppTruth[], base: string): Record<string, unknown> {
  const itemData = apps.map((app) => item(app, base));
  return { cardId, index: place, data: { itemData, title: "", total: itemData.length } };
}

/** What the shop promotes today, whatever was asked. */
function promoted(apps: readonly AppTruth[]): AppTruth[] {
  return apps.filter(({ category }) => category === "game" || category === "lifestyle").slice(0, 4);
}

/** The cards of a search: the hits, and beside them what the shop wants seen, there even when nothing was found. */
function searchCards(term: string, apps: readonly AppTruth[], base: string): Record<string, unknown>[] {
  const found = searchApps(apps, term).slice(0, MOST_HITS);
  return [
    card("YYB_HOME_SEARCH_NORMAL_GAME", 0, found, base),
    card("YYB_HOME_SEARCH_HOT_GAME", 1, promoted(apps), base),
  ];
}

function nextPage(page: string, title: string, pageProps: Record<string, unknown>, drift: boolean): WireAnswer {
  const data = { props: { pageProps }, page, query: {}, buildId: "k3j2h1", isFallback: false, gssp: true };
  const text = JSON.stringify(redesigned(data, drift)).replaceAll("<", "\\u003c");
  return html(
    `<!DOCTYPE html><html lang="zh-CN"><head><meta charSet="utf-8"/><title>${escapeHtml(title)}</title></head>` +
      `<body><div id="__next"><main></main></div><script id="__NEXT_DATA__" type="application/json">${text}</script></body></html>`,
  );
}

function searchPage({ query, apps, base, drift }: WireRequest): WireAnswer {
  const term = query.get("q") ?? "";
  const dynamicCardResponse = { ret: 0, data: { components: searchCards(term, apps, base) }, msg: "success" };
  return nextPage("/search", `${term} - 应用宝官网`, { dynamicCardResponse, keyword: term }, drift);
}

/** Where every unknown address ends: recommendations that look like hits. */
function homePage({ apps, base, drift }: WireRequest): WireAnswer {
  const components = [card("YYB_HOME_RECOMMEND", 0, promoted(apps), base)];
  return nextPage("/", "应用宝官网", { dynamicCardResponse: { ret: 0, data: { components }, msg: "success" } }, drift);
}

/** The same cards as JSON; the term stands deep in the question. */
function dynamicCards({ body, apps, base, drift }: WireRequest): WireAnswer {
  const asked = bodyObject(body) as { body?: { listS?: { keyword?: { repStr?: unknown[] } } } } | undefined;
  const term = asked?.body?.listS?.keyword?.repStr?.[0];
  if (typeof term !== "string") return json({ ret: -1, msg: "invalid param" });
  return json(redesigned({ ret: 0, data: { components: searchCards(term, apps, base) }, msg: "success" }, drift));
}

function detailRecord(app: AppTruth, base: string): Record<string, unknown> {
  const rating = 3 + numberFrom(app.id, 20) / 10;
  return {
    app_info: {
      app_id: String(idOf(app)),
      name: app.name,
      package_name: app.packageName,
      developer: app.developer.name,
      author: app.developer.name,
      desc: app.description,
      editor_intro: app.summary,
      category_name_new: CATEGORY[app.category],
      download_cnt_total: String(app.installs),
      online_status: 1,
      icp_number: app.filing ?? "",
      privacy_agreement: app.developer.website ? `${app.developer.website}/privacy` : "",
    },
    apk_all_data: {
      version_name: app.version,
      version_code: app.versionCode,
      size_byte: String(app.sizeBytes),
      url: fileUrl(base, app),
      apk_md5: fileHash("md5", app).toUpperCase(),
      update_time: String(Math.floor(app.updatedAt / 1000)),
      snapshot_bigs: [],
      logo256: iconUrl(base, app),
      logo128: `${iconUrl(base, app)}?px=128`,
      download_week: "0",
      snapshot_orientation: 2,
      publish_flag: 0,
      flag: "16469",
      platform: "1026",
      sha256: fileHash("sha256", app).toUpperCase(),
      signatureSha256: app.certificate.sha256.toUpperCase(),
    },
    app_rating_info: {
      rating_count: String(numberFrom(`${app.id} votes`, 9000)),
      average_rating: rating,
      average_rating7_day: 0,
    },
  };
}

/** Details by package; what is not listed has no record. */
function apkInfo({ body, apps, base, drift }: WireRequest): WireAnswer {
  const asked = bodyObject(body)?.packagename;
  if (typeof asked !== "string" || asked === "") return json({ ret: -1, err_msg: "packagename is empty" });
  const app = apps.find(({ packageName }) => packageName === asked);
  const records = app ? { [asked]: detailRecord(app, base) } : {};
  return json(
    redesigned({ ret: 0, err_msg: "", app_detail_records: records, app_detail_rows: app ? "1" : "0" }, drift),
  );
}

export function tencentMyapp(request: WireRequest): WireAnswer {
  const { method, path } = request;
  if (path === "/wechat-apkinfo" && method === "POST") return apkInfo(request);
  if (path === "/v2/dynamicard3" && method === "POST") return dynamicCards(request);
  return path === "/search" ? searchPage(request) : homePage(request);
}
