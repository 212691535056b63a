import { searchApps, suggestTerms } from "../search.ts";
import type { AppTruth } from "../types.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";
import { countIn, escapeHtml, numberFrom, renameKeys, sizedIconUrl } from "./wire.ts";

/** Apple's Search and Lookup API, and the search hints of its shop: itunes.apple.com and search.itunes.apple.com. */

const DEFAULT_HITS = 50;
const MOST_HITS = 200;
const MOST_HINTS = 10;

/** Genre name and number on telephones and on the Mac. */
const GENRE: Record<AppTruth["category"], { name: string; ios: number; mac: number }> = {
  finance: { name: "Finance", ios: 6015, mac: 12005 },
  tools: { name: "Utilities", ios: 6002, mac: 12021 },
  lifestyle: { name: "Lifestyle", ios: 6012, mac: 12010 },
  education: { name: "Education", ios: 6017, mac: 12003 },
  game: { name: "Games", ios: 6014, mac: 12006 },
  productivity: { name: "Productivity", ios: 6007, mac: 12014 },
  news: { name: "News", ios: 6009, mac: 12012 },
};

const REDESIGN = {
  resultCount: "count",
  results: "items",
  trackId: "adamId",
  trackName: "title",
  bundleId: "bundle",
  artistId: "developerId",
  artistName: "developerName",
  artworkUrl512: "artwork",
  kind: "type",
};

function slugOf(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "") || "app"
  );
}

function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}

/** What only one of the two shops says of its apps. */
function shopFields(app: AppTruth, base: string): Record<string, unknown> {
  if (app.platform === "mac") return {};
  return {
    isGameCenterEnabled: false,
    advisories: [],
    features: ["iosUniversal"],
    supportedDevices: ["iPhone5s-iPhone5s", "iPadAir-iPadAir"],
    ipadScreenshotUrls: [`${base}/screens/${app.id}/576x768bb.jpg`],
    appletvScreenshotUrls: [],
  };
}

function result(app: AppTruth, base: string, country: string): Record<string, unknown> {
  const mac = app.platform === "mac";
  const genre = GENRE[app.category];
  const genreId = mac ? genre.mac : genre.ios;
  const rating = 3 + numberFrom(app.id, 20) / 10;
  const artistId = Number(app.developer.id);
  return {
    ...shopFields(app, base),
    screenshotUrls: [`${base}/screens/${app.id}/392x696bb.jpg`],
    artworkUrl60: sizedIconUrl(base, app, 60),
    artworkUrl512: sizedIconUrl(base, app, 512),
    artworkUrl100: sizedIconUrl(base, app, 100),
    artistViewUrl: `https://apps.apple.com/${country}/developer/${slugOf(app.developer.name)}/id${artistId}?uo=4`,
    kind: mac ? "mac-software" : "software",
    isVppDeviceBasedLicensingEnabled: true,
    minimumOsVersion: mac ? "11.0" : "15.0",
    trackCensoredName: app.name,
    languageCodesISO2A: ["EN", "ZH"],
    fileSizeBytes: String(app.sizeBytes),
    formattedPrice: "Free",
    contentAdvisoryRating: "4+",
    averageUserRatingForCurrentVersion: rating,
    userRatingCountForCurrentVersion: numberFrom(`${app.id} votes`, 900),
    averageUserRating: rating,
    userRatingCount: numberFrom(`${app.id} votes`, 900),
    trackViewUrl: `https://apps.apple.com/${country}/app/${slugOf(app.name)}/id${app.key}?uo=4`,
    trackContentRating: "4+",
    trackId: Number(app.key),
    trackName: app.name,
    bundleId: app.packageName,
    releaseDate: isoSeconds(app.releasedAt),
    currentVersionReleaseDate: isoSeconds(app.updatedAt),
    releaseNotes: "Small corrections.",
    sellerName: app.developer.name,
    ...(app.developer.website ? { sellerUrl: app.developer.website } : {}),
    primaryGenreName: genre.name,
    primaryGenreId: genreId,
    genreIds: [String(genreId)],
    genres: [genre.name],
    wrapperType: "software",
    version: app.version,
    description: app.description,
    artistId,
    artistName: app.developer.name,
    currency: "USD",
    price: 0,
  };
}

/** Apple serves its JSON as a script. */
function script(value: unknown, drift: boolean, status = 200): WireAnswer {
  return {
    status,
    headers: { "content-type": "text/javascript; charset=utf-8", "cache-control": "max-age=86400" },
    body: `\n\n\n${JSON.stringify(drift ? renameKeys(value, REDESIGN) : value)}\n`,
  };
}

