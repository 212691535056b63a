import { createHash } from "node:crypto";
import { TODAY } from "../build.ts";
import { iconPng } from "../marks.ts";
import type { RepositoryKey } from "../signing.ts";
import { signedJar } from "../signing.ts";
import type { AppTruth } from "../types.ts";
import type { Store, WireAnswer } from "./wire.ts";
import { fileHash, html, json, renameKeys } from "./wire.ts";

/** An F-Droid repository below `/repo`: signed entry, both index formats and icons; and the site's call for one package. */

const FOLDER = "/repo";

const CATEGORY: Record<AppTruth["category"], string> = {
  finance: "Money",
  tools: "System",
  lifestyle: "Sports & Health",
  education: "Science & Education",
  game: "Games",
  productivity: "Writing",
  news: "Reading",
};

const REDESIGN = { packages: "applications", index: "catalogue", metadata: "about", versions: "releases" };

type Files = Map<string, { type: string; bytes: Uint8Array }>;

interface IconFile {
  name: string;
  bytes: Uint8Array;
  sha256: string;
}

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function iconFile(app: AppTruth): Promise<IconFile> {
  const bytes = await iconPng(app.icon);
  return { name: `/icons/${app.packageName}.${app.versionCode}.png`, bytes, sha256: sha256(bytes) };
}

function apkName(app: AppTruth): string {
  return `${app.packageName}_${app.versionCode}.apk`;
}

function about(address: string, timestamp: number) {
  return {
    name: "Open Shelf",
    description: "Apps built by their authors.",
    address,
    timestamp,
  };
}

/** One app in the second format: texts by locale, versions by the hash of their file. */
function entryV2(app: AppTruth, icon: IconFile): Record<string, unknown> {
  const file = fileHash("sha256", app);
  const said = (text: string) => ({ "en-US": text });
  return {
    metadata: {
      added: app.releasedAt,
      categories: [CATEGORY[app.category]],
      lastUpdated: app.updatedAt,
      license: "GPL-3.0-only",
      ...(app.developer.website ? { webSite: app.developer.website } : {}),
      authorName: app.developer.name,
      authorEmail: app.developer.email,
      name: said(app.name),
      summary: said(app.summary),
      description: said(app.description),
      icon: { "en-US": { name: icon.name, sha256: icon.sha256, size: icon.bytes.length } },
      preferredSigner: app.certificate.sha256,
    },
    versions: {
      [file]: {
        added: app.updatedAt,
        file: { name: `/${apkName(app)}`, sha256: file, size: app.sizeBytes },
        manifest: {
          versionName: app.version,
          versionCode: app.versionCode,
          usesSdk: { minSdkVersion: 26, targetSdkVersion: 35 },
          signer: { sha256: [app.certificate.sha256] },
          usesPermission: [{ name: "android.permission.INTERNET" }],
        },
      },
    },
  };
}

function appV1(app: AppTruth, icon: IconFile): Record<string, unknown> {
  return {
    categories: [CATEGORY[app.category]],
    suggestedVersionName: app.version,
    suggestedVersionCode: String(app.versionCode),
    license: "GPL-3.0-only",
    ...(app.developer.website ? { webSite: app.developer.website } : {}),
    authorName: app.developer.name,
    authorEmail: app.developer.email,
    added: app.releasedAt,
    icon: icon.name.replace("/icons/", ""),
    packageName: app.packageName,
    lastUpdated: app.updatedAt,
    localized: { "en-US": { name: app.name, summary: app.summary, description: app.description } },
  };
}

function packageV1(app: AppTruth): Record<string, unknown> {
  return {
    added: app.updatedAt,
    apkName: apkName(app),
    hash: fileHash("sha256", app),
    hashType: "sha256",
    minSdkVersion: 26,
    packageName: app.packageName,
    sig: fileHash("md5", app),
    signer: app.certificate.sha256,
    size: app.sizeBytes,
    targetSdkVersion: 35,
    "uses-permission": [["android.permission.INTERNET", null]],
    versionCode: app.versionCode,
    versionName: app.version,
  };
}

