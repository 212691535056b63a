import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";
import type { BrandProfile } from "../../../lib/domain/brand/profile.ts";
import { type Finding, findingId } from "../../../lib/domain/finding/finding.ts";
import type { Listing } from "../../../lib/domain/listing/listing.ts";
import type { Signal } from "../../../lib/domain/match/signal.ts";
import type { Gate } from "../../../lib/entry/access/gate.ts";
import type { Person } from "../../../lib/entry/access/rights.ts";
import type { SitePorts } from "../../../lib/entry/site/ports.ts";
import { createSite } from "../../../lib/entry/site/site.ts";
import { sha256Hex } from "../../../lib/kernel/id.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { registry } from "../../../lib/sources/registry.ts";
import { drawing, image, otherDrawing } from "../../domain/match/icon/images.ts";
import { openScratch } from "../../support/embedded.ts";
import { brand, listing } from "../../support/samples.ts";

export const NOW = "2026-11-05T09:00:00.000Z";
const SCAN = "2026-11-05";
const SEEN = "2026-11-04T08:00:00.000Z";

/** A console over a real ledger on this machine. Whoever asks is the person the test says, as if they had signed in. */
export interface House {
  ports: SitePorts;
  site: Hono;
  /** Who sits before the browser that carries this cookie value, by name. */
  people: Map<string, Person>;
  /** Where it is served, for a browser. */
  url: string;
  /** One page, or form, as a person gets it without a browser. */
  ask(person: Person | undefined, path: string, form?: Record<string, string>): Promise<Response>;
  finding(
    key: string,
    over?: Partial<Listing>,
    judged?: { score?: number; signals?: Signal[]; brand?: string },
  ): Promise<Finding>;
  close(): Promise<void>;
}

export function person(name: string, role: Person["rights"]["all"], ...brands: string[]): Person {
  if (brands.length === 0) return { name, rights: { all: role, brands: {} } };
  return { name, rights: { brands: Object.fromEntries(brands.map((id) => [id, role ?? "viewer"])) } };
}

/** A gate that believes a cookie: what is behind it is tried, not the gate. */
function trustingGate(people: Map<string, Person>): Gate {
  const named = (cookie: string) => /(?:^|; )person=([^;]+)/.exec(cookie)?.[1] ?? "";
  return {
    personOf: async (c) => people.get(decodeURIComponent(named(c.req.header("cookie") ?? ""))),
    signOut: "/sign-out",
    mount: () => {},
  };
}

export async function openHouse(over: Partial<SitePorts> = {}): Promise<House> {
  const scratch = await openScratch();
  const { ledger, book, desk, locker } = scratch;
  const ours = await image(drawing()).png().toBuffer();
  const theirs = await image(drawing({ plate: "#39126c" }))
    .png()
    .toBuffer();
  const profile: BrandProfile = brand({ icons: [{ sha256: sha256Hex(ours), origin: "northwind.png" }] });
  const tern = brand({
    id: "tern",
    title: "Tern Savings",
    names: [{ text: "Tern Savings", script: "Latn", distinctive: true, role: "name" }],
  });
  for (const [bytes, kind] of [
    [ours, "reference-icon"],
    [theirs, "icon"],
    [await image(otherDrawing()).png().toBuffer(), "icon"],
  ] as const)
    await locker.put(bytes, { kind, mediaType: "image/png", at: SEEN });
  const ports: SitePorts = {
    ledger,
    book,
    desk,
    locker,
    sources: registry.map(({ about }) => ({ about, can: ["search", "byId"] })),
    brands: async () => [profile, tern],
    policy: async () => ({ fourEyes: false }),
    clock: () => NOW,
    ...over,
  };
  const people = new Map<string, Person>();
  const site = createSite(ports, trustingGate(people));
  const server = createAdaptorServer({ fetch: site.fetch }) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  let made = 0;

  return {
    ports,
    site,
    people,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async ask(asker, path, form) {
      if (asker !== undefined) people.set(asker.name, asker);
      const headers: Record<string, string> =
        asker === undefined ? {} : { cookie: `person=${encodeURIComponent(asker.name)}` };
      if (form === undefined) return site.request(path, { headers });
      const body = new URLSearchParams(form);
      return site.request(path, { method: "POST", body, headers: { ...headers, origin: "http://localhost" } });
    },
    async finding(key, shown = {}, { score = 0.97, signals, brand: brandId = "northwind" } = {}) {
      made += 1;
      const seen = listing({
        key,
        packageName: `com.example.app${made}`,
        developer: { name: `Maker ${made}`, key: `d-${made}` },
        ...shown,
      });
      const icon = sha256Hex(theirs);
      const reasons: Signal[] = signals ?? [
        {
          rule: "name.contained",
          weight: 6.9,
          facts: { text: seen.name.slice(0, 40), name: "Northwind Harbor Bank" },
          evidence: [],
        },
        { rule: "icon.similar", weight: 2.1, facts: { distance: 18, of: 256 }, evidence: [icon, sha256Hex(ours)] },
        { rule: "name.unexplained", weight: -0.53, facts: { share: 0.44 }, evidence: [] },
      ];
      const at = plusMs(SEEN, made * 60_000);
      const judged = { brand: brandId, verdict: "impersonation" as const, score, signals: reasons, ruleset: "test" };
      const appended = await ledger.append(
        findingId(brandId, seen.source, seen.key),
        brandId,
        0,
        [
          { at, by: "scan", kind: "seen", listing: seen, icon, evidence: [icon] },
          { at, by: "scan", kind: "assessed", assessment: judged },
        ],
        [],
      );
      if (!appended.ok) throw new Error(`${key} is there already`);
      return appended.value;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await scratch.close();
    },
  };
}

