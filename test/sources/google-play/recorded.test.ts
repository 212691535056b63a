import { describe, expect, it } from "vitest";
import { googlePlay } from "../../../lib/sources/google-play/source.ts";
import { sharedPath } from "../../support/shared.ts";
import { columns, recorded, replay, told } from "../replay.ts";

const { search, byId, byDeveloper, suggest } = googlePlay as Required<typeof googlePlay>;

/** Expected values were read from the raw pages at the documented places of their data blocks, with Python. */
const SEARCHES = [
  {
    file: "mradex77__search_panda.html",
    term: "panda",
    hits: 20,
    rows: [
      ["com.pandaexpress.app", "Panda Express", "Panda Restaurant Group, Inc.", "Panda Restaurant Group, Inc."],
      ["com.sinyee.babybus.restaurant", "Little Panda's Restaurant", "BabyBus", undefined, 100_000_000],
      ["com.yq.xmmg.gp", "Panda Noodle - Idle Game", "JoyCloud", undefined, 1_000_000],
      ["com.panda.mouse", "Panda Mouse Pro", "Panda Gaming Studio", undefined, 100_000],
      ["com.hungrypanda.web.merchant", "Panda Restaurant", "HungryPanda", undefined, 5_000],
      ["com.sgn.pandapop.gp", "Bubble Shooter: Panda Pop!", "Jam City, Inc.", undefined, 50_000_000],
      ["com.pandavpn.androidproxy", "PandaVPN: Fast & Private VPN", "PandaVPN Official", undefined, 10_000_000],
    ],
  },
  {
    file: "mradex77__search_where-am-i.html",
    term: "where am i",
    hits: 30,
    rows: [
      ["net.aleksandre.android.whereami", "Where Am I - Find My Location", "Alex Apkhaidze", undefined, 100_000],
      ["com.bigdatacloud.whereami", "Where Am I? - Locality info", "BigDataCloud.com", undefined, 10_000],
      ["me.syncrex.where_am_i", "Where Am I: GPS Location Share", "SYNCREX", undefined, 1_000],
      ["com.whereami.mylocation", "My Location - Where Am I", "Financept", undefined, 100_000],
      ["com.whereami.nesimapps", "Where Am I?", "Nesim Razon", undefined, 10_000],
      ["com.whereaminow.app", "Where Am I Now: GPS & Address", "Kuddus Humanist", undefined, 100],
    ],
  },
] as const;

const DEVELOPERS = [
  {
    file: "mradex77__developer_google.html",
    key: "5700313618786177705",
    path: "/store/apps/dev",
    hits: 10,
    truncated: true,
    by: "Google LLC",
    rows: [
      ["com.google.android.apps.messaging", "Google Messages", 10_000_000_000],
      ["com.google.android.apps.youtube.unplugged", "YouTube TV: Live TV & more", 10_000_000],
      ["com.google.android.apps.bard", "Google Gemini", 1_000_000_000],
      ["com.google.android.apps.authenticator2", "Google Authenticator", 100_000_000],
      ["com.google.android.apps.youtube.kids", "YouTube Kids", 500_000_000],
    ],
  },
  {
    file: "mradex77__developer_mojang.html",
    key: "Mojang",
    path: "/store/apps/developer",
    hits: 3,
    truncated: false,
    by: "Mojang",
    rows: [
      ["com.mojang.minecraftpe", "Minecraft: Dream it, Build it!", 50_000_000],
      ["com.mojang.minecraftedu", "Minecraft Education", 50_000_000],
      ["com.mojang.minecraftedu_preview", "Minecraft Education Preview", 10_000_000],
    ],
  },
] as const;

const APPS = [
  {
    file: "mradex77__app_translate.html",
    key: "com.google.android.apps.translate",
    name: "Google Translate",
    developer: {
      name: "Google LLC",
      key: "5700313618786177705",
      email: "translate-mobile-support@google.com",
      website: "http://support.google.com/translate",
    },
    installs: 1_619_908_402,
    updated: 1_783_355_190,
    released: undefined,
    version: undefined,
    begins: "• Text translation: Translate between 108",
  },
  {
    file: "mradex77__app_minecraft.html",
    key: "com.mojang.minecraftpe",
    name: "Minecraft: Dream it, Build it!",
    developer: {
      name: "Mojang",
      key: "4772240228547998649",
      email: "help@minecraft.net",
      website: "http://help.mojang.com/",
    },
    installs: 91_130_079,
    updated: 1_782_338_684,
    released: 1_313_475_441,
    version: "1.26.32.2",
    begins: "Dive into an open world of building, craft",
  },
  {
    file: "mradex77__app_whereami.html",
    key: "com.adex77.WhereAmI",
    name: "Where Am I? - GeoGuess Game",
    developer: {
      name: "Adex77",
      key: "Adex77",
      email: "mradex77@gmail.com",
      website: "https://whereamigame.app/",
    },
    installs: 41_942,
    updated: 1_782_385_437,
    released: 1_609_634_515,
    version: "4.0.7",
    begins: "Discover the World with Where Am I? – A T",
  },
] as const;

const day = (seconds: number | undefined) =>
  seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();

