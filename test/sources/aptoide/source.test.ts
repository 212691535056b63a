import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../lib/domain/listing/listing.ts";
import { aptoide } from "../../../lib/sources/aptoide/source.ts";
import { lacking } from "../lacking.ts";
import { damage, damaged, replay, synthetic, told } from "../replay.ts";

const { search, byId } = aptoide as Required<typeof aptoide>;
const question = { term: "harbor & bank", region: "de", language: "en" };

const FOUND = synthetic("aptoide", "search.json");
const NONE = synthetic("aptoide", "search-none.json");
/** Details: a hit and what they add. */
const DETAILS = JSON.stringify({
  info: { status: "OK" },
  data: {
    ...JSON.parse(FOUND).datalist.list[0],
    developer: { name: "Northwind Harbor Bank AG", website: null, email: "help@northwindharbor.example" },
    file: { vername: "4.2.0", path: null, signature: { sha1: `${"AB:".repeat(19)}AB`, owner: "CN=Northwind" } },
    media: { description: "Your bank by the sea." },
  },
});
const KEY = "71000001";

const searching = (body: string) => search(question, replay(aptoide, () => body).ask);
const describing = (body: string) => byId(KEY, "de", replay(aptoide, () => body).ask);

describe("questions to Aptoide", () => {
  it("go through all shelves of the shop", async () => {
    const { ask, requests } = replay(aptoide, () => NONE);
    await search(question, ask);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://ws75.aptoide.com/api/7/apps/search?query=harbor+%26+bank&limit=100&language=en_DE&country=DE&mature=false&aab=1",
    ]);
  });

  it.each([
    ["both under an address that was replaced", {}, "https://stand-in.example/a/api/7/app/getMeta"],
    [
      "each under its own when both were replaced",
      { detailsUrl: "https://details.example/" },
      "https://details.example/api/7/app/getMeta",
    ],
  ])("go, %s", async (_, settings, expected) => {
    const { ask, requests } = replay(aptoide, ({ pathname }) => (pathname.endsWith("search") ? NONE : DETAILS), {
      baseUrl: "https://stand-in.example/a",
      settings,
    });
    await search(question, ask);
    await byId(KEY, "de", ask);
    expect(requests.map(({ at }) => at.origin + at.pathname)).toEqual([
      "https://stand-in.example/a/api/7/apps/search",
      expected,
    ]);
  });

  it.each(["", "com.northwindharbor.mobile", "1&x=2", "0", "-1"])("are not asked about the key %j", async (key) => {
    const { ask, requests } = replay(aptoide, () => DETAILS);
    expect(await byId(key, "de", ask)).toMatchObject({ ok: false });
    expect(requests).toEqual([]);
  });
});

