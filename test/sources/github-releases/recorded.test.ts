import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readNewestApk, readRepository } from "../../../lib/sources/github-releases/parse.ts";
import { sharedPath } from "../../support/shared.ts";

interface Exchange {
  method: string;
  path: string;
  response: object;
}

/** The recording is a list of exchanges with a repository made for it; the bodies stand inside. */
describe.skipIf(!sharedPath("recorded"))("answers that GitHub really gave", () => {
  const file = sharedPath("recorded", "github", "octokit-fixtures__release-assets.raw-fixture.json") ?? "";
  const exchanges = () => JSON.parse(readFileSync(file, "utf8")) as Exchange[];
  const bodyOf = (method: string, path: RegExp) =>
    exchanges().find((exchange) => exchange.method === method && path.test(exchange.path))?.response;

  it("describe a repository", () => {
    const repository = readRepository(Buffer.from(JSON.stringify(bodyOf("post", /^\/orgs\/[^/]+\/repos$/))));
    expect(repository).toMatchObject({
      ok: true,
      value: {
        key: "octokit-fixture-org/tmp-scenario-release-assets-20220719044014639-1reww",
        developer: { name: "octokit-fixture-org", key: "octokit-fixture-org" },
        releasedAt: expect.stringMatching(/^2022-07-19T/),
      },
    });
  });

  it("hold a release without anything to install, which is no listing and no drift", () => {
    const release = bodyOf("get", /\/releases\/tags\/v1\.0\.0$/);
    const assets = bodyOf("get", /\/assets$/);
    const releases = Buffer.from(JSON.stringify([{ ...release, assets }]));
    expect(readNewestApk(releases)).toEqual({ ok: true, value: undefined });
  });

  it("would be a listing if the file were an APK", () => {
    const release = bodyOf("get", /\/releases\/tags\/v1\.0\.0$/);
    const [asset] = bodyOf("get", /\/assets$/) as object[];
    const releases = [{ ...release, assets: [{ ...asset, name: "bank.apk" }] }];
    expect(readNewestApk(Buffer.from(JSON.stringify(releases)))).toMatchObject({
      ok: true,
      value: { version: "v1.0.0" },
    });
  });
});
