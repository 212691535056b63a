import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { err, ok } from "../../kernel/result.ts";
import {
  countOf,
  descriptionText,
  drifted,
  instantFromText,
  nameText,
  parseJson,
  readElements,
  readShape,
  safeUrl,
  shortText,
  stated,
} from "../parse.ts";
import type { Answer } from "../source.ts";
import { assetSchema, type Repository, releaseSchema, repositorySchema, searchSchema } from "./schema.ts";

/** What of a release can be installed. */
const INSTALLABLE = /\.(?:apk|apks|xapk|apkm)$/i;

/** Reads a repository search. `total_count: 0` is how GitHub says that there is nothing. */
export function readSearch(body: Uint8Array): Answer<Page> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const found = readShape(json.value, searchSchema);
  if (!found.ok) return found;
  const { total_count: total, incomplete_results: cutShort, items } = found.value;
  if (items.length === 0 && cutShort) return err({ kind: "unreachable", detail: "the search was broken off" });
  if (items.length === 0 && total > 0) return drifted(`says ${total} results and holds none`);
  const repositories = readElements(items, repositorySchema, { what: "items" });
  if (!repositories.ok) return repositories;
  return ok({
    listings: repositories.value.values.map(listingOf),
    truncated: cutShort || total > items.length,
    dropped: repositories.value.dropped,
  });
}

export function readRepository(body: Uint8Array): Answer<Listing> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const repository = readShape(json.value, repositorySchema);
  return repository.ok ? ok(listingOf(repository.value)) : repository;
}

/** The newest file of a repository's releases that a telephone installs; undefined when there is none. */
export function readNewestApk(
  body: Uint8Array,
): Answer<Pick<Listing, "downloadUrl" | "version" | "installs" | "updatedAt"> | undefined> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const releases = readElements(json.value, releaseSchema, { what: "releases" });
  if (!releases.ok) return releases;
  for (const release of releases.value.values) {
    const assets = readElements(release.assets, assetSchema, { what: "assets" });
    if (!assets.ok) return assets;
    const apk = assets.value.values.find(({ name }) => INSTALLABLE.test(name));
    if (apk === undefined) continue;
    return ok(
      stated({
        downloadUrl: safeUrl(apk.browser_download_url),
        version: shortText(release.tag_name),
        installs: countOf(apk.download_count),
        updatedAt: instantFromText(release.published_at),
      }),
    );
  }
  return ok(undefined);
}

function listingOf(repository: Repository): Listing {
  const { full_name: key, name, owner } = repository;
  return stated({
    source: "github-releases",
    key,
    url: `https://github.com/${key}`,
    name: nameText(name) ?? key,
    platform: "android" as const,
    developer: stated({ name: owner.login, key: owner.login, website: safeUrl(repository.homepage) }),
    iconUrl: safeUrl(owner.avatar_url),
    description: descriptionText(repository.description),
    releasedAt: instantFromText(repository.created_at),
    updatedAt: instantFromText(repository.pushed_at),
  });
}
