import { describe, expect, it } from "vitest";
import { appStore } from "../../../lib/sources/app-store/source.ts";
import { sharedPath } from "../../support/shared.ts";
import { columns, recorded, replay, told } from "../replay.ts";

const { search, byId } = appStore as Required<typeof appStore>;

/** Expected values were read from the raw bodies with Python: key, name, developer, developer's key, bundle, platform, version. */
const SEARCHES = [
  {
    file: "mas__slack.json",
    hits: 39,
    rows: [
      ["803453959", "Slack", "Slack Technologies, Inc.", "453420243", "com.tinyspeck.slackmacgap", "mac", "4.8.0"],
      [
        "1176895641",
        "Spark – Email App by Readdle",
        "Readdle Inc.",
        "285035419",
        "com.readdle.smartemail-Mac",
        "mac",
        "2.8.3",
      ],
      ["1043270657", "GIF Keyboard", "Tenor", "917932199", "com.riffsy.GIF-for-Mac", "mac", "2.0.5"],
      ["1456462087", "All-in-One Messenger", "Henrik Wenz", "1456462086", "im.allinone.messenger", "mac", "0.3.1"],
      [
        "1492913323",
        "Talon – Webhooks & More",
        "Peroxaan Studios, LLC",
        "1492913322",
        "com.peroxaan.Talon",
        "ios",
        "1.2",
      ],
      ["1473469253", "Veern", "Enric Enrich", "857031188", "com.veern.Veern", "ios", "2020.4"],
    ],
  },
  {
    file: "mas__things.json",
    hits: 12,
    rows: [
      [
        "904280696",
        "Things 3",
        "Cultured Code GmbH & Co. KG",
        "284971784",
        "com.culturedcode.ThingsMac",
        "mac",
        "3.12.6",
      ],
      [
        "966085870",
        "TickTick: Things & Tasks To Do",
        "Appest Limited",
        "434073155",
        "com.TickTick.task.mac",
        "mac",
        "3.7.11",
      ],
      ["846599902", "Simple Antnotes", "AntLogic", "364746702", "ua.com.AntLogic.SimpleAntnotes", "mac", "1.6.1"],
      [
        "1128190780",
        "Random: Lists & Decision Maker",
        "Volodymyr Yahenskyi",
        "961335645",
        "com.yahenskyi.random",
        "ios",
        "2.2.10",
      ],
      [
        "1289070327",
        "Planny 3 - Smart To Do List",
        "Kevin Reutter",
        "1273424431",
        "com.kevinreutter.Callisto",
        "ios",
        "3.4.2",
      ],
    ],
  },
  {
    file: "mas-old__search-bear.json",
    hits: 50,
    rows: [
      ["1091189122", "Bear", "Shiny Frog Ltd.", "527618974", "net.shinyfrog.bear", "mac", "1.7.15"],
      ["413013033", "BATTLE BEARS -1 Mac", "SkyVu Inc.", "321183680", "net.skyvu.battlebearsneg1mac", "mac", "1.1"],
      ["738040933", "Suru: Lists & Notes", "Esoteric Development", "416932838", "com.esotericdevelopment.suru", "ios"],
      ["1459055246", "Noto - Elegant Note", "Yi Lun Zhao", "598496583", "com.lkzhao.editor", "ios", "2.3.1"],
      ["1455494920", "Aloha VPN", "Aloha Mobile", "1105317681", "com.alohabrowser.vpn", "ios", "1.5.9"],
    ],
  },
  {
    file: "mas-old__search-deliveries.json",
    hits: 30,
    rows: [
      ["924726344", "Deliveries 3", "Junecloud LLC", "290986016", "com.junecloud.mac.Deliveries", "mac", "3.2.3"],
      ["424390742", "Compressor", "Apple", "284417353", "com.apple.Compressor", "mac", "4.4.7"],
      ["1450874784", "Transporter", "Apple", "284417353", "com.apple.TransporterApp", "mac", "1.1.1"],
      [
        "1476902521",
        "inRoute Route Planner",
        "Carob Apps, LLC",
        "387597632",
        "maccatalyst.com.CarobApps.inRoute",
        "mac",
        "7.3.2",
      ],
      [
        "1520308763",
        "Shipping for Business",
        "Starkode Limited Company",
        "874698946",
        "Starkode.Business.Shipping",
        "ios",
        "13.94",
      ],
    ],
  },
  {
    file: "mas-old__search-tweetbot.json",
    hits: 7,
    rows: [
      ["1384080005", "Tweetbot 3 for Twitter", "Tapbots", "293642940", "com.tapbots.Tweetbot3Mac", "mac", "3.4.1"],
      ["1179623856", "Pastebot", "Tapbots", "293642940", "com.tapbots.Pastebot2Mac", "mac", "2.3.1"],
      ["931657367", "Calcbot - The Smart Calculator", "Tapbots", "293642940", "com.tapbots.CalcbotMac", "mac", "1.0.7"],
      [
        "1092715997",
        "Learn - Twitter Edition",
        "Swanson Digital, LLC",
        "416190121",
        "com.themacu.twitter",
        "mac",
        "1.0",
      ],
      ["1104821436", "RulingScreen", "Y Generation", "1104821435", "website.ygeneration.rulingscreen", "mac", "3.0"],
    ],
  },
  {
    file: "mas-old__search-notability.json",
    hits: 1,
    rows: [["736189492", "Notability", "Ginger Labs", "318126112", "com.gingerlabs.NotabilityMac", "mac", "3.1"]],
  },
  {
    file: "mas__bbedit.json",
    hits: 1,
    rows: [["404009241", "BBEdit", "Bare Bones Software, Inc.", "396307685", "com.barebones.bbedit", "mac", "13.1.3"]],
  },
  { file: "mas-old__search-nonexistent.json", hits: 0, rows: [] },
] as const;

