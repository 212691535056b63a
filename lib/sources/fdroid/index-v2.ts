import { LIMITS } from "../../domain/listing/listing.ts";
import { cleanText, drifted } from "../parse.ts";
import type { Answer } from "../source.ts";
import {
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

const LOCALIZED = { name: noteName, summary: noteSummary, description: noteDescription } as const;
const FACTS = new Set([
  "authorName",
  "authorEmail",
  "authorWebSite",
  "webSite",
  "added",
  "lastUpdated",
  "preferredSigner",
]);

/**
 * Reads `index-v2.json`: `packages[<package>].metadata{name{locale}, summary{}, description{}, icon{locale: {name}}, …}` and
 * `.versions[<hash>]{added, file{name}, manifest{versionName, versionCode, signer{sha256[]}}}`.
 */
export async function readIndexV2(bytes: Uint8Array, signal: AbortSignal): Promise<Answer<Index>> {
  const collector = createCollector();
  let draft = newDraft();
  let version = newVersion();
  let seen = false;

  const visitor: Visitor = {
    open(path) {
      if (path.length === 1 && path[0] === "packages") seen = true;
      if (path[0] !== "packages") return;
      if (path.length === 2) draft = newDraft();
      if (path.length === 4 && path[2] === "versions") version = newVersion();
    },
    leaf(path, value) {
      if (path[0] !== "packages") return;
      if (path[2] === "metadata") metadata(path, value);
      if (path[2] === "versions") noteVersion(version, path.slice(4), value);
    },
    close(path) {
      if (path[0] !== "packages") return;
      if (path.length === 4 && path[2] === "versions") {
        draft.version = newerOf(draft.version, version, draft.facts.get("preferredSigner"));
      }
      if (path.length === 2) collector.add(String(path[1]), draft);
    },
  };

  function metadata(path: JsonPath, value: JsonLeaf): void {
    const [, , , field, locale, part] = path.map(String);
    if (field === undefined) return;
    const noteLocalized = Object.hasOwn(LOCALIZED, field) ? LOCALIZED[field as keyof typeof LOCALIZED] : undefined;
    if (noteLocalized !== undefined && locale !== undefined) noteLocalized(draft, locale, value);
    if (field === "icon" && locale !== undefined && part === "name") noteIcon(draft, locale, value);
    if (path.length === 4 && FACTS.has(field)) noteFact(draft, field, value);
  }

  const walked = await walkJson(bytes, visitor, signal, "the index");
  if (!walked.ok) return walked;
  return seen ? collector.finish("the index") : drifted("the index holds no packages");
}

function newVersion(): Version {
  return { code: -1, signers: [] };
}

function noteVersion(version: Version, path: JsonPath, value: JsonLeaf): void {
  switch (path.slice(0, 3).join("/")) {
    case "added":
      if (typeof value === "number") version.added = value;
      return;
    case "file/name":
      version.file = cleanText(value, LIMITS.url);
      return;
    case "manifest/versionName":
      version.name = cleanText(value, LIMITS.short);
      return;
    case "manifest/versionCode":
      if (typeof value === "number") version.code = value;
      return;
    case "manifest/signer/sha256":
      noteSigner(version, value);
      return;
  }
}