describe("a search of Aptoide", () => {
  it("is read hit by hit; a shelf stands in for a developer without a name", async () => {
    const page = told(await searching(FOUND));
    expect(page).toMatchObject({ truncated: false, dropped: 0 });
    expect(page.listings).toEqual([
      {
        source: "aptoide",
        key: "71000001",
        url: "https://en.aptoide.com/app?app_id=71000001",
        name: "Northwind Harbor Bank",
        platform: "android",
        packageName: "com.northwindharbor.mobile",
        developer: { name: "Northwind Harbor Bank AG", key: "15" },
        iconUrl: "https://pool.aptoide.example/apps/northwind_icon.png",
        version: "4.2.0",
        installs: 12_345,
        releasedAt: "2021-02-03T04:05:06.000Z",
        updatedAt: "2026-10-11T12:13:14.000Z",
        downloadUrl: "https://pool.aptoide.example/apps/northwind-420.apk",
      },
      {
        source: "aptoide",
        key: "71000002",
        url: "https://en.aptoide.com/app?app_id=71000002",
        name: "Northwind Harbor Bank Loans",
        platform: "android",
        packageName: "loans.quick.northwind",
        developer: { name: "quick-shelf", key: "990001" },
        iconUrl: "https://pool.aptoide.example/quick-shelf/loans_icon.png",
        version: "1.0",
        installs: 7,
        releasedAt: "2026-11-01T00:00:01.000Z",
        updatedAt: "2026-11-01T00:00:01.000Z",
      },
      expect.objectContaining({ key: "71000003", name: "Harbour Tides", developer: { name: "Tide Works", key: "15" } }),
    ]);
  });

  it("that found nothing says so in numbers", async () => {
    expect(await searching(NONE)).toEqual({ ok: true, value: { listings: [], truncated: false, dropped: 0 } });
    expect(await searching(NONE.replace('"total": 0', '"total": 9'))).toMatchObject({
      ok: false,
      error: { kind: "drifted" },
    });
  });

  it("with more hits than it gave is truncated", async () => {
    expect(told(await searching(FOUND.replace('"total": 3', '"total": 400'))).truncated).toBe(true);
  });

  it("loses a bad hit and counts it", async () => {
    expect(told(await searching(FOUND.replace("71000002", '"x"')))).toMatchObject({ dropped: 1 });
  });

  it.each(
    lacking(FOUND, [
      "id",
      "name",
      "package",
      "icon",
      "developer",
      "store",
      "file",
      "stats",
      "datalist",
      "total",
      "list",
      "info",
      "status",
    ]),
  )("that lacks %s everywhere has drifted", async (_, body) => {
    expect(await searching(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it.each([
    ["a refusal", '{"info":{"status":"FAIL"},"errors":[{"code":"SYS-1"}]}'],
    ["a page", "<html>"],
    ["nothing", ""],
  ])("answered by %s has drifted", async (_, body) => {
    expect(await searching(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("with an unusual status has drifted and tells the status", async () => {
    const { ask } = replay(aptoide, () => ({ status: 404, body: NONE }));
    expect(await search(question, ask)).toMatchObject({ ok: false, error: { kind: "drifted", status: 404 } });
  });

  it("keeps texts within their limits", async () => {
    const page = told(await searching(FOUND.replace("Harbour Tides", "T".repeat(5_000))));
    expect(page.listings[2]?.name).toHaveLength(LIMITS.name);
  });

  it("never throws, whatever is in it", async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const got = await search(question, replay(aptoide, () => damaged(FOUND, how)).ask);
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

describe("details of Aptoide", () => {
  it("state the certificate in lower case without colons", async () => {
    expect(told(await describing(DETAILS))).toMatchObject({
      key: KEY,
      developer: { name: "Northwind Harbor Bank AG", key: "15", email: "help@northwindharbor.example" },
      certificates: [{ algorithm: "sha1", hex: "ab".repeat(20) }],
      description: "Your bank by the sea.",
    });
  });

  it("with a certificate that is no hash state none", async () => {
    const listing = told(await describing(DETAILS.replace(/(AB:){19}AB/, "not a hash")));
    expect(listing?.key).toBe(KEY);
    expect(listing?.certificates).toBeUndefined();
  });

  it.each(
    lacking(DETAILS, [
      "data",
      "id",
      "name",
      "package",
      "icon",
      "developer",
      "email",
      "store",
      "signature",
      "sha1",
      "media",
      "description",
      "info",
    ]),
  )("that lack %s have drifted", async (_, body) => {
    expect(await describing(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it.each([
    ["another error", '{"info":{"status":"FAIL"},"errors":[{"code":"SYS-1"}]}'],
    ["a failure without errors", '{"info":{"status":"FAIL"},"errors":[]}'],
    ["a status of another name", '{"info":{"status":"GONE"}}'],
  ])("are not proved absent by %s", async (_, body) => {
    expect(await describing(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("never throw, whatever is in them", async () => {
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const got = await byId(KEY, "de", replay(aptoide, () => damaged(DETAILS, how)).ask);
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