/** A scan of yesterday's: one store whole, one refused, with what it answered kept. */
export async function scanned({ book, locker }: SitePorts, sample: string): Promise<void> {
  await book.putScan({
    scan: SCAN,
    startedAt: SEEN,
    finishedAt: NOW,
    brands: ["northwind", "tern"],
    sources: ["aptoide", "google-play"],
  });
  const query = { term: "northwind", region: "de", language: "de" };
  const task = (source: string, key: string, brands: string[]) => ({
    source,
    key,
    kind: "search" as const,
    query,
    brands,
  });
  await book.plan(SCAN, [task("aptoide", "1", ["northwind"]), task("google-play", "1", ["northwind", "tern"])]);
  const kept = await locker.put(Buffer.from(sample), { kind: "response", mediaType: "text/html", at: SEEN });
  const failure = { kind: "refused", detail: sample.slice(0, 200), sample: kept.sha256 };
  await book.claim(SCAN, "aptoide", "t", SEEN, 1_000);
  await book.finish(
    SCAN,
    "aptoide",
    "1",
    "t",
    { state: "done", listings: 3, dropped: 0, truncated: false, findings: [] },
    NOW,
  );
  await book.claim(SCAN, "google-play", "t", SEEN, 1_000);
  await book.finish(
    SCAN,
    "google-play",
    "1",
    "t",
    { state: "failed", listings: 0, dropped: 0, truncated: false, findings: [], failure },
    NOW,
  );
  const part = {
    planned: 1,
    listings: 3,
    dropped: 0,
    truncated: 0,
    canary: "found" as const,
    overBudget: 0,
    blind: [],
  };
  await book.putPart(SCAN, { ...part, source: "aptoide", outcome: "complete", done: 1, failures: [] });
  await book.putPart(SCAN, {
    ...part,
    source: "google-play",
    outcome: "failed",
    done: 0,
    canary: "lost",
    failures: [{ ...failure, count: 1 }],
    failingSince: SEEN,
  });
  await book.putHealth({ source: "google-play", failingSince: SEEN, failure });
  await book.putHealth({ source: "aptoide", lastGood: NOW });
}

/** Every page of the console; `finding`, `campaign` and `note` are ids to put into the addresses. */
export function pages(ids: { finding?: string; campaign?: string; note?: string }): string[] {
  const { finding, campaign, note } = ids;
  return [
    "/",
    "/queue",
    "/queue?stage=closed",
    ...(finding === undefined ? [] : [`/findings/${finding}`]),
    "/findings/f-none00",
    "/campaigns",
    ...(campaign === undefined ? [] : [`/campaigns/${campaign}`]),
    "/coverage",
    "/sources",
    "/brands",
    "/brands/northwind",
    "/metrics",
    "/handover",
    ...(note === undefined ? [] : [`/handover/${note}`]),
    "/keys",
    "/nowhere",
  ];
}
