import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { ok } from "../../kernel/result.ts";
import { printable } from "../../kernel/text.ts";
import {
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
import { type App, appSchema, artistSchema, envelopeSchema, refusalSchema } from "./schema.ts";

/** Most hits Apple gives; there is no next page. */
export const MOST_HITS = 200;

/** Reads an answer of the Search or Lookup API. `resultCount: 0` is how Apple says that there is nothing. */
export function readResults(body: Uint8Array, region: string): Answer<Page> {
  const json = parseJson(body);
  if (!json.ok) return json;
  const refusal = refusalSchema.safeParse(json.value);
  if (refusal.success) return drifted(`the store refuses the question: ${printable(refusal.data.errorMessage, 120)}`);
  const envelope = readShape(json.value, envelopeSchema);
  if (!envelope.ok) return envelope;
  const { resultCount, results } = envelope.value;
  if (resultCount !== results.length) return drifted(`says ${resultCount} results and holds ${results.length}`);
  const apps = readElements(
    results.filter((result) => !artistSchema.safeParse(result).success),
    appSchema,
    { what: "results" },
  );
  if (!apps.ok) return apps;
  return ok({
    listings: apps.value.values.map((app) => listingOf(app, region)),
    truncated: results.length >= MOST_HITS,
    dropped: apps.value.dropped,
  });
}

function listingOf(app: App, region: string): Listing {
  const key = String(app.trackId);
  return stated({
    source: "app-store",
    key,
    url: safeUrl(app.trackViewUrl) ?? `https://apps.apple.com/${region}/app/id${key}`,
    name: nameText(app.trackName) ?? key,
    platform: app.kind === "mac-software" ? ("mac" as const) : ("ios" as const),
    packageName: app.bundleId,
    developer: stated({ name: nameText(app.artistName), key: String(app.artistId), website: safeUrl(app.sellerUrl) }),
    iconUrl: safeUrl(app.artworkUrl512),
    description: descriptionText(app.description),
    version: shortText(app.version),
    releasedAt: instantFromText(app.releaseDate),
    updatedAt: instantFromText(app.currentVersionReleaseDate),
    region,
  });
}
