import { LIMITS } from "../../domain/listing/listing.ts";
import { cleanText, drifted, numberOf } from "../parse.ts";
import type { Answer } from "../source.ts";
import {
  type Draft,
  newDraft,
  newerOf,
  noteDescription,
  noteFact,
  noteIcon,
  noteName,
  noteSigner,
  noteSummary,
  type Version,
} from "./app.ts";
import { createCollector, type Index } from "./collector.ts";
import { type JsonLeaf, type JsonPath, type Visitor, walkJson } from "./walk-json.ts";

const FACTS = new Set([
  "packageName",
  "icon",
  "authorName",
  "authorEmail",
  "authorWebSite",
  "webSite",
  "added",
  "lastUpdated",
]);
/** Packages whose versions are kept before any app of that name was read. */
const MOST_WAITING = 100_000;
/** The locale of texts that stand outside `localized`, which are English. */
const PLAIN = "en-US";

/**
 * Reads `index-v1.json`: `apps[]{packageName, name?, summary?, icon?, localized{locale: {name, summary, …}}, …}` and
 * `packages[<package>][]{apkName, versionCode, versionName, signer, …}`. `signer` is the SHA-256 of the certificate; `sig`
 * is the MD5 of something else.
 */
export async function readIndexV1(bytes: Uint8Array, signal: AbortSignal): Promise<Answer<Index>> {
  const collector = createCollector();
  const versions = new Map<string, Version>();
  let draft = newDraft();
  let version: Version = { code: -1, signers: [] };
  let seen = false;

  const visitor: Visitor = {
    open(path) {
      if (path.length === 1 && path[0] === "apps") seen = true;
      if (path.length === 2 && path[0] === "apps") draft = newDraft();
      if (path.length === 3 && path[0] === "packages") version = { code: -1, signers: [] };
    },
    leaf(path, value) {
      if (path[0] === "apps") noteApp(draft, path.slice(2), value);
      if (path[0] === "packages") noteVersion(version, path.slice(3), value);
    },
    close(path) {
      if (path.length === 2 && path[0] === "apps") addApp();
      if (path.length === 3 && path[0] === "packages") addVersion(String(path[1]));
    },
  };

  function addApp(): void {
    const packageName = String(draft.facts.get("packageName"));
    const icon = draft.facts.get("icon");
    const localized = [...draft.icons].map(([locale, file]): [string, string] => [
      locale,
      `/${packageName}/${locale}/${file}`,
    ]);
    if (localized.length === 0 && typeof icon === "string") localized.push([PLAIN, `/icons/${icon}`]);
    collector.add(packageName, { ...draft, icons: new Map(localized) });
  }

  /** Versions stand apart from the apps, usually behind them. */
  function addVersion(packageName: string): void {
    if (!collector.apps.has(packageName) && versions.size >= MOST_WAITING) return;
    versions.set(packageName, newerOf(versions.get(packageName), version));
  }

  const walked = await walkJson(bytes, visitor, signal, "the index");
  if (!walked.ok) return walked;
  if (!seen) return drifted("the index holds no apps");
  for (const [packageName, app] of collector.apps) app.version = versions.get(packageName);
  return collector.finish("the index");
}

function noteApp(draft: Draft, path: JsonPath, value: JsonLeaf): void {
  const [field, locale, part] = path.map(String);
  if (field === "localized" && locale !== undefined && part !== undefined) {
    if (part === "name") noteName(draft, locale, value);
    if (part === "summary") noteSummary(draft, locale, value);
    if (part === "description") noteDescription(draft, locale, value);
    if (part === "icon") noteIcon(draft, locale, value);
    return;
  }
  if (path.length !== 1 || field === undefined) return;
  if (field === "name") noteName(draft, PLAIN, value);
  if (field === "summary") noteSummary(draft, PLAIN, value);
  if (field === "description") noteDescription(draft, PLAIN, value);
  if (FACTS.has(field)) noteFact(draft, field, value);
}

function noteVersion(version: Version, path: JsonPath, value: JsonLeaf): void {
  if (path.length !== 1) return;
  if (path[0] === "apkName") version.file = cleanText(value, LIMITS.url);
  if (path[0] === "versionName") version.name = cleanText(value, LIMITS.short);
  if (path[0] === "versionCode") version.code = numberOf(value) ?? -1;
  if (path[0] === "added") version.added = numberOf(value);
  if (path[0] === "signer") noteSigner(version, value);
}
