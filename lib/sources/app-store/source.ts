import type { Page } from "../../domain/listing/query.ts";
import { err, ok } from "../../kernel/result.ts";
import { drifted } from "../parse.ts";
import type { Answer, Ask, Source } from "../source.ts";
import { about } from "./manifest.ts";
import { MOST_HITS, readResults } from "./parse.ts";
import { suggest } from "./suggest.ts";

/** Largest answer accepted, bytes: 200 results of about 6,000, and as much again. */
const MAX_BYTES = 4_000_000;

export const appStore: Source = {
  about,

  search({ term, region }, ask) {
    return inEachShop(ask, (entity) =>
      question(ask, "search", region, { term, media: "software", entity, limit: String(MOST_HITS) }),
    );
  },

  async byId(key, region, ask) {
    if (!isId(key)) return drifted("the key is not a number, as every id of this store is");
    const page = await question(ask, "lookup", region, { id: key });
    if (!page.ok) return page;
    const [listing] = page.value.listings;
    if (listing === undefined) return ok(undefined);
    return listing.key === key ? ok(listing) : drifted("the answer is about another app");
  },

  async byDeveloper(developerKey, region, ask) {
    if (!isId(developerKey)) return drifted("the developer's key is not a number, as every id of this store is");
    return inEachShop(ask, (entity) =>
      question(ask, "lookup", region, { id: developerKey, entity, limit: String(MOST_HITS) }),
    );
  },

  suggest,
};

function isId(key: string): boolean {
  return /^[1-9]\d{0,14}$/.test(key);
}

/**
 * The shop for iPhone and iPad has a search of its own, the Mac App Store another. Banks' apps are on telephones, so the
 * second question is asked only where the setting `mac` is true.
 */
async function inEachShop(ask: Ask, askShop: (entity: string) => Promise<Answer<Page>>): Promise<Answer<Page>> {
  const phone = await askShop("software");
  if (!phone.ok || ask.settings.mac !== true) return phone;
  const mac = await askShop("macSoftware");
  if (!mac.ok) return mac;
  const seen = new Set(phone.value.listings.map((listing) => listing.key));
  return ok({
    listings: [...phone.value.listings, ...mac.value.listings.filter((listing) => !seen.has(listing.key))],
    truncated: phone.value.truncated || mac.value.truncated,
    dropped: phone.value.dropped + mac.value.dropped,
  });
}

async function question(
  ask: Ask,
  kind: "search" | "lookup",
  region: string,
  parameters: Record<string, string>,
): Promise<Answer<Page>> {
  const query = new URLSearchParams({ ...parameters, country: region });
  const answer = await ask.http.fetch({ url: `${ask.baseUrl}/${kind}?${query}`, maxBytes: MAX_BYTES });
  if (!answer.ok) return answer;
  const { status, body } = answer.value;
  const page = readResults(body, region);
  if (status === 200) return page;
  return err({ ...(page.ok ? drifted("results with an unusual status") : page).error, status });
}