describe.skipIf(!sharedPath("recorded"))("Google Play as recorded in 2026", () => {
  it.each(SEARCHES)("finds what the shop found for $term", async ({ file, term, hits, rows }) => {
    const { ask, requests } = replay(googlePlay, () => recorded("google-play", file));
    const page = told(await search({ term, region: "us", language: "en" }, ask));
    expect(page).toMatchObject({ truncated: true, dropped: 0 });
    expect(page.listings).toHaveLength(hits);
    for (const row of rows) {
      const found = page.listings.find(({ key }) => key === row[0]);
      expect(columns(found, "packageName", "name", "by", "account")).toEqual([...row, undefined].slice(0, 4));
      if (row[4] !== undefined) expect(found?.installs).toBe(row[4]);
    }
    expect(page.listings[0]?.key).toBe(rows[0][0]);
    expect(page.listings.every((one) => one.region === "us" && one.platform === "android")).toBe(true);
    expect(page.listings.every(({ iconUrl }) => iconUrl?.startsWith("https://play-lh.googleusercontent.com/"))).toBe(
      true,
    );
    expect(requests).toHaveLength(1);
    const asked = requests[0]?.at;
    expect(`${asked?.origin}${asked?.pathname}`).toBe("https://play.google.com/store/search");
    expect(Object.fromEntries(asked?.searchParams ?? [])).toMatchObject({ q: term, c: "apps", gl: "us", hl: "en" });
  });

  it("reads a hit's short text as text and not as HTML", async () => {
    const { ask } = replay(googlePlay, () => recorded("google-play", "mradex77__search_panda.html"));
    const { listings } = told(await search({ term: "panda", region: "us", language: "en" }, ask));
    const texts = listings.map(({ description }) => description ?? "");
    expect(texts.filter((text) => /<(?:br|b)>|&(?:quot|amp|#39);/.test(text))).toEqual([]);
    expect(texts.filter((text) => text.length > 40).length).toBeGreaterThan(15);
  });

  it.each(DEVELOPERS)("lists the apps of $key", async ({ file, key, path, hits, truncated, by, rows }) => {
    const { ask, requests } = replay(googlePlay, () => recorded("google-play", file));
    const page = told(await byDeveloper(key, "us", ask));
    expect(page).toMatchObject({ truncated, dropped: 0 });
    expect(page.listings).toHaveLength(hits);
    for (const [packageName, name, installs] of rows) {
      const found = page.listings.find((one) => one.key === packageName);
      expect(columns(found, "name", "by", "account", "installs")).toEqual([name, by, key, installs]);
    }
    expect(requests.map(({ at }) => [at.pathname, at.searchParams.get("id")])).toEqual([[path, key]]);
  });

  it.each(APPS)(
    "describes $key",
    async ({ file, key, name, developer, installs, updated, released, version, begins }) => {
      const { ask, requests } = replay(googlePlay, () => recorded("google-play", file));
      const listing = told(await byId(key, "us", ask));
      expect(listing).toMatchObject({
        source: "google-play",
        key,
        url: `https://play.google.com/store/apps/details?id=${key}`,
        name,
        developer,
        installs,
        updatedAt: day(updated),
      });
      expect(columns(listing, "releasedAt", "version")).toEqual([day(released), version]);
      expect(listing?.description?.startsWith(begins)).toBe(true);
      expect(requests.map(({ at }) => [at.pathname, at.searchParams.get("id"), at.searchParams.get("gl")])).toEqual([
        ["/store/apps/details", key, "us"],
      ]);
    },
  );

  it("refuses a page about another app", async () => {
    const { ask } = replay(googlePlay, () => recorded("google-play", "mradex77__app_minecraft.html"));
    expect(await byId("org.northwind.bank", "us", ask)).toMatchObject({
      ok: false,
      error: { kind: "drifted", detail: "the page is about another app" },
    });
  });

  it("suggests what the shop suggested, in its order", async () => {
    const { ask, requests } = replay(googlePlay, () => recorded("google-play", "mradex77__suggest_pand.txt"));
    expect(told(await suggest("pand", "us", ask))).toEqual([
      "pandora",
      "panda express app",
      "panda",
      "panda vpn",
      "panda games",
    ]);
    const [asked] = requests;
    expect([asked?.method, asked?.at.pathname]).toEqual(["POST", "/_/PlayStoreUi/data/batchexecute"]);
    expect(asked?.headers?.["content-type"]).toContain("application/x-www-form-urlencoded");
    expect(new URLSearchParams(asked?.body).get("f.req")).toContain('[\\"pand\\"]');
  });

  it.each([
    ["a search where details are asked", "mradex77__search_panda.html", "byId"],
    ["details where a search is asked", "mradex77__app_translate.html", "search"],
    ["a named developer's page where a numbered one is asked", "mradex77__developer_mojang.html", "byDeveloper"],
    ["data safety where a search is asked", "mradex77__datasafety_missing.html", "search"],
  ] as const)("does not believe %s", async (_, file, method) => {
    const { ask } = replay(googlePlay, () => recorded("google-play", file));
    const answer =
      method === "search"
        ? await search({ term: "panda", region: "us", language: "en" }, ask)
        : await googlePlay[method]?.(method === "byId" ? "com.sgn.pandapop.gp" : "5700313618786177705", "us", ask);
    expect(answer).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });
});
