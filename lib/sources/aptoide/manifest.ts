import type { SourceManifest } from "../source.ts";

export const about: SourceManifest = {
  id: "aptoide",
  name: { en: "Aptoide", zh: "Aptoide" },
  kind: "open-market",
  homepage: "https://www.aptoide.com/",
  hosts: ["ws75.aptoide.com", "ws2.aptoide.com"],
  regions: [],
  // No limit is documented anywhere we looked; this is what a patient person does.
  pace: { perMinute: 20, parallel: 2 },
  canary: { term: "instagram", region: "us", language: "en", expectKey: "64807051" },
  baseUrl: "https://ws75.aptoide.com",
  proof: "synthetic",
  firstParty: false,
  statesCertificate: true,
  reportAbuse: "https://en.aptoide.com/company/legal?section=dmca",
  notes: {
    en: "Anybody may open a shelf here, so all shelves are searched. Details come from a second host (setting detailsUrl) and state the signing certificate. The details' parser is proved on recorded bodies, the search's on bodies written from documents.",
    zh: "任何人都可在此开设货架，因此搜索全部货架。详情来自另一主机（设置项 detailsUrl），并给出签名证书。详情解析以真实录制为据，搜索解析以按文档自制的内容为据。",
  },
};
