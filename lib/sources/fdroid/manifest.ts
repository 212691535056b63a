import type { SourceManifest } from "../source.ts";

export const about: SourceManifest = {
  id: "fdroid",
  name: { en: "F-Droid repositories", zh: "F-Droid 软件仓库" },
  kind: "open-market",
  homepage: "https://f-droid.org",
  hosts: ["f-droid.org"],
  regions: [],
  // Two requests for each repository and scan: the index is searched here, not there.
  pace: { perMinute: 10, parallel: 1 },
  canary: { term: "f-droid", region: "us", language: "en", expectKey: "org.fdroid.fdroid" },
  baseUrl: "https://f-droid.org",
  proof: "recorded",
  firstParty: false,
  statesCertificate: true,
  searchIsWhole: true,
  reportAbuse: "https://gitlab.com/fdroid/admin/-/issues",
  notes: {
    en: "Downloads the signed index of each repository and searches it here. Setting repositories: [{url, fingerprint}], where fingerprint is the SHA-256 of the repository's certificate and a url left out means baseUrl/repo; default: f-droid.org alone. Keys of the first repository are package names, those of the others host/package (host and path, where two share a host); append repositories, so that keys stay as they are. Without f-droid.org among them the canary must be set to an app that is.",
    zh: "下载每个仓库的签名索引并在本地搜索。设置项 repositories: [{url, fingerprint}]，其中 fingerprint 为仓库证书的 SHA-256，省略 url 表示 baseUrl/repo；默认仅 f-droid.org。第一个仓库的键为包名，其余仓库的键为“主机/包名”（两个仓库同主机时为主机加路径）；新仓库请追加在末尾，以保持键不变。若不含 f-droid.org，须将 canary 设为其中已有的应用。",
  },
};
