import type { Finding } from "../../../lib/domain/finding/finding.ts";
import { findingId } from "../../../lib/domain/finding/finding.ts";
import type { Listing } from "../../../lib/domain/listing/listing.ts";
import type { Person, Role } from "../../../lib/entry/access/rights.ts";
import { createApi } from "../../../lib/entry/api/app.ts";
import type { Api } from "../../../lib/entry/api/env.ts";
import type { SitePorts } from "../../../lib/entry/site/ports.ts";
import type { Instant } from "../../../lib/kernel/time.ts";
import { registry } from "../../../lib/sources/registry.ts";
import { openScratch } from "../../support/embedded.ts";
import { assessment, brand, listing } from "../../support/samples.ts";

export const AT = "2026-11-02T09:00:00.000Z";

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The text as JSON; undefined where it is none. */
  body: Record<string, unknown>;
}

export interface Asking {
  method?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A site over a real ledger on this machine, and everything a test needs to ask it. */
export interface Site {
  app: Api;
  ports: SitePorts;
  /** What time it is there. */
  now: Instant;
  ask(person: Person | undefined, path: string, asking?: Asking): Promise<Answer>;
  /** POST of one event on the version that stands, unless a header says otherwise. */
  act(person: Person | undefined, finding: Finding, event: object, headers?: Record<string, string>): Promise<Answer>;
  /** A new finding that shares nothing with others, unless its listing is told to. */
  finding(brandId: string, over?: Partial<Listing>, score?: number): Promise<Finding>;
  close(): Promise<void>;
}

/** Somebody with one role for one brand, or for several. */
export function somebody(name: string, role: Role, ...brands: string[]): Person {
  return { name, rights: { brands: Object.fromEntries(brands.map((id) => [id, role])) } };
}

export async function openSite(over: Partial<SitePorts> = {}): Promise<Site> {
  const scratch = await openScratch();
  const { ledger, book, desk, locker } = scratch;
  let asker: Person | undefined;
  let made = 0;
  const ports: SitePorts = {
    ledger,
    book,
    desk,
    locker,
    sources: registry.map(({ about }) => ({ about, can: ["search"] })),
    brands: async () => [brand(), brand({ id: "tern", title: "Tern Savings" })],
    policy: async () => ({ fourEyes: false }),
    clock: () => site.now,
    ...over,
  };
  const app = createApi(ports, async () => asker);

  const site: Site = {
    app,
    ports,
    now: AT,
    async ask(person, path, { method = "GET", body, headers } = {}) {
      asker = person;
      const type: Record<string, string> = method === "GET" ? {} : { "content-type": "application/json" };
      const sent = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
      const answer = await app.request(path, { method, headers: { ...type, ...headers }, body: sent });
      const text = await answer.text();
      return { status: answer.status, headers: answer.headers, text, body: jsonOf(text) };
    },
    act(person, { id, version }, event, headers = {}) {
      const asking = { method: "POST", body: event, headers: { "if-match": `"${version}"`, ...headers } };
      return site.ask(person, `/findings/${id}/events`, asking);
    },
    async finding(brandId, listed = {}, score = 0.9) {
      const key = `app-${made++}`;
      const own = { key, packageName: `com.example.${key}`, developer: { name: "Fast Apps", key }, ...listed };
      const shown = listing(own);
      const judged = { ...assessment("impersonation", score), brand: brandId };
      const appended = await ledger.append(
        findingId(brandId, shown.source, shown.key),
        brandId,
        0,
        [
          { at: AT, by: "scan", kind: "seen", listing: shown, evidence: [] },
          { at: AT, by: "scan", kind: "assessed", assessment: judged },
        ],
        [],
      );
      if (!appended.ok) throw new Error(`${shown.key} is there already`);
      return appended.value;
    },
    close: scratch.close,
  };
  return site;
}

function jsonOf(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
