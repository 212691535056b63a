import { secondBase, unusual } from "../parse.ts";
import type { Source } from "../source.ts";
import { about } from "./manifest.ts";
import { readDetails, readSearch } from "./parse.ts";

export const tencentMyapp: Source = {
  about,

  async search({ term }, ask) {
    const query = new URLSearchParams({ q: term });
    const answer = await ask.http.fetch({ url: `${ask.baseUrl}/search?${query}` });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    return status === 200 ? readSearch(body) : unusual(status);
  },

  async byId(key, _region, ask) {
    const base = secondBase(ask, about, "detailsUrl", "https://upage.html5.qq.com");
    const answer = await ask.http.fetch({
      url: `${base}/wechat-apkinfo`,
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ packagename: key }),
    });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    return status === 200 ? readDetails(body, key) : unusual(status);
  },
};
