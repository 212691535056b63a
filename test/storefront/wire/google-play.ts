import { searchApps, suggestTerms } from "../search.ts";
import type { AppTruth } from "../types.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";
import { escapeHtml, html, iconUrl } from "./wire.ts";

/** Google Play's web pages: positional arrays inside script blocks, named by the remote call that made them. */

/** Pages end here; the store has given no second page since 2022. */
const MOST_HITS = 30;
const DEVELOPER_HITS = 60;

type Json = unknown[];

/** `{ 3: "x", 10: "y" }` -> an array with those places filled and null between. */
function sparse(places: Record<number, unknown>): Json {
  const last = Math.max(...Object.keys(places).map(Number));
  return Array.from({ length: last + 1 }, (_, i) => places[i] ?? null);
}

function link(url: string): Json {
  return sparse({ 4: [null, null, url] });
}

function site(url: string | undefined): unknown {
  return url ? sparse({ 5: [null, null, url] }) : null;
}

function image(url: string, width: number, height: number): Json {
  return [null, 2, [width, height], [null, null, url], null, [40, 60, 90, 255], null, null, null, 2];
}

function detailsPath(app: AppTruth): string {
  return `/store/apps/details?id=${app.packageName}`;
}

function developerPath({ developer }: AppTruth): string {
  const id = developer.page === "dev" ? developer.id : encodeURIComponent(developer.name).replaceAll("%20", "+");
  return `/store/apps/${developer.page}?id=${id}`;
}

function installsText(installs: number): string {
  return `${installs.toLocaleString("en-US")}+`;
}

function price(app: AppTruth): Json {
  const buy = `https://play.google.com${detailsPath(app)}&rdid=${app.packageName}&feature=md&offerId`;
  return [null, [[0, "USD", ""]], null, [null, "Buy"], null, 1, site(buy), null, ["CAE="]];
}

function rating(app: AppTruth): [string, number] {
  const value = 3 + (app.versionCode % 19) / 10;
  return [value.toFixed(1), value];
}

const CATEGORY: Record<AppTruth["category"], [string, string]> = {
  finance: ["Finance", "FINANCE"],
  tools: ["Tools", "TOOLS"],
  lifestyle: ["Lifestyle", "LIFESTYLE"],
  education: ["Education", "EDUCATION"],
  game: ["Puzzle", "GAME_PUZZLE"],
  productivity: ["Productivity", "PRODUCTIVITY"],
  news: ["News & Magazines", "NEWS_AND_MAGAZINES"],
};

function descriptionHtml(app: AppTruth): string {
  return escapeHtml(app.description).replaceAll("\n", "<br>");
}

/** One app in a list of search hits or of a developer. */
function listItem(app: AppTruth, base: string): Json {
  return sparse({
    0: [app.packageName, 7],
    1: image(iconUrl(base, app), 512, 512),
    2: [],
    3: app.name,
    4: rating(app),
    5: CATEGORY[app.category][0],
    8: price(app),
    9: [],
    10: link(detailsPath(app)),
    11: ["qgJd"],
    13: [null, descriptionHtml(app)],
    14: app.developer.name,
    15: installsText(app.installs),
    17: "",
    24: ["Everyone"],
    26: [2],
    28: [1, 1, 0],
  });
}

