import { describe, expect, it } from "vitest";
import { aptoide } from "../../../lib/sources/aptoide/source.ts";
import { sharedPath } from "../../support/shared.ts";
import { recorded, replay, told } from "../replay.ts";

const { search, byId } = aptoide as Required<typeof aptoide>;
const SUCCESS = "f4bioo__get_app_success_response.json";
const FAILURE = "f4bioo__get_app_failure_response.json";

describe.skipIf(!sharedPath("recorded"))("Aptoide as recorded in 2023", () => {
  it("describes the one app it was asked for, with certificate and shelf", async () => {
    const { ask, requests } = replay(aptoide, () => recorded("aptoide", SUCCESS));
    const listing = told(await byId("64807051", "us", ask));
    // Read from the raw body with Python.
    expect(listing).toMatchObject({
      source: "aptoide",
      key: "64807051",
      url: "https://en.aptoide.com/app?app_id=64807051",
      name: "Instagram",
      platform: "android",
      packageName: "com.instagram.android",
      developer: {
        name: "Instagram",
        key: "65518",
        email: "android-support@instagram.com",
        website: "http://help.instagram.com/",
      },
      version: "280.0.0.0.89",
      installs: 25_289_609,
      releasedAt: "2013-01-29T22:52:59.000Z",
      updatedAt: "2023-04-18T23:07:04.000Z",
      certificates: [{ algorithm: "sha1", hex: "c56fb7d591ba6704df047fd98f535372fea00211" }],
    });
    expect(listing?.iconUrl).toMatch(/^https:\/\/pool\.img\.aptoide\.com\/mark8\/\w+_icon\.png$/);
    expect(listing?.downloadUrl).toMatch(/^https:\/\/pool\.apk\.aptoide\.com\/mark8\/com-instagram-android-368005573-/);
    expect(listing?.description?.length).toBeGreaterThan(500);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://ws2.aptoide.com/api/7/app/getMeta?app_id=64807051&language=en",
    ]);
  });

  it.each([200, 404])("proves with status %i that an app is not there", async (status) => {
    const { ask } = replay(aptoide, () => ({ status, body: recorded("aptoide", FAILURE) }));
    expect(await byId("64807051", "us", ask)).toEqual({ ok: true, value: undefined });
  });

  it.each([SUCCESS, FAILURE, "f4bioo__get_apps_success_response.json"])(
    "does not take %s for a search",
    async (file) => {
      const { ask } = replay(aptoide, () => recorded("aptoide", file));
      const answer = await search({ term: "bank", region: "us", language: "en" }, ask);
      expect(answer).toMatchObject({ ok: false, error: { kind: "drifted" } });
    },
  );

  it("does not take an answer about another app", async () => {
    const { ask } = replay(aptoide, () => recorded("aptoide", SUCCESS));
    expect(await byId("64807052", "us", ask)).toMatchObject({
      ok: false,
      error: { kind: "drifted", detail: "the answer is about another app" },
    });
  });
});
