import { searchApps } from "../search.ts";
import type { AppTruth } from "../types.ts";
import type { WireAnswer, WireRequest } from "./wire.ts";
import { countIn, fileUrl, iconUrl, json, numberFrom, renameKeys } from "./wire.ts";

/** GitHub's REST API, as far as it speaks of repositories and their releases. */

const DEFAULT_HITS = 30;
const MOST_HITS = 100;
const API = "https://api.github.com";

const REDESIGN = {
  items: "results",
  full_name: "nameWithOwner",
  owner: "account",
  assets: "files",
  browser_download_url: "download",
  html_url: "web_url",
};

function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");
}

function idOf(text: string): number {
  return 1_000_000 + numberFrom(text, 800_000_000);
}

function account(app: AppTruth, base: string): Record<string, unknown> {
  const login = app.developer.name;
  const url = `${API}/users/${login}`;
  return {
    login,
    id: idOf(login),
    node_id: `U_${idOf(login).toString(36)}`,
    avatar_url: iconUrl(base, app),
    gravatar_id: "",
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    type: "User",
    site_admin: false,
  };
}

function repository(app: AppTruth, base: string): Record<string, unknown> {
  const url = `${API}/repos/${app.key}`;
  const stars = numberFrom(app.id, 40);
  return {
    id: idOf(app.key),
    node_id: `R_${idOf(app.key).toString(36)}`,
    name: app.name,
    full_name: app.key,
    private: false,
    owner: account(app, base),
    html_url: `https://github.com/${app.key}`,
    description: app.description,
    fork: false,
    url,
    contents_url: `${url}/contents/{+path}`,
    releases_url: `${url}/releases{/id}`,
    created_at: isoSeconds(app.releasedAt),
    updated_at: isoSeconds(app.updatedAt),
    pushed_at: isoSeconds(app.updatedAt),
    git_url: `git://github.com/${app.key}.git`,
    clone_url: `https://github.com/${app.key}.git`,
    homepage: app.developer.website ?? null,
    size: Math.floor(app.sizeBytes / 10_000),
    stargazers_count: stars,
    watchers_count: stars,
    language: "Kotlin",
    has_issues: true,
    has_downloads: true,
    forks_count: 0,
    archived: false,
    disabled: false,
    open_issues_count: 0,
    license: null,
    topics: [],
    visibility: "public",
    forks: 0,
    open_issues: 0,
    watchers: stars,
    default_branch: "main",
  };
}

function asset(app: AppTruth, base: string, release: string): Record<string, unknown> {
  const id = idOf(`${app.key} asset`);
  return {
    url: `${release}/assets/${id}`,
    id,
    node_id: `RA_${id.toString(36)}`,
    name: `${app.name}-${app.version}.apk`,
    label: null,
    uploader: account(app, base),
    content_type: "application/vnd.android.package-archive",
    state: "uploaded",
    size: app.sizeBytes,
    download_count: numberFrom(`${app.id} downloads`, 3000),
    created_at: isoSeconds(app.updatedAt),
    updated_at: isoSeconds(app.updatedAt),
    browser_download_url: fileUrl(base, app),
  };
}

function release(app: AppTruth, base: string): Record<string, unknown> {
  const id = idOf(`${app.key} release`);
  const releases = `${API}/repos/${app.key}/releases`;
  const tag = `v${app.version}`;
  return {
    url: `${releases}/${id}`,
    assets_url: `${releases}/${id}/assets`,
    upload_url: `https://uploads.github.com/repos/${app.key}/releases/${id}/assets{?name,label}`,
    html_url: `https://github.com/${app.key}/releases/tag/${tag}`,
    id,
    author: account(app, base),
    node_id: `RE_${id.toString(36)}`,
    tag_name: tag,
    target_commitish: "main",
    name: `Version ${app.version}`,
    draft: false,
    prerelease: false,
    created_at: isoSeconds(app.updatedAt),
    published_at: isoSeconds(app.updatedAt),
    assets: app.hasFile ? [asset(app, base, releases)] : [],
    tarball_url: `${API}/repos/${app.key}/tarball/${tag}`,
    zipball_url: `${API}/repos/${app.key}/zipball/${tag}`,
    body: "Small corrections.",
  };
}

function limits(resource: "search" | "core"): Record<string, string> {
  const limit = resource === "search" ? "10" : "60";
  return {
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": String(Number(limit) - 1),
    "x-ratelimit-used": "1",
    "x-ratelimit-resource": resource,
    "x-github-media-type": "github.v3; format=json",
  };
}

function answer(value: unknown, drift: boolean, resource: "search" | "core" = "core"): WireAnswer {
  return json(drift ? renameKeys(value, REDESIGN) : value, 200, limits(resource));
}

function notFound(): WireAnswer {
  return json({ message: "Not Found", documentation_url: "https://docs.github.com/rest" }, 404, limits("core"));
}

function page<T>(all: T[], query: URLSearchParams): T[] {
  const size = Math.max(1, countIn(query, "per_page", DEFAULT_HITS, MOST_HITS));
  const start = (Math.max(1, countIn(query, "page", 1, 100)) - 1) * size;
  return all.slice(start, start + size);
}

/** `in:name`, `fork:true` and the like say where to look, not what for. */
function wordsOfQuestion(q: string): string {
  return q
    .replace(/\b[a-z]+:\S+/gi, " ")
    .replaceAll('"', " ")
    .trim();
}

function search({ query, apps, base, drift }: WireRequest): WireAnswer {
  const q = query.get("q") ?? "";
  if (q.trim() === "") {
    const errors = [{ resource: "Search", field: "q", code: "missing" }];
    return json({ message: "Validation Failed", errors }, 422, limits("search"));
  }
  const found = searchApps(apps, wordsOfQuestion(q));
  const items = page(found, query).map((app) => ({ ...repository(app, base), score: 1 }));
  return answer({ total_count: found.length, incomplete_results: false, items }, drift, "search");
}

export function githubReleases(request: WireRequest): WireAnswer {
  const { path, query, apps, base, drift } = request;
  if (path === "/search/repositories") return search(request);
  const asked = /^\/repos\/([^/]+\/[^/]+)(\/releases)?$/.exec(path);
  const app = apps.find(({ key }) => key.toLowerCase() === asked?.[1]?.toLowerCase());
  if (app) {
    if (!asked?.[2]) return answer(repository(app, base), drift);
    // Who publishes no file has made no release at all.
    return answer(page(app.hasFile ? [release(app, base)] : [], query), drift);
  }
  const login = /^\/users\/([^/]+)\/repos$/.exec(path)?.[1]?.toLowerCase();
  const theirs = apps.filter(({ developer }) => developer.name.toLowerCase() === login);
  if (theirs.length === 0) return notFound();
  return answer(
    page(
      theirs.map((own) => repository(own, base)),
      query,
    ),
    drift,
  );
}
