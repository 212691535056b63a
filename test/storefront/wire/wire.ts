import { createHash } from "node:crypto";
import type { AppTruth } from "../types.ts";

/** One request as a store's own code sees it: the path below the store's base address. */
export interface WireRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  /** Address of the whole server, for icons and downloads. */
  base: string;
  /** Everything this store offers now. */
  apps: readonly AppTruth[];
  /** Answer in a layout nobody has seen before. */
  drift: boolean;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

export type Store = (request: WireRequest) => WireAnswer | Promise<WireAnswer>;

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): WireAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", ...headers },
    body: JSON.stringify(value),
  };
}

export function html(body: string, status = 200): WireAnswer {
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

/** Address of an app's icon; `ending` names the image format: png, webp or jpg. */
export function iconUrl(base: string, app: { id: string }, ending = "png"): string {
  return `${base}/icons/${app.id}.${ending}`;
}

/** The same icon in another size, as Apple's addresses say it: `512x512bb.jpg`. */
export function sizedIconUrl(base: string, app: { id: string }, pixels: number): string {
  return `${base}/icons/${app.id}/${pixels}x${pixels}bb.jpg`;
}

export function fileUrl(base: string, app: { id: string }): string {
  return `${base}/apk/${app.id}.apk`;
}

/** The same value with some keys of its objects called otherwise: a store after a redesign. */
export function renameKeys(value: unknown, names: Record<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => renameKeys(item, names));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [names[key] ?? key, renameKeys(item, names)]));
}

/** A body as an object; undefined where it is not JSON or not an object. */
export function bodyObject(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Hex digits for what an app's files would hash to, always the same for the same text. */
export function fileHash(algorithm: "md5" | "sha256", app: AppTruth): string {
  return createHash(algorithm).update(`${app.id} ${app.key} ${app.versionCode}`).digest("hex");
}

/** A number below `limit` that is always the same for the same text: ids and counts nobody looks at twice. */
export function numberFrom(text: string, limit: number): number {
  return createHash("sha256").update(text).digest().readUInt32BE(0) % limit;
}

/** A whole number of a query, clamped; `fallback` where it is missing or nonsense. */
export function countIn(query: URLSearchParams, name: string, fallback: number, most: number): number {
  const value = query.get(name);
  return value !== null && /^\d{1,9}$/.test(value) ? Math.min(Number(value), most) : fallback;
}
