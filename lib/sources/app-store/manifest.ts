import type { SourceManifest } from "../source.ts";

/** Storefronts of the App Store. */
const REGIONS =
  "us ae af ag ai al am ao ar at au az ba bb be bf bg bh bj bm bn bo br bs bt bw by bz ca cd cg ch ci cl cm cn co cr cv cy cz " +
  "de dk dm do dz ec ee eg es fi fj fm fr ga gb gd ge gh gm gr gt gw gy hk hn hr hu id ie il in iq is it jm jo jp ke kg kh kn " +
  "kr kw ky kz la lb lc lk lr lt lu lv ly ma md me mg mk ml mm mn mo mr ms mt mu mv mw mx my mz na ne ng ni nl no np nr nz om " +
  "pa pe pg ph pk pl pt pw py qa ro rs ru rw sa sb sc se sg si sk sl sn sr st sv sz tc td th tj tm tn to tr tt tw tz ua ug uy " +
  "uz vc ve vg vn vu xk ye za zm zw";

export const about: SourceManifest = {
  id: "app-store",
  name: { en: "Apple App Store", zh: "苹果 App Store" },
  kind: "official-store",
  homepage: "https://www.apple.com/app-store/",
  hosts: ["itunes.apple.com", "search.itunes.apple.com"],
  regions: REGIONS.split(" "),
  // Apple's documentation: "approximately 20 calls per minute"; more is answered by empty 403s, for up to an hour.
  pace: { perMinute: 18, parallel: 1 },
  canary: { term: "facebook", region: "us", language: "en", expectKey: "284882215" },
  baseUrl: "https://itunes.apple.com",
  proof: "recorded",
  firstParty: true,
  statesCertificate: false,
  searchIsWhole: true,
  reportAbuse: "https://www.apple.com/legal/intellectual-property/dispute-forms/app-store/",
  notes: {
    en: "Searches the shop for iPhone and iPad; with the setting mac: true also the Mac App Store, for one more request. At most 200 hits, no next page. Suggestions come from an undocumented address (search.itunes.apple.com; setting hintsUrl).",
    zh: "搜索 iPhone 和 iPad 商店；设置 mac: true 时另外搜索 Mac App Store（多一次请求）。最多 200 条结果，没有下一页。搜索建议来自未公开的地址（search.itunes.apple.com；设置项 hintsUrl）。",
  },
};
