import type { SourceManifest } from "../source.ts";

export const about: SourceManifest = {
  id: "tencent-myapp",
  name: { en: "Tencent MyApp", zh: "应用宝" },
  kind: "open-market",
  homepage: "https://sj.qq.com/",
  hosts: ["sj.qq.com", "upage.html5.qq.com"],
  regions: ["cn"],
  pace: { perMinute: 12, parallel: 1 },
  canary: { term: "微信", region: "cn", language: "zh", expectKey: "com.tencent.mm" },
  baseUrl: "https://sj.qq.com",
  proof: "synthetic",
  // Packages are unique here, but nobody checks that a package is its uploader's.
  firstParty: false,
  statesCertificate: true,
  statesFiling: true,
  reportAbuse: "https://open.qq.com/tort",
  notes: {
    en: "Searches the web shop: one page of about 25 hits. Details come from a second host (setting detailsUrl) with the signer's SHA-256 and the filing number. Parsers are proved on bodies written from documents.",
    zh: "搜索网页商店：仅一页，约 25 条。详情来自另一主机（设置项 detailsUrl），含签名 SHA-256 与备案号。解析以按文档自制的内容为据。",
  },
};
