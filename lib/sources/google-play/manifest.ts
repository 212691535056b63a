import type { SourceManifest } from "../source.ts";

/**
 * Countries with a Google Play shop window. `gl` is a wish: Google goes by the caller's address as much, so a scanner in
 * another country may see that country's shop.
 */
const REGIONS =
  "us ae ag al am ao ar at au az ba bb bd be bf bg bh bj bm bo br bs bw by bz ca ch ci cl cm co cr cv cy cz de dk dm do dz ec " +
  "ee eg es fi fj fr ga gb gd ge gh gr gt gw gy hk hn hr ht hu id ie il in iq is it jm jo jp ke kg kh kn kr kw ky kz la lb lc " +
  "li lk lt lu lv ly ma md mk ml mm mn mo mt mu mv mx my mz na ne ng ni nl no np nz om pa pe pg ph pk pl pt py qa ro rs ru rw " +
  "sa sb sc se sg si sk sl sn sr sv tc tg th tj tm tn to tr tt tw tz ua ug uy uz va ve vg vn vu ws ye za zm zw";

export const about: SourceManifest = {
  id: "google-play",
  name: { en: "Google Play", zh: "Google Play 商店" },
  kind: "official-store",
  homepage: "https://play.google.com/store/apps",
  hosts: ["play.google.com"],
  regions: REGIONS.split(" "),
  // Addresses were locked out after tens to hundreds of quick calls, for minutes to hours (reports of 2019 to 2025).
  pace: { perMinute: 20, parallel: 1 },
  canary: {
    term: "google translate",
    region: "us",
    language: "en",
    expectKey: "com.google.android.apps.translate",
  },
  baseUrl: "https://play.google.com",
  proof: "recorded",
  firstParty: true,
  statesCertificate: false,
  reportAbuse: "https://support.google.com/googleplay/android-developer/contact/takedown",
  notes: {
    en: "A search gives at most about 30 hits and never a next page (state of 2026): reach comes from many terms and countries. The web pages are read; there is no public API.",
    zh: "每次搜索最多约 30 条结果，且没有下一页（截至 2026 年）：覆盖面来自更多的关键词和国家/地区。读取的是网页，没有公开 API。",
  },
};
