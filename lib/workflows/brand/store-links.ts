/** A link to one listing, as people copy it from a browser. */
export interface StoreLink {
  source: string;
  key: string;
  region?: string;
}

/** Which listing at which source a store's link means; undefined where it is no link of a store we know. */
export function parseStoreLink(link: string): StoreLink | undefined {
  if (!URL.canParse(link)) return undefined;
  const url = new URL(link);
  const host = url.hostname.replace(/^www\./, "");
  const parts = url.pathname.split("/").filter((part) => part !== "");
  if (host === "play.google.com") return made("google-play", url.searchParams.get("id"), url.searchParams.get("gl"));
  if (host === "apps.apple.com" || host === "itunes.apple.com") {
    const id = parts.find((part) => /^id\d+$/.test(part))?.slice(2);
    return made("app-store", id, /^[a-z]{2}$/.test(parts[0] ?? "") ? parts[0] : undefined);
  }
  if (host === "sj.qq.com") return made("tencent-myapp", parts[0] === "appdetail" ? parts[1] : undefined);
  if (host === "f-droid.org") return made("fdroid", parts[parts.indexOf("packages") + 1]);
  if (host === "github.com") return made("github-releases", parts.length >= 2 ? `${parts[0]}/${parts[1]}` : undefined);
  return undefined;
}

function made(source: string, key: string | null | undefined, region?: string | null): StoreLink | undefined {
  if (key === null || key === undefined || key === "") return undefined;
  return region ? { source, key, region: region.toLowerCase() } : { source, key };
}
