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
  return { status, headers: { "content-type": "application/json; charset=utf-8", ...headers }, body: JSON.stringify(value) };
}

export function html(body: string, status = 200): WireAnswer {
  return { status, headers: { "content-type": "text/html; charset=utf-8" }, body };
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export function iconUrl(base: string, app: { id: string }): string {
  return `${base}/icons/${app.id}.png`;
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