function results(found: Record<string, unknown>[], drift: boolean): WireAnswer {
  return script({ resultCount: found.length, results: found }, drift);
}

/** How Apple refuses a question: no list, but what it would have understood. */
function refusal(name: string): WireAnswer {
  const queryParameters = { output: "json", country: "two letters", limit: "1 to 200" };
  return script({ errorMessage: `Bad value for ${name}`, queryParameters }, false, 400);
}

function inShop(apps: readonly AppTruth[], entity: string | null): AppTruth[] {
  const platform = entity === "macSoftware" ? "mac" : "ios";
  return apps.filter((app) => app.platform === platform);
}

function countryOf(query: URLSearchParams): string {
  return (query.get("country") ?? "us").toLowerCase();
}

function search({ query, apps, base, drift }: WireRequest): WireAnswer {
  const limit = countIn(query, "limit", DEFAULT_HITS, MOST_HITS);
  const term = query.get("term") ?? "";
  const shop = inShop(apps, query.get("entity"));
  const found =
    query.get("attribute") === "softwareDeveloper"
      ? shop.filter(({ developer }) => developer.name.toLowerCase().includes(term.toLowerCase()))
      : searchApps(shop, term);
  return results(
    found.slice(0, limit).map((app) => result(app, base, countryOf(query))),
    drift,
  );
}

function artist(app: AppTruth, country: string): Record<string, unknown> {
  const id = Number(app.developer.id);
  return {
    wrapperType: "artist",
    artistType: "Software Artist",
    artistName: app.developer.name,
    artistLinkUrl: `https://apps.apple.com/${country}/developer/${slugOf(app.developer.name)}/id${id}?uo=4`,
    artistId: id,
  };
}

/** By an account's number comes the account, and with `entity` its apps as well. */
function byArtist(id: string, { query, apps, base }: WireRequest): Record<string, unknown>[] {
  const theirs = apps.filter(({ developer }) => developer.id === id);
  const [first] = theirs;
  if (!first) return [];
  const entity = query.get("entity");
  const listed =
    entity === null ? [] : inShop(theirs, entity).slice(0, countIn(query, "limit", DEFAULT_HITS, MOST_HITS));
  const country = countryOf(query);
  return [artist(first, country), ...listed.map((app) => result(app, base, country))];
}

function lookup(request: WireRequest): WireAnswer {
  const { query, apps, base, drift } = request;
  const country = countryOf(query);
  const bundles = query.get("bundleId")?.split(",") ?? [];
  const ids = query.get("id")?.split(",").filter(Boolean) ?? [];
  if (ids.some((id) => !/^\d+$/.test(id))) return refusal("itunesId");
  const byBundle = apps.filter(({ packageName }) => bundles.includes(packageName ?? ""));
  const found = ids.flatMap((id) => {
    const app = apps.find(({ key }) => key === id);
    return app ? [result(app, base, country)] : byArtist(id, request);
  });
  return results([...byBundle.map((app) => result(app, base, country)), ...found], drift);
}

/** The hints are a property list; the first text of an entry is the term. */
function hints({ query, apps, drift }: WireRequest): WireAnswer {
  const entries = suggestTerms(apps, query.get("term") ?? "", MOST_HINTS).map((term) => {
    const address = `https://search.itunes.apple.com/WebObjects/MZStore.woa/wa/search?term=${encodeURIComponent(term)}`;
    const named = drift ? "searchTerm" : "term";
    return `<dict><key>${named}</key><string>${escapeHtml(term)}</string><key>url</key><string>${address}</string></dict>`;
  });
  return {
    status: 200,
    headers: { "content-type": "text/xml; charset=UTF-8" },
    body: [
      `<?xml version="1.0" encoding="UTF-8" standalone="no"?>`,
      `<!DOCTYPE plist PUBLIC "-//Apple Computer//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">`,
      `<plist version="1.0"><dict><key>title</key><string>Suggestions</string>`,
      `<key>hints</key><array>${entries.join("")}</array></dict></plist>`,
    ].join("\n"),
  };
}

export function appStore(request: WireRequest): WireAnswer {
  const { path } = request;
  if (path === "/search") return search(request);
  if (path === "/lookup") return lookup(request);
  if (path === "/WebObjects/MZSearchHints.woa/wa/hints") return hints(request);
  return { status: 404, headers: { "content-type": "text/html" }, body: "<html><body>404 Not Found</body></html>" };
}
