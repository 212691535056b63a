import { createHash } from "node:crypto";
import type { Ask, HttpRequest, HttpResponse } from "../../../lib/sources/source.ts";
import { createSigner, type Signer, signedJar } from "../../domain/jar/signing.ts";

export const BASE = "https://apps.northwind.example";
export const signer = createSigner();

export const bytesOf = (value: unknown): Uint8Array => new Uint8Array(Buffer.from(JSON.stringify(value)));

/** A package as the second index writes it. */
export function packageV2(over: Record<string, unknown> = {}, versions: Record<string, unknown> = { a: versionV2() }) {
  return { metadata: { name: { "en-US": "Harbor Notes" }, added: 1_600_000_000_000, ...over }, versions };
}

export function versionV2(over: { code?: number; name?: string; file?: string; signers?: string[] } = {}) {
  const { code = 7, name = "1.7", file = "/notes_7.apk", signers = ["ab".repeat(32)] } = over;
  return {
    added: 1_650_000_000_000,
    file: { name: file, sha256: "00".repeat(32), size: 9 },
    manifest: { versionName: name, versionCode: code, usesSdk: { minSdkVersion: 23 }, signer: { sha256: signers } },
  };
}

export interface Published {
  files: Record<string, Uint8Array | { status: number }>;
  /** Paths asked for, in order. */
  asked: string[];
}

/** A repository's files below `/repo`: the entry signed for the index as it stands. */
export function publish(packages: unknown, by: Signer = signer): Published {
  const index = bytesOf({ repo: { name: { "en-US": "Northwind" } }, packages });
  return { files: { "/repo/entry.jar": entryJar(index, by), "/repo/index-v2.json": index }, asked: [] };
}

export function entryJar(index: Uint8Array, by: Signer = signer, over: Record<string, unknown> = {}): Uint8Array {
  const sha256 = createHash("sha256").update(index).digest("hex");
  const entry = {
    timestamp: 1,
    version: 30_000,
    index: { name: "/index-v2.json", sha256, size: index.length, ...over },
  };
  return signedJar({ "entry.json": bytesOf(entry) }, by, { attributes: true });
}

/** Asks of the files as if a web server held them. */
export function askOf(published: Published, settings: Record<string, unknown> = {}, over: Partial<Ask> = {}): Ask {
  return {
    http: {
      async fetch({ url }: HttpRequest) {
        const path = decodeURI(url.replace(BASE, ""));
        published.asked.push(path);
        const file = published.files[path] ?? { status: 404 };
        const answer: HttpResponse = { status: 200, url, headers: {}, body: new Uint8Array() };
        return { ok: true, value: file instanceof Uint8Array ? { ...answer, body: file } : { ...answer, ...file } };
      },
    },
    signal: new AbortController().signal,
    now: "2026-11-24T08:00:00.000Z",
    baseUrl: BASE,
    settings: { repositories: [{ fingerprint: signer.sha256 }], ...settings },
    ...over,
  };
}

export const query = (term: string) => ({ term, region: "de", language: "de" });
