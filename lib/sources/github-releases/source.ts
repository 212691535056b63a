import { ok } from "../../kernel/result.ts";
import { drifted, unusual } from "../parse.ts";
import type { Answer, Ask, HttpResponse, Source } from "../source.ts";
import { about } from "./manifest.ts";
import { readNewestApk, readRepository, readSearch } from "./parse.ts";
import { repositoryKey } from "./schema.ts";

export const githubReleases: Source = {
  about,

  async search({ term }, ask) {
    const query = new URLSearchParams({ q: `${term} in:name,description`, per_page: "100" });
    const answer = await get(ask, `/search/repositories?${query}`);
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    return status === 200 ? readSearch(body) : unusual(status);
  },

  async byId(key, _region, ask) {
    if (!repositoryKey.safeParse(key).success) return drifted("the key is not owner/repository");
    const repository = await get(ask, `/repos/${key}`);
    if (!repository.ok) return repository;
    if (repository.value.status === 404) return ok(undefined);
    if (repository.value.status !== 200) return unusual(repository.value.status);
    const listing = readRepository(repository.value.body);
    if (!listing.ok) return listing;
    const releases = await get(ask, `/repos/${key}/releases?per_page=30`);
    if (!releases.ok) return releases;
    if (releases.value.status !== 200) return unusual(releases.value.status);
    const apk = readNewestApk(releases.value.body);
    if (!apk.ok) return apk;
    // Source code alone installs on nobody's telephone.
    return ok(apk.value === undefined ? undefined : { ...listing.value, ...apk.value });
  },
};

function get(ask: Ask, path: string): Promise<Answer<HttpResponse>> {
  const headers: Record<string, string> = {
    accept: "application/vnd.github+json",
    "x-github-api-version": "2022-11-28",
  };
  if (ask.credential !== undefined) headers.authorization = `Bearer ${ask.credential}`;
  return ask.http.fetch({ url: ask.baseUrl + path, headers });
}
