import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../lib/domain/listing/listing.ts";
import { appStore } from "../../../lib/sources/app-store/source.ts";
import { damage, damaged, replay, synthetic, told } from "../replay.ts";

const { search, byId, byDeveloper, suggest } = appStore as Required<typeof appStore>;
const question = { term: "harbor & bank", region: "de", language: "de" };

const HINTS = synthetic("app-store", "hints.xml");

/** One result as the Search API documents it. */
function app(over: Record<string, unknown> = {}) {
  return {
    wrapperType: "software",
    kind: "software",
    trackId: 1_700_000_001,
    trackName: "Northwind Harbor Bank",
    bundleId: "com.northwindharbor.mobile",
    artistId: 1_600_000_001,
    artistName: "Northwind Harbor Bank AG",
    artworkUrl512: "https://icons.northwind.example/512x512bb.jpg",
    trackViewUrl: "https://apps.northwind.example/app/id1700000001?uo=4",
    sellerUrl: "https://northwindharbor.example",
    description: "Your bank by the sea.",
    version: "4.2",
    releaseDate: "2020-03-01T08:00:00Z",
    currentVersionReleaseDate: "2026-10-01T08:00:00Z",
    ...over,
  };
}

function answer(...results: unknown[]): string {
  return JSON.stringify({ resultCount: results.length, results });
}

const without = (key: string) => Object.fromEntries(Object.entries(app()).filter(([name]) => name !== key));

describe("questions to the App Store", () => {
  it("search one shop window for the most hits there are", async () => {
    const { ask, requests } = replay(appStore, () => answer());
    await search(question, ask);
    expect(requests.map(({ url }) => url)).toEqual([
      "https://itunes.apple.com/search?term=harbor+%26+bank&media=software&entity=software&limit=200&country=de",
    ]);
  });

  it("ask the Mac App Store too when told, and join both without doubles", async () => {
    const mac = app({ kind: "mac-software", trackId: 1_700_000_002 });
    const { ask, requests } = replay(
      appStore,
      ({ searchParams }) => (searchParams.get("entity") === "software" ? answer(app()) : answer(app(), mac)),
      { settings: { mac: true } },
    );
    const page = told(await search(question, ask));
    expect(requests.map(({ at }) => at.searchParams.get("entity"))).toEqual(["software", "macSoftware"]);
    expect(page.listings.map(({ key, platform }) => [key, platform])).toEqual([
      ["1700000001", "ios"],
      ["1700000002", "mac"],
    ]);
  });

  it("say nothing of one shop when the other could not be asked", async () => {
    const failure = { kind: "throttled", detail: "answered 403 with nothing in it", status: 403 } as const;
    const { ask } = replay(
      appStore,
      ({ searchParams }) => (searchParams.get("entity") === "software" ? answer(app()) : { failure }),
      { settings: { mac: true } },
    );
    expect(await search(question, ask)).toEqual({ ok: false, error: failure });
  });

  it("list a developer's apps after the developer's own record", async () => {
    const artist = { wrapperType: "artist", artistType: "Software Artist", artistId: 1_600_000_001 };
    const { ask, requests } = replay(appStore, () => answer(artist, app()));
    const page = told(await byDeveloper("1600000001", "us", ask));
    expect(page).toMatchObject({ dropped: 0, listings: [{ key: "1700000001" }] });
    expect(requests.map(({ url }) => url)).toEqual([
      "https://itunes.apple.com/lookup?id=1600000001&entity=software&limit=200&country=us",
    ]);
  });

  it.each(["", "abc", "1&country=us", "-1", "0", "1".repeat(16)])("are not asked about the key %j", async (key) => {
    const { ask, requests } = replay(appStore, () => answer());
    expect(await byId(key, "us", ask)).toMatchObject({ ok: false });
    expect(await byDeveloper(key, "us", ask)).toMatchObject({ ok: false });
    expect(requests).toEqual([]);
  });
});

