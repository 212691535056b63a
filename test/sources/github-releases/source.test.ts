import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../lib/domain/listing/listing.ts";
import { githubReleases } from "../../../lib/sources/github-releases/source.ts";
import type { Ask } from "../../../lib/sources/source.ts";
import { sharedPath } from "../../support/shared.ts";
import { lacking } from "../lacking.ts";
import { damage, damaged, recorded, replay, synthetic, told } from "../replay.ts";

const { search, byId } = githubReleases as Required<typeof githubReleases>;
const question = { term: "harbor & bank", region: "de", language: "en" };
const KEY = "quickmods/NorthwindBank-mod";

const FOUND = synthetic("github-releases", "search.json");
const RELEASES = synthetic("github-releases", "releases.json");
const REPOSITORY = JSON.stringify(JSON.parse(FOUND).items[1]);

const searching = (body: string) => search(question, replay(githubReleases, () => body).ask);

type Body = string | Uint8Array | { status: number };

function describing(repository: Body, releases: Body = RELEASES, over: Partial<Ask> = {}) {
  const answers = replay(
    githubReleases,
    ({ pathname }) => (pathname.endsWith("/releases") ? releases : repository),
    over,
  );
  return { answer: byId(KEY, "de", answers.ask), requests: answers.requests };
}

describe("questions to GitHub", () => {
  it("search names and descriptions, and say which version of the API they mean", async () => {
    const { ask, requests } = replay(githubReleases, () => FOUND);
    await search(question, ask);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://api.github.com/search/repositories?q=harbor+%26+bank+in%3Aname%2Cdescription&per_page=100",
    ]);
    expect(requests[0]?.headers).toEqual({
      accept: "application/vnd.github+json",
      "x-github-api-version": "2022-11-28",
    });
  });

  it("carry the operator's own token where there is one", async () => {
    const { answer, requests } = describing(REPOSITORY, RELEASES, { credential: "t0k3n" });
    told(await answer);
    expect(requests.map(({ at, headers }) => [at.pathname + at.search, headers?.authorization])).toEqual([
      [`/repos/${KEY}`, "Bearer t0k3n"],
      [`/repos/${KEY}/releases?per_page=30`, "Bearer t0k3n"],
    ]);
  });

  it.each(["", "quickmods", "a/b/c", "a /b", "/b", "a/", "../orgs", "a/..", "a/.", "a/b?c", "a/b#c", "a/%2e%2e"])(
    "are not asked about the key %j",
    async (key) => {
      const { ask, requests } = replay(githubReleases, () => REPOSITORY);
      expect(await byId(key, "de", ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
      expect(requests).toEqual([]);
    },
  );
});

