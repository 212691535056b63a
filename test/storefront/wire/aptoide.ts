import { TRUSTED_SHELF } from "../build.ts";
import { searchApps } from "../search.ts";
import type { AppTruth } from "../types.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";
import { bodyObject, countIn, fileHash, fileUrl, iconUrl, json, numberFrom, renameKeys } from "./wire.ts";

/** Aptoide's web services: ws75 searches, ws2 gives details. Parameters stand in the query or in the path. */

const DEFAULT_HITS = 25;
const MOST_HITS = 250;

const REDESIGN = {
  info: "status",
  datalist: "page",
  data: "app",
  list: "items",
  package: "packageName",
  developer: "publisher",
  signature: "certificate",
};

/** "2026-10-01 12:00:00", in no zone that the store names. */
function moment(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace("T", " ");
}

function colons(hex: string): string {
  return (hex.toUpperCase().match(/../g) ?? []).join(":");
}

function shelfOf(app: AppTruth): { id: number; name: string } {
  return app.shelf ?? TRUSTED_SHELF;
}

/** What the store's scanners say: they look at files and not at names, so a fake passes as often as a game. */
function rankOf(app: AppTruth): string {
  if (shelfOf(app).id === TRUSTED_SHELF.id) return "TRUSTED";
  return numberFrom(`${app.id} rank`, 5) === 0 ? "WARN" : numberFrom(`${app.id} rank`, 2) === 0 ? "TRUSTED" : "UNKNOWN";
}

function stats(app: AppTruth) {
  const avg = 3 + numberFrom(app.id, 20) / 10;
  const rating = { avg, total: numberFrom(`${app.id} votes`, 500) };
  const votes = [5, 4, 3, 2, 1].map((value) => ({ value, count: numberFrom(`${app.id} ${value}`, 100) }));
  return { downloads: app.installs, pdownloads: app.installs * 3, rating, prating: rating, votes };
}

/** What a search hit says: no certificate, no permissions. */
function hit(app: AppTruth, base: string): Record<string, unknown> {
  const shelf = shelfOf(app);
  const { downloads, pdownloads, rating, prating } = stats(app);
  return {
    id: Number(app.key),
    name: app.name,
    package: app.packageName,
    uname: app.name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    size: app.sizeBytes,
    icon: iconUrl(base, app),
    graphic: null,
    added: moment(app.releasedAt),
    modified: moment(app.updatedAt),
    updated: moment(app.updatedAt),
    main_package: null,
    developer: { id: Number(app.developer.id), name: app.developer.name },
    store: {
      id: shelf.id,
      name: shelf.name,
      avatar: `${base}/avatars/${shelf.id}.png`,
      stats: { apps: numberFrom(shelf.name, 900), subscribers: numberFrom(`${shelf.name} s`, 90_000) },
    },
    file: {
      vername: app.version,
      vercode: app.versionCode,
      md5sum: fileHash("md5", app),
      filesize: app.sizeBytes,
      added: moment(app.updatedAt),
      path: fileUrl(base, app),
      path_alt: `${fileUrl(base, app)}?alt=1`,
      malware: { rank: rankOf(app) },
    },
    stats: { downloads, pdownloads, rating, prating },
    aab: null,
    obb: null,
    appcoins: { advertising: false, billing: false, flags: [] },
  };
}

function details(app: AppTruth, base: string): Record<string, unknown> {
  const { developer, certificate } = app;
  const short = hit(app, base) as { file: object; store: { stats: object } & object; stats: object };
  const { downloads, pdownloads, rating, prating, votes } = stats(app);
  const address = `https://${numberFrom(app.id, 99_999)}.en.aptoide.com/?app_id=${app.key}`;
  return {
    ...short,
    age: { name: "all", title: "Everyone", pegi: "PEGI-3", rating: 0 },
    developer: {
      id: Number(developer.id),
      name: developer.name,
      website: developer.website ?? null,
      email: developer.email,
      privacy: developer.website ? `${developer.website}/privacy` : null,
    },
    store: {
      ...short.store,
      appearance: { theme: "default", description: "" },
      stats: { ...short.store.stats, downloads: app.installs * 7 },
    },
    file: {
      ...short.file,
      signature: { sha1: colons(certificate.sha1), owner: certificate.owner },
      hardware: { sdk: 26, screen: "SMALL", gles: 2, cpus: ["arm64-v8a"], densities: [], dependencies: [] },
      malware: {
        rank: rankOf(app),
        reason: {
          signature_validated: {
            date: moment(app.updatedAt).slice(0, 10),
            status: "unknown",
            signature_from: "market",
          },
        },
        added: moment(app.updatedAt),
        modified: moment(app.updatedAt),
      },
      flags: {
        votes: ["FAKE", "FREEZE", "GOOD", "LICENSE", "VIRUS"].map((type) => ({
          type,
          count: numberFrom(`${app.id} ${type}`, 3),
        })),
      },
      used_features: ["android.hardware.faketouch"],
      used_permissions: ["android.permission.INTERNET", "android.permission.ACCESS_NETWORK_STATE"],
      tags: [],
    },
    media: {
      keywords: [app.category],
      description: app.description,
      summary: app.summary,
      news: "Small corrections.",
      videos: [],
      screenshots: [{ url: `${base}/screens/${app.id}.png`, height: 728, width: 368 }],
    },
    urls: { w: address, m: address },
    stats: { rating: { ...rating, votes }, prating: { ...prating, votes }, downloads, pdownloads },
    pay: null,
  };
}