describe("answers of the App Store", () => {
  const searching = (body: string) => search(question, replay(appStore, () => body).ask);

  it("that are full may hide more", async () => {
    const full = Array.from({ length: 200 }, (_, i) => app({ trackId: 1_700_000_000 + i }));
    expect(await searching(answer(...full))).toMatchObject({ ok: true, value: { truncated: true } });
    expect(await searching(answer(...full.slice(1)))).toMatchObject({ ok: true, value: { truncated: false } });
  });

  it("lose a bad element and count it, but are not believed when most are bad", async () => {
    const good = [1, 2, 3].map((i) => app({ trackId: i }));
    const bad = { ...app(), trackName: 7 };
    expect(await searching(answer(...good, bad))).toMatchObject({ ok: true, value: { dropped: 1 } });
    expect(await searching(answer(...good, bad, bad, bad, bad))).toMatchObject({
      ok: false,
      error: { kind: "drifted" },
    });
  });

  it.each(Object.keys(app()).filter((key) => !["sellerUrl", "currentVersionReleaseDate"].includes(key)))(
    "without %s in any element have drifted",
    async (key) => {
      expect(await searching(answer(without(key), without(key)))).toMatchObject({
        ok: false,
        error: { kind: "drifted" },
      });
    },
  );

  it.each([
    ["no results key", '{"resultCount":0}'],
    ["no count", '{"results":[]}'],
    ["a count that is not kept", '{"resultCount":2,"results":[]}'],
    ["a list", "[]"],
    ["null", "null"],
    ["nothing", ""],
    ["a page", "<!doctype html><title>Northwind</title>"],
  ])("with %s have drifted", async (_, body) => {
    expect(await searching(body)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("keep texts within their limits", async () => {
    const { listings } = told(
      await searching(
        answer(app({ trackName: "N".repeat(2_000), description: "d".repeat(90_000), version: "9".repeat(9_000) })),
      ),
    );
    expect(listings[0]?.name).toHaveLength(LIMITS.name);
    expect(listings[0]?.description).toHaveLength(LIMITS.description);
    expect(listings[0]?.version).toHaveLength(LIMITS.short);
  });

  it("never take an address that runs in a browser", async () => {
    const { listings } = told(
      await searching(answer(app({ trackViewUrl: "javascript:alert(1)", sellerUrl: "data:x" }))),
    );
    expect(listings[0]?.url).toBe("https://apps.apple.com/de/app/id1700000001");
    expect(listings[0]?.developer?.website).toBeUndefined();
  });

  it("never throw, whatever is in them", async () => {
    const body = answer(app(), app({ trackId: 2 }));
    await fc.assert(
      fc.asyncProperty(damage, async (how) => {
        const { ask } = replay(appStore, () => damaged(body, how));
        for (const got of [await search(question, ask), await byId("1700000001", "us", ask)]) {
          expect(got.ok || got.error.kind === "drifted").toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("suggestions of the App Store", () => {
  it("are asked for under one roof with the rest when the address was replaced", async () => {
    const { ask, requests } = replay(appStore, () => HINTS, { baseUrl: "https://stand-in.example/apple" });
    expect(told(await suggest("north", "de", ask))).toEqual(["northwind bank", "northwind harbor"]);
    expect(requests[0]?.url).toBe(
      "https://stand-in.example/apple/WebObjects/MZSearchHints.woa/wa/hints?clientApplication=Software&term=north",
    );
    expect(requests[0]?.headers).toEqual({ "X-Apple-Store-Front": "143443,29" });
  });

  it("of two questions at a time do not mix", async () => {
    const one = replay(appStore, () => HINTS);
    const two = replay(appStore, () => HINTS.replaceAll("northwind", "southwind"));
    const answers = await Promise.all([suggest("n", "de", one.ask), suggest("s", "us", two.ask)]);
    expect(answers.map(told)).toEqual([
      ["northwind bank", "northwind harbor"],
      ["southwind bank", "southwind harbor"],
    ]);
    expect([one.requests.length, two.requests.length]).toEqual([1, 1]);
  });

  it("pass on why the store could not be asked", async () => {
    const failure = { kind: "throttled", detail: "answered 429", status: 429 } as const;
    const { ask } = replay(appStore, () => ({ failure }));
    expect(await suggest("north", "de", ask)).toEqual({ ok: false, error: failure });
  });

  it("are none when the list is there and empty", async () => {
    const empty = HINTS.replace(/<dict><key>term.*<\/dict>\s*(?=<\/array>)/s, "");
    expect(empty).not.toContain("northwind");
    expect(await suggest("zz", "de", replay(appStore, () => empty).ask)).toEqual({ ok: true, value: [] });
  });

  it.each([
    ["<key>term</key>", "<key>words</key>"],
    ["dict>", "record>"],
    ["array>", "list>"],
    ["plist", "slist"],
  ])("have drifted when %s is %s", async (from, to) => {
    const { ask } = replay(appStore, () => HINTS.replaceAll(from, to));
    expect(await suggest("north", "de", ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });

  it("never throw, whatever is in them", async () => {
    const spoilt = fc.oneof(
      fc.nat(HINTS.length).map((end) => HINTS.slice(0, end)),
      fc.tuple(fc.nat(HINTS.length), fc.string()).map(([at, text]) => HINTS.slice(0, at) + text + HINTS.slice(at)),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(spoilt, fc.string(), async (body, prefix) => {
        const got = await suggest(prefix, "de", replay(appStore, () => body).ask);
        expect(got.ok || got.error.kind === "drifted").toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
