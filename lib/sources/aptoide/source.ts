import { drifted, secondBase, unusual } from "../parse.ts";
import type { Source } from "../source.ts";
import { about } from "./manifest.ts";
import { readDetails, readSearch } from "./parse.ts";

const MOST_HITS = 100;

export const aptoide: Source = {
  about,

  async search({ term, region, language }, ask) {
    const query = new URLSearchParams({
      query: term,
      limit: String(MOST_HITS),
      language: `${language}_${region.toUpperCase()}`,
      country: region.toUpperCase(),
      mature: "false",
      aab: "1",
    });
    const answer = await ask.http.fetch({ url: `${ask.baseUrl}/api/7/apps/search?${query}` });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    return status === 200 ? readSearch(body) : unusual(status);
  },

  async byId(key, _region, ask) {
    if (!/^[1-9]\d{0,14}$/.test(key)) return drifted("the key is not a number, as every id of this store is");
    const base = secondBase(ask, about, "detailsUrl", "https://ws2.aptoide.com");
    const answer = await ask.http.fetch({
      url: `${base}/api/7/app/getMeta?app_id=${key}&language=en`,
    });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    // "No such app" comes with 404 or with 200.
    return status === 200 || status === 404 ? readDetails(body, key) : unusual(status);
  },
};
