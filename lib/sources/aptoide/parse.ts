import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { parseDigest } from "../../kernel/digest.ts";
import { ok } from "../../kernel/result.ts";
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
import { type App, detailsSchema, errorsSchema, type Hit, hitSchema, infoSchema, searchSchema } from "./schema.ts";

/** Reads a search; `total: 0` beside an empty list is how the store says that there is nothing. */
export function readSearch(body: Uint8Array): Answer<Page> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const info = readShape(json.value, infoSchema);
  if (!info.ok) return info;
  if (info.value.info.status === "FAIL") return drifted("the store refuses the question");
  const found = readShape(json.value, searchSchema);
  if (!found.ok) return found;
  const { total, list } = found.value.datalist;
  if (total > 0 && list.length === 0) return drifted(`says ${total} results and holds none`);
  const apps = readElements(list, hitSchema, { what: "datalist.list" });
  if (!apps.ok) return apps;
  return ok({
    listings: apps.value.values.map(listingOfHit),
    truncated: total > list.length,
    dropped: apps.value.dropped,
  });
}

/** Reads details of one app; undefined when the store says that it has no such app. */
export function readDetails(body: Uint8Array, key: string): Answer<Listing | undefined> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const info = readShape(json.value, infoSchema);
  if (!info.ok) return info;
  if (info.value.info.status === "FAIL") {
    const errors = readShape(json.value, errorsSchema);
    if (!errors.ok) return errors;
    const gone = errors.value.errors.some(({ code }) => code === "APP-1");
    return gone ? ok(undefined) : drifted("an error that this adapter does not know");
  }
  const details = readShape(json.value, detailsSchema);
  if (!details.ok) return details;
  const listing = listingOf(details.value.data);
  return listing.key === key ? ok(listing) : drifted("the answer is about another app");
}

function listingOf(app: App): Listing {
  const { developer, file, media } = app;
  const hit = listingOfHit(app);
  const certificate = parseDigest(file.signature.sha1);
  return stated({
    ...hit,
    developer: stated({ ...hit.developer, email: shortText(developer.email), website: safeUrl(developer.website) }),
    description: descriptionText(media.description),
    certificates: certificate === undefined ? undefined : [certificate],
  });
}

function listingOfHit(app: Hit): Listing {
  const { developer, file, store } = app;
  return stated({
    source: "aptoide",
    key: String(app.id),
    url: `https://en.aptoide.com/app?app_id=${app.id}`,
    name: nameText(app.name) ?? app.package,
    platform: "android" as const,
    packageName: app.package,
    // The shelf is what the store vouches for; the developer's name comes with the file.
    developer: stated({ name: nameText(developer.name) ?? nameText(store.name), key: String(store.id) }),
    iconUrl: safeUrl(app.icon),
    version: shortText(file.vername),
    installs: countOf(app.stats.downloads),
    releasedAt: instantFromText(app.added),
    updatedAt: instantFromText(app.modified),
    downloadUrl: safeUrl(file.path),
  });
}