function info(status: "OK" | "FAIL") {
  return { status, time: { seconds: 0.0123, human: "12 milliseconds" } };
}

function answer(value: Record<string, unknown>, drift: boolean, status = 200): WireAnswer {
  return json(drift ? renameKeys(value, REDESIGN) : value, status);
}

/** `/apps/search/query/x/limit/25` and `/app/getMeta/package_name=x` say what `?query=x&limit=25` says. */
function parametersOf(rest: string, query: URLSearchParams): URLSearchParams {
  const parameters = new URLSearchParams(query);
  const parts = rest.split("/").filter(Boolean).map(decode);
  for (let i = 0; i < parts.length; i += 1) {
    const part = parts[i] as string;
    const [name, ...value] = part.split("=");
    if (value.length > 0) parameters.set(name as string, value.join("="));
    else {
      parameters.set(part, parts[i + 1] ?? "");
      i += 1;
    }
  }
  return parameters;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function search(parameters: URLSearchParams, { apps, base, drift }: WireRequest): WireAnswer {
  const shelf = parameters.get("store_name");
  const shown = shelf === null ? apps : apps.filter((app) => shelfOf(app).name === shelf);
  const found = searchApps(shown, parameters.get("query") ?? "");
  const limit = countIn(parameters, "limit", DEFAULT_HITS, MOST_HITS);
  const offset = countIn(parameters, "offset", 0, 10_000);
  const list = found.slice(offset, offset + limit).map((app) => hit(app, base));
  const next = Math.min(offset + limit, found.length);
  const page = { total: found.length, count: list.length, offset, limit, next, hidden: 0, loaded: true, list };
  return answer({ info: info("OK"), datalist: page }, drift);
}

/** By package the store picks one of the copies: the one on its own shelf, else the one installed most. */
function find(parameters: URLSearchParams, apps: readonly AppTruth[]): AppTruth | undefined {
  const id = parameters.get("app_id");
  if (id !== null) return apps.find(({ key }) => key === id);
  const md5 = parameters.get("apk_md5sum");
  if (md5 !== null) return apps.find((app) => fileHash("md5", app) === md5.toLowerCase());
  const copies = apps.filter(({ packageName }) => packageName === parameters.get("package_name"));
  const trusted = copies.find((app) => shelfOf(app).id === TRUSTED_SHELF.id);
  return trusted ?? copies.toSorted((a, b) => b.installs - a.installs)[0];
}

function getMeta(parameters: URLSearchParams, { apps, base, drift }: WireRequest): WireAnswer {
  const app = find(parameters, apps);
  if (app) return answer({ info: info("OK"), data: details(app, base) }, drift);
  const asked = parameters.get("package_name");
  const what = asked === null ? `id:${parameters.get("app_id") ?? ""}` : `package:${asked}`;
  const error = { code: "APP-1", description: `No application '${what}'`, details: {} };
  return answer({ info: info("FAIL"), errors: [error] }, drift, 404);
}

/** The older search asks in a JSON body. */
function listSearchApps(request: WireRequest): WireAnswer {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(bodyObject(request.body) ?? {})) {
    if (typeof value === "string" || typeof value === "number") parameters.set(name, String(value));
  }
  return search(parameters, request);
}

export function aptoide(request: WireRequest): WireAnswer {
  const call = /^\/api\/7\/(apps\/search|app\/getMeta|listSearchApps)(\/.*)?$/.exec(request.path);
  if (!call) return json({ info: info("FAIL"), errors: [{ code: "IREQ-1", description: "Invalid request" }] }, 404);
  if (call[1] === "listSearchApps") return listSearchApps(request);
  const parameters = parametersOf(call[2] ?? "", request.query);
  return call[1] === "apps/search" ? search(parameters, request) : getMeta(parameters, request);
}
