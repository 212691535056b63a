import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Listing } from "../../../lib/domain/listing/listing.ts";
import { googlePlay } from "../../../lib/sources/google-play/source.ts";
import type { Ask } from "../../../lib/sources/source.ts";
import { sharedPath } from "../../support/shared.ts";

const { search, byId, byDeveloper, suggest } = googlePlay as Required<typeof googlePlay>;

/** Read from the raw pages: rows at `[0][0]`, `[3]`, `[14]`, the card of an exact match at `[16][3]["12"][0][0]`, `[16][2][0][0]`. */
type Row = [key: string, name: string, developer: string];
const LISTS: [file: string, method: "search" | "developer", listings: number, rows: Row[]][] = [
  [
    "search_panda",
    "search",
    20,
    [
      ["com.pandaexpress.app", "Panda Express", "Panda Restaurant Group, Inc."],
      ["com.sinyee.babybus.restaurant", "Little Panda's Restaurant", "BabyBus"],
      ["com.yq.xmmg.gp", "Panda Noodle - Idle Game", "JoyCloud"],
      ["com.sinyee.babybus.cube.global", "Baby Panda's Play Land", "BabyBus"],
      ["com.sinyee.babybus.world", "Baby Panda World-Learning Game", "BabyBus"],
      ["com.sinyee.babybus.foodcity", "Little Panda's Restaurant Chef", "BabyBus"],
    ],
  ],
  [
    "search_where-am-i",
    "search",
    30,
    [
      ["net.aleksandre.android.whereami", "Where Am I - Find My Location", "Alex Apkhaidze"],
      ["com.bigdatacloud.whereami", "Where Am I? - Locality info", "BigDataCloud.com"],
      ["com.heath.misc.whereami", "Where Am I", "H. apps Studio"],
      ["com.NewFolderGames.IAmCat", "I Am Cat", "Estoty"],
      ["com.amazon.mShop.android.shopping", "Amazon Shopping", "Amazon Mobile LLC"],
    ],
  ],
  [
    "developer_google",
    "developer",
    10,
    [
      ["com.google.android.apps.messaging", "Google Messages", "Google LLC"],
      ["com.google.android.apps.youtube.unplugged", "YouTube TV: Live TV & more", "Google LLC"],
      ["com.google.android.apps.authenticator2", "Google Authenticator", "Google LLC"],
      ["com.google.android.apps.walletnfcrel", "Google Wallet", "Google LLC"],
      ["com.google.android.apps.docs.editors.docs", "Google Docs", "Google LLC"],
    ],
  ],
  [
    "developer_mojang",
    "developer",
    3,
    [
      ["com.mojang.minecraftpe", "Minecraft: Dream it, Build it!", "Mojang"],
      ["com.mojang.minecraftedu", "Minecraft Education", "Mojang"],
      ["com.mojang.minecraftedu_preview", "Minecraft Education Preview", "Mojang"],
    ],
  ],
];

/** Read at `[1][2]` of `ds:5`: `[77][0]`, `[0][0]`, `[68][0]`, the id in `[68][1][4][2]`, `[13][1]`. */
const DETAILS: [file: string, key: string, name: string, developer: string, developerKey: string, installs: number][] =
  [
    [
      "translate",
      "com.google.android.apps.translate",
      "Google Translate",
      "Google LLC",
      "5700313618786177705",
      1000000000,
    ],
    [
      "minecraft",
      "com.mojang.minecraftpe",
      "Minecraft: Dream it, Build it!",
      "Mojang",
      "4772240228547998649",
      50000000,
    ],
    ["whereami", "com.adex77.WhereAmI", "Where Am I? - GeoGuess Game", "Adex77", "Adex77", 10000],
  ];

/** A door behind which there is one recorded page. */
function askOf(file: string): Ask {
  const body = new Uint8Array(readFileSync(sharedPath("recorded", "google-play", `mradex77__${file}`) ?? ""));
  const headers = { "content-type": "text/html; charset=utf-8" };
  return {
    http: { fetch: async ({ url }) => ({ ok: true, value: { status: 200, url, headers, body } }) },
    signal: new AbortController().signal,
    now: "2026-07-07T00:00:00.000Z",
    baseUrl: googlePlay.about.baseUrl,
    settings: {},
  };
}

describe.skipIf(!sharedPath("recorded"))("pages that Google Play really sent", () => {
  it.each(LISTS)("list what they list: %s", async (file, method, listings, rows) => {
    const ask = askOf(`${file}.html`);
    const developer = file === "developer_google" ? "5700313618786177705" : "Mojang";
    const query = { term: "any", region: "us", language: "en" };
    const page = method === "search" ? await search(query, ask) : await byDeveloper(developer, "us", ask);
    if (!page.ok) throw new Error(page.error.detail);
    expect(page.value.listings).toHaveLength(listings);
    expect(page.value.dropped).toBe(0);
    for (const [key, name, owner] of rows) {
      expect(page.value.listings.find((listing) => listing.key === key)).toMatchObject({
        name,
        packageName: key,
        platform: "android",
        developer: { name: owner },
      } satisfies Partial<Listing>);
    }
  });

  it.each(DETAILS)("describe one app: %s", async (file, key, name, developer, developerKey, installs) => {
    const answer = await byId(key, "us", askOf(`app_${file}.html`));
    if (!answer.ok) throw new Error(answer.error.detail);
    expect(answer.value).toMatchObject({ key, name, developer: { name: developer, key: developerKey } });
    expect(answer.value?.installs).toBeGreaterThanOrEqual(installs);
  });

  it("suggest what people type", async () => {
    const answer = await suggest("pand", "us", askOf("suggest_pand.txt"));
    expect(answer).toMatchObject({ ok: true });
    expect(answer.ok && answer.value.length).toBe(5);
  });

  it("are not taken for another app's", async () => {
    expect(await byId("com.example.other", "us", askOf("app_translate.html"))).toMatchObject({
      ok: false,
      error: { kind: "drifted" },
    });
  });
});
