import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readResults } from "../../../lib/sources/app-store/parse.ts";
import { sharedPath } from "../../support/shared.ts";

/** Read from the raw bodies at `results[].{trackId, trackName, bundleId, artistId, artistName, kind}`. */
type Row = [id: number, name: string, bundle: string, artist: number, artistName: string, platform: string];
const BODIES: [file: string, results: number, rows: Row[]][] = [
  [
    "mas__slack",
    39,
    [
      [803453959, "Slack", "com.tinyspeck.slackmacgap", 453420243, "Slack Technologies, Inc.", "mac"],
      [1176895641, "Spark – Email App by Readdle", "com.readdle.smartemail-Mac", 285035419, "Readdle Inc.", "mac"],
      [1137958278, "IM+ All-in-One Messenger", "com.shapeservices.implusosx", 285688937, "SHAPE GmbH", "mac"],
      [1229446984, "MyTasks for Asana", "com.huqin.MyTasks-for-Asana", 822142008, "qin hu", "mac"],
      [1230762386, "DaysPast", "com.100hps.dayspast.mas", 1135200513, "Lei Liu", "mac"],
    ],
  ],
  [
    "mas__things",
    12,
    [
      [904280696, "Things 3", "com.culturedcode.ThingsMac", 284971784, "Cultured Code GmbH & Co. KG", "mac"],
      [966085870, "TickTick: Things & Tasks To Do", "com.TickTick.task.mac", 434073155, "Appest Limited", "mac"],
      [
        1063681909,
        "Task Planner - To Do List",
        "com.newtechnologies.iPlanTasksinapp",
        1396419026,
        "Any Case Solutions",
        "mac",
      ],
      [
        1258530160,
        "Focus To-Do: Pomodoro & Tasks",
        "com.macpomodoro",
        966057212,
        "Shenzhen Tomato Software Technology Co., Ltd.",
        "mac",
      ],
      [969210610, "1Focus: Website & App Blocker", "com.onefocusapp.OneFocus", 969210609, "Niklas Behrens", "mac"],
    ],
  ],
  ["mas__bbedit", 1, [[404009241, "BBEdit", "com.barebones.bbedit", 396307685, "Bare Bones Software, Inc.", "mac"]]],
  [
    "mas-old__search-bear",
    50,
    [
      [1091189122, "Bear", "net.shinyfrog.bear", 527618974, "Shiny Frog Ltd.", "mac"],
      [413013033, "BATTLE BEARS -1 Mac", "net.skyvu.battlebearsneg1mac", 321183680, "SkyVu Inc.", "mac"],
      [1435563346, "Bubble Buggle Pop", "com.cookappsplay.bg2lite", 1332616667, "CookApps Play", "mac"],
      [893199093, "iWriter Pro", "com.serpensoft.iwriterpromac", 321979768, "Serpensoft Group", "mac"],
      [1377999007, "Annay", "org.annay", 875202476, "Koji Murata", "mac"],
    ],
  ],
  [
    "mas-old__search-deliveries",
    30,
    [
      [924726344, "Deliveries 3", "com.junecloud.mac.Deliveries", 290986016, "Junecloud LLC", "mac"],
      [639968404, "Parcel - Delivery Tracking", "com.mr-brightside.ParcelOSX", 375311513, "Ivan Pavlov Pty Ltd", "mac"],
      [1520308763, "Shipping for Business", "Starkode.Business.Shipping", 874698946, "Starkode Limited Company", "ios"],
      [1482771079, "what3words", "maccatalyst.com.what3words.ios.mac", 657878533, "what3words Ltd.", "mac"],
      [1381161462, "Pregnancy Calculator", "ManalSoft.Pregnancy-Calculator-Mac", 1006873357, "Manal Abuelazaem", "mac"],
    ],
  ],
  [
    "mas-old__search-notability",
    1,
    [[736189492, "Notability", "com.gingerlabs.NotabilityMac", 318126112, "Ginger Labs", "mac"]],
  ],
  [
    "mas-old__search-tweetbot",
    7,
    [
      [1384080005, "Tweetbot 3 for Twitter", "com.tapbots.Tweetbot3Mac", 293642940, "Tapbots", "mac"],
      [1418401222, "Friendly for Twitter", "io.friendly.friendlyfortwitter", 639296709, "Friendly App Studio", "mac"],
      [1179623856, "Pastebot", "com.tapbots.Pastebot2Mac", 293642940, "Tapbots", "mac"],
      [931657367, "Calcbot - The Smart Calculator", "com.tapbots.CalcbotMac", 293642940, "Tapbots", "mac"],
      [1486277260, "ttte for Twitter", "maccatalyst.grace.app.ttte", 1287914885, "Jian Liu", "mac"],
    ],
  ],
  [
    "fastlane__itunesLookup-284882215",
    1,
    [[284882215, "Facebook", "com.facebook.Facebook", 284882218, "Facebook, Inc.", "ios"]],
  ],
  [
    "fastlane__itunesLookup-338986109_FR",
    1,
    [
      [
        338986109,
        "118 712 annuaire - recherche inverse, pro, particulier",
        "com.orange.118712",
        286449796,
        "Orange",
        "ios",
      ],
    ],
  ],
  [
    "mas-old__lookup-notability",
    1,
    [[736189492, "Notability", "com.gingerlabs.NotabilityMac", 318126112, "Ginger Labs", "mac"]],
  ],
  [
    "mas-old__lookup-fantastical",
    1,
    [[975937182, "Fantastical 2", "com.flexibits.fantastical2.mac", 435003924, "Flexibits Inc.", "mac"]],
  ],
  [
    "mas__slack-lookup",
    1,
    [[803453959, "Slack", "com.tinyspeck.slackmacgap", 453420243, "Slack Technologies, Inc.", "mac"]],
  ],
  [
    "newappstore-notes__lookup_kr_839333328_finance.TRIMMED",
    1,
    [[839333328, "토스", "com.vivarepublica.cash", 446370314, "Viva Republica", "ios"]],
  ],
];

describe.skipIf(!sharedPath("recorded"))("answers that Apple really gave", () => {
  const read = (file: string) =>
    readResults(readFileSync(sharedPath("recorded", "itunes", `${file}.json`) ?? ""), "us");

  it.each(BODIES)("are read as they are: %s", (file, results, rows) => {
    const page = read(file);
    if (!page.ok) throw new Error(page.error.detail);
    expect(page.value.listings.length + page.value.dropped).toBe(results);
    for (const [id, name, bundle, artist, artistName, platform] of rows) {
      expect(page.value.listings.find(({ key }) => key === String(id))).toMatchObject({
        name: name.trim(),
        packageName: bundle,
        developer: { key: String(artist), name: artistName },
        platform,
      });
    }
  });

  it.each(["mas-old__search-nonexistent", "fastlane__itunesLookup-0", "fastlane__itunesLookup-net.sunapps.invalid"])(
    "prove that there is nothing: %s",
    (file) => {
      expect(read(file)).toEqual({ ok: true, value: { listings: [], truncated: false, dropped: 0 } });
    },
  );

  it("say that the question was wrong, which proves nothing", () => {
    expect(read("fastlane__itunesLookup-invalid")).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });
});