describe("a search of GitHub", () => {
  it("is read repository by repository", async () => {
    const common = { source: "github-releases", platform: "android" };
    expect(told(await searching(FOUND))).toEqual({
      truncated: false,
      dropped: 0,
      listings: [
        {
          ...common,
          key: "northwindharbor/northwind-mobile",
          url: "https://github.com/northwindharbor/northwind-mobile",
          name: "northwind-mobile",
          developer: { name: "northwindharbor", key: "northwindharbor", website: "https://northwindharbor.example/" },
          iconUrl: "https://avatars.example/u/800001?v=4",
          description: "Northwind Harbor Bank for telephones",
          releasedAt: "2022-01-02T03:04:05.000Z",
          updatedAt: "2026-10-31T23:00:00.000Z",
        },
        {
          ...common,
          key: KEY,
          url: `https://github.com/${KEY}`,
          name: "NorthwindBank-mod",
          developer: { name: "quickmods", key: "quickmods" },
          iconUrl: "https://avatars.example/u/800002?v=4",
          releasedAt: "2026-11-10T00:00:00.000Z",
          updatedAt: "2026-11-11T00:00:00.000Z",
        },
      ],
    });
  });

  it("that found nothing says so in numbers", async () => {
    const none = { total_count: 0, incomplete_results: false, items: [] };
    expect(await searching(JSON.stringify(none))).toEqual({
      ok: true,
      value: { listings: [], truncated: false, dropped: 0 },
    });
  });

  it.each([
    ["drifted", "says that it found some and holds none", { total_count: 3, incomplete_results: false, items: [] }],
    ["unreachable", "was broken off before it found any", { total_count: 0, incomplete_results: true, items: [] }],
  ])("is %s and not empty when it %s", async (kind, _, body) => {
    expect(await searching(JSON.stringify(body))).toMatchObject({ ok: false, error: { kind } });
  });

  it.each([
    ["more hits than it gave", FOUND.replace('"total_count": 2', '"total_count": 200')],
    ["a search that GitHub broke off", FOUND.replace('"incomplete_results": false', '"incomplete_results": true')],
  ])("with %s is truncated", async (_, body) => {
    expect(told(await searching(body)).truncated).toBe(true);
  });

  it("loses a bad repository and counts it", async () => {
    expect(told(await searching(FOUND.replace(`"${KEY}"`, "7")))).toMatchObject({ dropped: 1 });
  });

  it.each([
    ["a page", "<!doctype html>"],
    ["a message alone", '{"message":"Validation Failed"}'],
    ["nothing", ""],
    ...lacking(FOUND, [
      "total_count",
      "incomplete_results",
      "items",
      "full_name",
      "name",
      "owner",
      "login",
      "avatar_url",
      "description",
      "homepage",
      "created_at",
      "pushed_at",
    ]),
  ] as [string, string][])("answered by %s, or lacking it, has drifted", async (_, body) => {
    expect(await searching(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("with an unusual status has drifted and tells the status", async () => {
    const { ask } = replay(githubReleases, () => ({ status: 422, body: '{"message":"Validation Failed"}' }));
    expect(await search(question, ask)).toMatchObject({ ok: false, error: { kind: "drifted", status: 422 } });
  });

  it("keeps texts within their limits", async () => {
    const long = FOUND.replace("Northwind Harbor Bank for telephones", "d".repeat(50_000));
    expect(told(await searching(long)).listings[0]?.description).toHaveLength(LIMITS.description);
  });

  it("never throws, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const got = await search(question, replay(githubReleases, () => damaged(FOUND, how)).ask);
        expect(got.ok || ["drifted", "unreachable"].includes(got.error.kind)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("details of a repository", () => {
  it("name the newest file that a telephone installs, whatever the case of its ending", async () => {
    expect(told(await describing(REPOSITORY).answer)).toMatchObject({
      key: KEY,
      version: "v1.1",
      installs: 31,
      updatedAt: "2026-11-10T12:00:00.000Z",
      downloadUrl: `https://github.com/${KEY}/releases/download/v1.1/NorthwindBank-1.1.APK`,
    });
  });

  it.each(["apk", "apks", "xapk", "apkm"])("take an .%s for such a file", async (ending) => {
    const releases = RELEASES.replaceAll("NorthwindBank-1.1.APK", `NorthwindBank-1.1.${ending}`);
    expect(told(await describing(REPOSITORY, releases).answer)?.version).toBe("v1.1");
  });

  it.each([
    ["there is no repository", { status: 404 }, RELEASES],
    ["there is no release", REPOSITORY, "[]"],
    ["no release has such a file", REPOSITORY, RELEASES.replaceAll(/\.apk/gi, ".apk.txt")],
  ])("are proved absent when %s", async (_, repository, releases) => {
    expect(await describing(repository, releases).answer).toEqual({ ok: true, value: undefined });
  });

  it.each([
    ["releases that are not a list", REPOSITORY, '{"message":"Moved"}'],
    ["releases that are gone while the repository is there", REPOSITORY, { status: 404 }],
    ["an unusual status", { status: 451 }, RELEASES],
    ...lacking(REPOSITORY, ["full_name", "name", "owner", "created_at"]).map(([key, body]) => [
      `a repository without ${key}`,
      body,
      RELEASES,
    ]),
    ...lacking(RELEASES, ["tag_name", "published_at", "assets", "name", "browser_download_url", "download_count"]).map(
      ([key, body]) => [`releases without ${key}`, REPOSITORY, body],
    ),
  ] as [string, Body, Body][])("answered by %s have drifted", async (_, repository, releases) => {
    expect(await describing(repository, releases).answer).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("never throw, whatever is in them", async () => {
    await fc.assert(
      fc.asyncProperty(damage, damage, async (one, other) => {
        const got = await describing(damaged(REPOSITORY, one), damaged(RELEASES, other)).answer;
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe.skipIf(!sharedPath("recorded"))("a repository and its release as recorded in 2022", () => {
  const exchanges = () =>
    JSON.parse(
      Buffer.from(recorded("github", "octokit-fixtures__release-assets.raw-fixture.json")).toString("utf8"),
    ) as { method: string; path: string; response: { [key: string]: unknown } }[];

  const repository = () => exchanges()[0]?.response;
  const release = () => exchanges()[3]?.response;
  const assets = () => exchanges()[5]?.response;

  it("is no listing, since its one file is a text", async () => {
    const releases = JSON.stringify([{ ...release(), assets: assets() }]);
    expect(await describing(JSON.stringify(repository()), releases).answer).toEqual({ ok: true, value: undefined });
  });

  it("is read where we look when the text is called an APK", async () => {
    const releases = JSON.stringify([{ ...release(), assets: assets() }]).replaceAll("test-upload.txt", "test.apk");
    const name = "tmp-scenario-release-assets-20220719044014639-1reww";
    expect(told(await describing(JSON.stringify(repository()), releases).answer)).toEqual({
      source: "github-releases",
      key: `octokit-fixture-org/${name}`,
      url: `https://github.com/octokit-fixture-org/${name}`,
      name,
      platform: "android",
      developer: { name: "octokit-fixture-org", key: "octokit-fixture-org" },
      iconUrl: "https://avatars.githubusercontent.com/u/31898100?v=4",
      releasedAt: "2022-07-19T04:40:14.000Z",
      updatedAt: "2022-07-19T04:40:21.000Z",
      version: "v1.0.0",
      installs: 0,
      downloadUrl: `https://github.com/octokit-fixture-org/${name}/releases/download/v1.0.0/test.apk`,
    });
  });

  it("has a search envelope with the keys we read; its elements are no repositories", async () => {
    const [, , , found] = JSON.parse(
      Buffer.from(recorded("github", "octokit-fixtures__search-issues.raw-fixture.json")).toString("utf8"),
    );
    expect(await searching(JSON.stringify(found.response))).toMatchObject({
      ok: false,
      error: { kind: "drifted", detail: expect.stringMatching(/^items: /) },
    });
  });
});