function bytesOf(value: unknown, drift: boolean): Uint8Array {
  return Buffer.from(JSON.stringify(drift ? renameKeys(value, REDESIGN) : value));
}

/** Every file of the repository as it stands now, signed anew. */
async function publish(
  apps: readonly AppTruth[],
  address: string,
  timestamp: number,
  key: RepositoryKey,
  drift: boolean,
): Promise<Files> {
  const icons = await Promise.all(apps.map(iconFile));
  const each = apps.map((app, i) => ({ app, icon: icons[i] as IconFile }));
  const repo = about(address, timestamp);
  const said = (text: string) => ({ "en-US": text });
  const v2 = bytesOf(
    {
      repo: { ...repo, name: said(repo.name), description: said(repo.description) },
      packages: Object.fromEntries(each.map(({ app, icon }) => [app.packageName, entryV2(app, icon)])),
    },
    drift,
  );
  const v1 = bytesOf(
    {
      repo: { ...repo, version: 30_000, icon: "icon.png", mirrors: [] },
      requests: { install: [], uninstall: [] },
      apps: each.map(({ app, icon }) => appV1(app, icon)),
      packages: Object.fromEntries(apps.map((app) => [app.packageName, [packageV1(app)]])),
    },
    drift,
  );
  const entry = bytesOf(
    {
      timestamp,
      version: 30_000,
      index: { name: "/index-v2.json", sha256: sha256(v2), size: v2.length, numPackages: apps.length },
      diffs: {},
    },
    drift,
  );
  const jar = "application/java-archive";
  return new Map([
    ["/entry.jar", { type: jar, bytes: signedJar("entry.json", entry, key, "sha256") }],
    ["/entry.json", { type: "application/json", bytes: entry }],
    ["/index-v2.json", { type: "application/json", bytes: v2 }],
    ["/index-v1.jar", { type: jar, bytes: signedJar("index-v1.json", v1, key, "sha1") }],
    ["/index-v1.json", { type: "application/json", bytes: v1 }],
    ...icons.map((icon) => [icon.name, { type: "image/png", bytes: icon.bytes }] as const),
  ]);
}

function notFound(): WireAnswer {
  return html("<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", 404);
}

function packageCall(app: AppTruth | undefined): WireAnswer {
  if (!app) return json({ error: "not found" }, 404);
  const { packageName, version, versionCode } = app;
  const packages = [{ versionName: version, versionCode }];
  return json({ packageName, suggestedVersionCode: versionCode, packages });
}

/** A repository is published anew, with a later time, whenever what it offers has changed. */
export function fdroidStore(key: RepositoryKey): Store {
  let last: { apps: readonly AppTruth[]; drift: boolean; files: Promise<Files> } | undefined;
  let published = 0;

  function filesOf(apps: readonly AppTruth[], drift: boolean, base: string): Promise<Files> {
    if (last?.apps === apps && last.drift === drift) return last.files;
    const timestamp = TODAY + 1000 * published;
    published += 1;
    last = { apps, drift, files: publish(apps, `${base}/fdroid${FOLDER}`, timestamp, key, drift) };
    return last.files;
  }

  return async ({ path, apps, drift, base }) => {
    const asked = /^\/api\/v1\/packages\/([^/]+)$/.exec(path)?.[1];
    if (asked !== undefined) return packageCall(apps.find(({ packageName }) => packageName === asked));
    if (!path.startsWith(`${FOLDER}/`)) return notFound();
    const file = (await filesOf(apps, drift, base)).get(path.slice(FOLDER.length));
    if (!file) return notFound();
    const etag = `"${sha256(file.bytes).slice(0, 16)}"`;
    return { status: 200, headers: { "content-type": file.type, etag }, body: file.bytes };
  };
}