const LOOKUPS = [
  [
    "fastlane__itunesLookup-284882215.json",
    "us",
    "284882215",
    "Facebook",
    "284882218",
    "ios",
    "15.0",
    "2008-07-11T07:00:00.000Z",
    undefined,
  ],
  [
    "fastlane__itunesLookup-338986109_FR.json",
    "fr",
    "338986109",
    /^118 712 annuaire/,
    "286449796",
    "ios",
    "4.2.2",
    "2009-11-20T23:00:19.000Z",
    undefined,
  ],
  [
    "mas-old__lookup-notability.json",
    "us",
    "736189492",
    "Notability",
    "318126112",
    "mac",
    "3.1",
    "2014-08-28T01:47:26.000Z",
    "2018-11-26T16:55:36.000Z",
  ],
  [
    "mas-old__lookup-fantastical.json",
    "us",
    "975937182",
    "Fantastical 2",
    "435003924",
    "mac",
    "2.5.6",
    "2015-03-25T12:11:28.000Z",
    "2018-11-05T01:18:50.000Z",
  ],
  [
    "mas__slack-lookup.json",
    "us",
    "803453959",
    "Slack",
    "453420243",
    "mac",
    "3.3.3",
    "2014-01-23T02:46:20.000Z",
    "2018-10-02T23:28:05.000Z",
  ],
  [
    "newappstore-notes__lookup_kr_839333328_finance.TRIMMED.json",
    "kr",
    "839333328",
    "토스",
    "446370314",
    "ios",
    "3.13.1",
    "2014-03-27T23:55:28.000Z",
    "2018-06-11T12:46:13.000Z",
  ],
] as const;

describe.skipIf(!sharedPath("recorded"))("the App Store as recorded", () => {
  it.each(SEARCHES)("finds the $hits apps of $file", async ({ file, hits, rows }) => {
    const { ask } = replay(appStore, () => recorded("itunes", file));
    const page = told(await search({ term: "any", region: "us", language: "en" }, ask));
    expect(page).toMatchObject({ truncated: false, dropped: 0 });
    expect(page.listings).toHaveLength(hits);
    for (const [key, ...facts] of rows) {
      const found = page.listings.find((one) => one.key === key);
      const names = ["name", "by", "account", "packageName", "platform", "version"] as const;
      expect(columns(found, ...names.slice(0, facts.length))).toEqual(facts);
    }
    expect(page.listings.every(({ iconUrl, url }) => iconUrl?.includes("512x512") && url.includes("apple.com"))).toBe(
      true,
    );
  });

  it.each(LOOKUPS)(
    "reads %s as the app of %s with the key %s",
    async (file, region, key, name, account, platform, version, released, updated) => {
      const { ask, requests } = replay(appStore, () => recorded("itunes", file));
      const listing = told(await byId(key, region, ask));
      expect(columns(listing, "key", "account", "platform", "version", "releasedAt", "updatedAt", "region")).toEqual([
        key,
        account,
        platform,
        version,
        released,
        updated,
        region,
      ]);
      expect(listing?.name).toMatch(name);
      expect(requests.map(({ url }) => url)).toEqual([`https://itunes.apple.com/lookup?id=${key}&country=${region}`]);
    },
  );

  it.each(["fastlane__itunesLookup-0.json", "fastlane__itunesLookup-net.sunapps.invalid.json"])(
    "takes %s for a proof that there is no such app",
    async (file) => {
      const { ask } = replay(appStore, () => recorded("itunes", file));
      expect(await byId("999999999", "us", ask)).toEqual({ ok: true, value: undefined });
    },
  );

  it("tells the answer to a bad question from no answer", async () => {
    const { ask } = replay(appStore, () => ({
      status: 400,
      body: recorded("itunes", "fastlane__itunesLookup-invalid.json"),
    }));
    expect(await byId("1", "us", ask)).toMatchObject({
      ok: false,
      error: { kind: "drifted", status: 400, detail: expect.stringContaining("the store refuses the question") },
    });
  });

  it("does not believe a record without its envelope, nor an answer about another app", async () => {
    const { ask } = replay(appStore, () => recorded("itunes", "mas__things-lookup.json"));
    expect(await byId("904280696", "us", ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
    const other = replay(appStore, () => recorded("itunes", "mas__slack-lookup.json"));
    expect(await byId("904280696", "us", other.ask)).toMatchObject({ ok: false, error: { kind: "drifted" } });
  });
});
