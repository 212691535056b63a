import { load } from "cheerio/slim";
import type { Listing } from "../../domain/listing/listing.ts";
import type { Page } from "../../domain/listing/query.ts";
import { ok } from "../../kernel/result.ts";
import {
  countOf,
  descriptionText,
  drifted,
  instantFromMs,
  instantFromSeconds,
  nameText,
  readElements,
  readShape,
  safeUrl,
  shortText,
  stated,
} from "../parse.ts";
import type { Answer, Source } from "../source.ts";
import { about } from "./manifest.ts";
import { throughPackage } from "./package.ts";
import { checkApp, checkDeveloper, checkSearch, checkSuggestions, type Rows } from "./parse.ts";
import { appSchema, type Details, hitSchema, packageName, type Row } from "./schema.ts";

/** Most hits the package hands out; the store gives about 30. */
const MOST_HITS = 250;

/** From this many hits on, the store may have held back more: it fills 20 to 30 places and gives no token. */
const FULL_PAGE = 20;

export const googlePlay: Source = {
  about,

  async search({ term, region, language }, ask) {
    const asked = await throughPackage(ask, checkSearch, (play, options) =>
      play.search({ term, country: region, lang: language, num: MOST_HITS, ...options }),
    );
    if (!asked.ok) return asked;
    if (asked.value === undefined) return drifted("the search page is gone (404)");
    const page = pageOf(asked.value.facts, asked.value.answer, { region });
    return page.ok ? ok({ ...page.value, truncated: page.value.truncated || fills(asked.value.facts) }) : page;
  },

  async byId(key, region, ask) {
    if (!packageName.safeParse(key).success) return drifted("the key is not a package name");
    const asked = await throughPackage(ask, checkApp(key), (play, options) => {
      const question = { appId: key, country: region, lang: "en", ...options };
      return play.app(question);
    });
    if (!asked.ok || asked.value === undefined) return asked as Answer<undefined>;
    return detailsOf(asked.value.facts, asked.value.answer, region);
  },

  /** An unknown account answers 404, which proves that it offers nothing. */
  async byDeveloper(developerKey, region, ask) {
    const asked = await throughPackage(ask, checkDeveloper(developerKey), (play, options) =>
      play.developer({ devId: developerKey, country: region, lang: "en", num: MOST_HITS, ...options }),
    );
    if (!asked.ok) return asked;
    if (asked.value === undefined) return ok({ listings: [], truncated: false, dropped: 0 });
    return pageOf(asked.value.facts, asked.value.answer, { region, developerKey });
  },

  async suggest(prefix, region, ask) {
    const asked = await throughPackage(ask, checkSuggestions, (play, options) => {
      const question = { term: insideJsonInsideJson(prefix), country: region, ...options };
      return play.suggest(question);
    });
    if (!asked.ok) return asked;
    if (asked.value === undefined) return drifted("the suggestions are gone (404)");
    return ok(asked.value.answer.flatMap((term) => shortText(term) ?? []));
  },
};

/** The package puts the term bare into a JSON text that stands in a JSON text. */
function insideJsonInsideJson(term: string): string {
  const once = JSON.stringify(term).slice(1, -1);
  return JSON.stringify(once).slice(1, -1);
}

function fills({ rows, dropped }: Rows): boolean {
  return rows.length + dropped >= FULL_PAGE;
}

/** Listings of a page. What the page holds and the package does not answer is counted as dropped. */
function pageOf(
  { rows, dropped, more }: Rows,
  answer: unknown,
  where: { region: string; developerKey?: string },
): Answer<Page> {
  const hits = readElements(answer, hitSchema, { what: "hits of the package" });
  if (!hits.ok) return hits;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const listings = hits.value.values.flatMap((hit) => {
    const row = byKey.get(hit.appId);
    if (row === undefined) return [];
    const developerKey = row.developerLink ?? where.developerKey;
    return [
      listingOf({
        key: hit.appId,
        name: nameText(hit.title) ?? hit.appId,
        developer: stated({ name: nameText(hit.developer), key: developerKey }),
        iconUrl: safeUrl(hit.icon),
        description: descriptionText(htmlText(hit.summary)),
        installs: installsOf(row),
        region: where.region,
      }),
    ];
  });
  return ok({ listings, truncated: more, dropped: dropped + rows.length - listings.length });
}

function detailsOf(details: Details, answer: unknown, region: string): Answer<Listing> {
  const read = readShape(answer, appSchema, "the package's answer");
  if (!read.ok) return read;
  const app = read.value;
  return ok(
    listingOf({
      key: app.appId,
      name: nameText(app.title) ?? app.appId,
      developer: stated({
        name: nameText(app.developer),
        key: details.developerLink,
        email: shortText(app.developerEmail),
        website: safeUrl(app.developerWebsite),
      }),
      iconUrl: safeUrl(app.icon),
      description: descriptionText(app.description),
      version: app.version === "VARY" ? undefined : shortText(app.version),
      installs: countOf(app.maxInstalls) ?? countOf(app.minInstalls),
      releasedAt: instantFromSeconds(details.releasedSeconds),
      updatedAt: instantFromMs(app.updated),
      region,
    }),
  );
}

function listingOf(facts: Omit<Listing, "source" | "url" | "platform" | "packageName">): Listing {
  return stated({
    source: about.id,
    url: `${about.baseUrl}/store/apps/details?id=${facts.key}`,
    platform: "android" as const,
    packageName: facts.key,
    ...facts,
  });
}

/** "100,000,000+" in the separators of any language; a class written with words or other digits is not read. */
function installsOf({ installs }: Row): number | undefined {
  const digits = installs?.replace(/[.,'’\s]/g, "");
  return digits !== undefined && /^\d+\+?$/.test(digits) ? countOf(digits.replace("+", "")) : undefined;
}

/** A description in a search is HTML. */
function htmlText(html: string | undefined): string | undefined {
  return html === undefined ? undefined : load(html.replace(/<br\s*\/?>/gi, "\n"), null, false).text();
}
