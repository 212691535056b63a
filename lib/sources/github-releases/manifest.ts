import type { SourceManifest } from "../source.ts";

export const about: SourceManifest = {
  id: "github-releases",
  name: { en: "GitHub releases", zh: "GitHub 发布" },
  kind: "open-market",
  homepage: "https://github.com/",
  hosts: ["api.github.com"],
  regions: [],
  // Without a token 10 searches a minute and 60 other calls an hour (docs.github.com, rate limits for the REST API).
  pace: { perMinute: 8, parallel: 1 },
  canary: { term: "Obtainium", region: "us", language: "en", expectKey: "ImranR98/Obtainium" },
  baseUrl: "https://api.github.com",
  proof: "synthetic",
  firstParty: true,
  statesCertificate: false,
  hitsNeedDetails: true,
  reportAbuse: "https://support.github.com/contact/report-abuse",
  notes: {
    en: "Searches repositories; one counts only when its latest releases offer an APK. A token of your own (credentialEnv) raises the limits. Repositories and releases are proved on recorded bodies, none of which offers an APK; search and files on bodies written from documents.",
    zh: "搜索仓库；只有近期发布含 APK 的仓库才计入。自有令牌（credentialEnv）可提高限额。仓库与发布解析以真实录制为据（其中没有 APK）；搜索与文件解析以按文档自制的内容为据。",
  },
};