function day(at: number): string {
  return new Date(at).toLocaleDateString("en-US", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
}

/** The record of one app as its own page and the exact-match card carry it. */
function record(app: AppTruth, base: string): Json {
  const { developer } = app;
  const [score, exact] = rating(app);
  const [genre, genreId] = CATEGORY[app.category];
  const genreEntry = [genre, link(`/store/apps/category/${genreId}`), genreId];
  const seconds = (at: number) => [Math.floor(at / 1000), 0];
  return sparse({
    0: [app.name],
    8: [0, 1, [0]],
    9: ["Everyone"],
    10: [day(app.releasedAt), seconds(app.releasedAt)],
    13: [installsText(app.installs), app.installs, app.installs + (app.versionCode % 97), `${app.installs}+`],
    18: [2],
    37: [developer.name],
    51: [
      [score, exact],
      [null, ["1", 1], ["2", 2], ["3", 3], ["4", 4], ["5", 5]],
      ["15", 15],
      ["4", 4],
    ],
    57: [[[[price(app)], ["Install"], null, ["CAE="]]]],
    68: [developer.name, link(developerPath(app)), developer.id],
    69: [
      site(developer.website),
      [developer.email],
      null,
      null,
      [developer.name, [developer.email], ["1 Quay Street\nHarbour Town"]],
    ],
    72: [[null, descriptionHtml(app)]],
    73: [[null, escapeHtml(app.summary)]],
    77: [app.packageName],
    78: [[[null, 2, [1080, 1920], [null, null, `${base}/screens/${app.id}.png`]]]],
    79: [[genreEntry]],
    95: [image(iconUrl(base, app), 512, 512), 2],
    99: [site(developer.website ? `${developer.website}/privacy` : "https://privacy.example/policy")],
    118: [[[[...genreEntry, "/m/x"]]]],
    140: [[[app.version]], [[[35]], [[[26, "8.0"]]]]],
    144: [null, [null, "Small corrections."]],
    145: [[day(app.updatedAt), seconds(app.updatedAt)]],
  });
}

/** What of the record the card of an exact match shows. */
const CARD_PLACES = [0, 9, 13, 18, 51, 57, 68, 72, 73, 78, 79, 95];

function exactMatchCard(app: AppTruth, base: string): Json {
  const whole = record(app, base);
  return sparse({
    16: [
      null,
      null,
      sparse(Object.fromEntries(CARD_PLACES.map((place) => [place, whole[place]]))),
      { "12": [[app.packageName, 7]] },
    ],
    17: [[link(detailsPath(app)), ["qgJL"], [price(app)]]],
  });
}

interface Block {
  rpc: string;
  data: unknown;
}

/** Inside a script no `<` may stand, whatever an app's name says. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
}

/** A page of blocks; `ds:N` is the place in the list, the call's id says what a block is. */
function page(title: string, blocks: Block[], drift: boolean): WireAnswer {
  // A redesign: other calls, and one more layer around what they answer.
  const served = drift
    ? blocks.map(({ rpc, data }) => ({ rpc: rpc.split("").reverse().join(""), data: [null, data] }))
    : blocks;
  const requests = served.map(({ rpc }, i) => `'ds:${i}' : {id:'${rpc}',request:[]}`).join(",");
  const data = served.map(
    (block, i) =>
      `<script class="ds:${i}" nonce="n0">AF_initDataCallback({key: 'ds:${i}', hash: '${i + 1}', data:${scriptJson(block.data)}, sideChannel: {}});</script>`,
  );
  return html(
    [
      `<!doctype html><html lang="en" dir="ltr"><head><base href="https://play.google.com/"><title>${escapeHtml(title)}</title>`,
      `<script nonce="n0">var AF_initDataKeys = [${served.map((_, i) => `"ds:${i}"`).join(",")}]; var AF_dataServiceRequests = {${requests}}; var AF_initDataChunkQueue = []; var AF_initDataCallback; var AF_initDataInitializeCallback;</script>`,
      `</head><body id="yDmH0d"><c-wiz></c-wiz>`,
      ...data,
      `<script aria-hidden="true" id="WIZ-footer" nonce="n0">window.wiz_progress&&window.wiz_progress();</script></body></html>`,
    ].join(""),
  );
}

const SHELL: Block[] = [
  {
    rpc: "T6C6Se",
    data: [
      [
        [[11, link("/store/games")], "Games"],
        [[1, link("/store/apps")], "Apps"],
      ],
    ],
  },
  { rpc: "Qu3lde", data: [[null, 1]] },
  { rpc: "X5bnOb", data: [] },
];

function searchPage({ query, apps, base, drift }: WireRequest): WireAnswer {
  const term = query.get("q") ?? "";
  const hits = searchApps(apps, term).slice(0, MOST_HITS);
  const [first, ...rest] = hits;
  const exact = first && rest.length > 0 && first.name.toLowerCase() === term.trim().toLowerCase() ? first : undefined;
  const listed = (exact ? rest : hits).map((app) => [listItem(app, base)]);
  const filters = sparse({ 3: [[["All"]]] });
  const sections: Json[] = exact ? [[...filters, ...sparse({ 19: exactMatchCard(exact, base) })]] : [];
  if (listed.length > 0) sections.push(sparse({ 3: [["All"]], 22: [listed, [""]] }));
  if (sections.length === 0) sections.push(filters);
  const results = [[null, sections, null, ["CAES"], 0, ["qgJm"]], ["CAES"], null, []];
  const blocks = [...SHELL, { rpc: "AZO9Cb", data: [[term]] }, { rpc: "lGYRle", data: results }];
  return page(`${term} - Android Apps on Google Play`, blocks, drift);
}

function notFound(): WireAnswer {
  return html(
    `<!doctype html><html><head><meta charset="utf-8"><title>Not Found</title></head><body><div id="error-section">There is no such page.</div></body></html>`,
    404,
  );
}

function detailsPage({ query, apps, base, drift }: WireRequest): WireAnswer {
  const app = apps.find(({ packageName }) => packageName === query.get("id"));
  if (!app) return notFound();
  const blocks = [
    ...SHELL,
    { rpc: "CLXjtf", data: [[]] },
    { rpc: "A6yuRe", data: [] },
    { rpc: "Ws7gDc", data: [[[[]]], [null, null, record(app, base), {}], []] },
    { rpc: "ag2B9c", data: [null, [null, []]] },
  ];
  return page(`${app.name} - Apps on Google Play`, blocks, drift);
}

/** By number the list holds bare items; by name each is wrapped once more. */
function developerPage({ path, query, apps, base, drift }: WireRequest): WireAnswer {
  const id = query.get("id") ?? "";
  const byNumber = path.endsWith("/dev");
  const theirs = apps.filter(({ developer }) =>
    byNumber ? developer.id === id : developer.page === "developer" && developer.name === id,
  );
  if (theirs.length === 0) return notFound();
  const items = theirs.slice(0, DEVELOPER_HITS).map((app) => listItem(app, base));
  const section = byNumber
    ? sparse({ 21: [items, [`More by ${theirs[0]?.developer.name}`, null, link(`${path}?id=${id}`)]] })
    : sparse({ 22: [items.map((item) => [item]), [id, null, null, null, 1]] });
  const rpc = byNumber ? "MRTdke" : "IRWBmd";
  return page(`Android Apps by ${id}`, [...SHELL, { rpc, data: [[null, [section], null, [], 1]] }], drift);
}

function batch(rpc: string, payload: unknown, drift: boolean): WireAnswer {
  const answer = drift ? { frames: payload } : payload;
  const frames = [
    ["wrb.fr", rpc, JSON.stringify(answer), null, null, null, ""],
    ["di", 12],
    ["af.httprm", 12, "0", 17],
  ];
  return {
    status: 200,
    headers: { "content-type": "application/json; charset=utf-8" },
    body: `)]}'\n\n${JSON.stringify(frames)}`,
  };
}

/** The term inside `f.req=[[["IJ4APc","[[null,[\"term\"],[10],[2],4]]"]]]`; undefined when the envelope is another. */
function suggestedPrefix(body: string): string | undefined {
  try {
    const envelope = JSON.parse(new URLSearchParams(body).get("f.req") ?? "") as [[[string, string]]];
    const term = (JSON.parse(envelope[0][0][1]) as [[null, [string]]])[0][1][0];
    return typeof term === "string" ? term : undefined;
  } catch {
    return undefined;
  }
}

function batchExecute({ query, body, apps, drift }: WireRequest): WireAnswer {
  const rpc = query.get("rpcids") ?? "";
  if (rpc !== "IJ4APc") return batch(rpc, null, drift);
  const prefix = suggestedPrefix(body);
  if (prefix === undefined) return html("Bad Request", 400);
  const terms = suggestTerms(apps, prefix, 5).map((term) => {
    const search = `/store/search?q=${encodeURIComponent(term).replaceAll("%20", "+")}&c=apps`;
    return [term, null, link(search), null, null, ["CCO6"], null, null, null, null, 1];
  });
  return batch(rpc, [[terms, ["CAhK"]]], drift);
}

export function googlePlay(request: WireRequest): WireAnswer {
  const { method, path } = request;
  if (method === "POST" && path === "/_/PlayStoreUi/data/batchexecute") return batchExecute(request);
  if (path === "/store/search") return searchPage(request);
  if (path === "/store/apps/details") return detailsPage(request);
  if (path === "/store/apps/dev" || path === "/store/apps/developer") return developerPage(request);
  return notFound();
}
