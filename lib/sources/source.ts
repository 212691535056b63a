import type { Listing } from "../domain/listing/listing.ts";
import type { Page, Query } from "../domain/listing/query.ts";
import type { Result } from "../kernel/result.ts";
import type { Instant } from "../kernel/time.ts";

/**
 * Why a source could not be read.
 * `throttled`: 429, 503, Apple's empty 403. `refused`: any other 401 or 403, and a captcha or challenge page whatever its status.
 * `drifted`: the answer has a shape this adapter does not know. `unreachable`: no whole answer came.
 */
export interface SourceFailure {
  kind: "unreachable" | "refused" | "throttled" | "drifted";
  detail: string;
  status?: number;
  retryAfterMs?: number;
}

export type Answer<T> = Result<T, SourceFailure>;

/** Why the door gives no answer; with the answer itself where one came that was `refused`, such as the page with the captcha. */
export interface HttpFailure extends SourceFailure {
  response?: HttpResponse;
}

export interface HttpRequest {
  url: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  body?: string;
  /** Largest body accepted, bytes after decompression; more is `unreachable` with the size named. */
  maxBytes?: number;
  /** Default true. */
  followRedirects?: boolean;
}

export interface HttpResponse {
  status: number;
  /** Where the answer came from after redirects. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: Uint8Array;
}

/**
 * The door to the network as a source sees it. It paces, retries, guards and caps; it answers `unreachable`, `throttled`
 * (after its retries) or `refused` (challenge pages, 401, 403) itself, so a source only sees answers worth reading:
 * any other status, 404 among them.
 */
export interface Http {
  fetch(request: HttpRequest): Promise<Result<HttpResponse, HttpFailure>>;
}

/** All that an adapter may know of the world. */
export interface Ask {
  http: Http;
  signal: AbortSignal;
  now: Instant;
  /** The manifest's `baseUrl` or the operator's replacement, without a slash at the end. */
  baseUrl: string;
  /** Settings of this source from the configuration, e.g. repositories and fingerprints of F-Droid. */
  settings: Record<string, unknown>;
  /** An API token of the operator's own, where the source takes one. */
  credential?: string;
}

export type SourceKind =
  | "official-store"
  | "oem-store"
  | "open-market"
  | "mirror"
  | "mapping-engine"
  | "web-search"
  | "intelligence";

export interface SourceManifest {
  id: string;
  name: { en: string; zh: string };
  kind: SourceKind;
  homepage: string;
  /** Every host the adapter asks; icons and downloads may be elsewhere. */
  hosts: string[];
  /** Regions it can be asked for; empty where it knows none. */
  regions: string[];
  pace: { perMinute: number; parallel: number };
  /** An app that must always be found; when it is not, the source is not to be believed. */
  canary: { term: string; region: string; language: string; expectKey: string };
  baseUrl: string;
  /** How far its parser is proved: on real recorded bodies, only on bodies written from documents, or not at all. */
  proof: "recorded" | "synthetic" | "none";
  /** True where the store checks who uploads, so that its own id of our app proves the listing ours. */
  firstParty: boolean;
  /** True where a listing states the signing certificate. */
  statesCertificate: boolean;
  /** True where a search hit says as much as the details do, so that asking again would be waste. */
  searchIsWhole?: boolean;
  /** True where a hit is a listing only when its details say so: a repository without an APK is none. */
  hitsNeedDetails?: boolean;
  /** True where the store prints app filing numbers, so that a missing one says something. */
  statesFiling?: boolean;
  needsCredential?: boolean;
  reportAbuse?: string;
  notes?: { en: string; zh: string };
}

/** An adapter is data plus optional methods; an absent method is an absent capability. */
export interface Source {
  about: SourceManifest;
  search?(query: Query, ask: Ask): Promise<Answer<Page>>;
  /** Details of one listing by its key; undefined when the store proves that it is not there. */
  byId?(key: string, region: string, ask: Ask): Promise<Answer<Listing | undefined>>;
  byDeveloper?(developerKey: string, region: string, ask: Ask): Promise<Answer<Page>>;
  suggest?(prefix: string, region: string, ask: Ask): Promise<Answer<string[]>>;
}
