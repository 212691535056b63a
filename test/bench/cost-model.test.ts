import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AboutEvidence, Locker } from "../../lib/domain/evidence/evidence.ts";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { type FindingId, findingId } from "../../lib/domain/finding/finding.ts";
import type { Listing } from "../../lib/domain/listing/listing.ts";
import { sha256Hex } from "../../lib/kernel/id.ts";
import { ok } from "../../lib/kernel/result.ts";
import { awsSettings } from "../../lib/platform/aws/environment.ts";
import { openCloudDb } from "../../lib/platform/dynamo/cloud.ts";
import type { Db } from "../../lib/platform/dynamo/db.ts";
import { createLeases } from "../../lib/platform/dynamo/leases.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { casePk, sourcePk } from "../../lib/platform/dynamo/ledger-items.ts";
import { createScanBook } from "../../lib/platform/dynamo/scan-book.ts";
import { ensureTable } from "../../lib/platform/dynamo/table.ts";
import { about } from "../../lib/sources/aptoide/manifest.ts";
import type { Ask, Source } from "../../lib/sources/source.ts";
import { announce } from "../../lib/workflows/announce/announce.ts";
import { askableOf } from "../../lib/workflows/scan/askable.ts";
import { closeScan } from "../../lib/workflows/scan/close.ts";
import { openScan } from "../../lib/workflows/scan/open.ts";
import type { ScanPorts, ScanSource } from "../../lib/workflows/scan/ports.ts";
import { workSlice } from "../../lib/workflows/scan/slice.ts";
import { type AwsServer, startAws } from "../support/aws/server.ts";
import { assessment, brand, listing } from "../support/samples.ts";
import { ASSUMPTIONS } from "./cost-assumptions.ts";
import {
  fixedCost,
  keptCost,
  ofSource,
  type SourceWork,
  scanCost,
  sourcePuts,
  sourceUnits,
  sourceWork,
  UNITS,
} from "./cost-model.ts";
import { meteredDb, type Units } from "./ledger-meter.ts";

let aws: AwsServer;
let tables = 0;

beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.stop());

async function openTable(): Promise<Db> {
  tables += 1;
  const settings = awsSettings({ AWS_REGION: "eu-central-1", AWS_ENDPOINT_URL: aws.url });
  await ensureTable(new DynamoDBClient(settings), `knockoff-cost-${tables}`);
  return openCloudDb(settings, `knockoff-cost-${tables}`);
}

/** One source and one brand: of a hundred known findings five are missing and two look different; three are new. */
const SMALL = {
  ...ASSUMPTIONS,
  sources: 1,
  ownQuestions: 95,
  newFindings: 3,
  knownFindings: 100,
  missingShare: 0.05,
  changedShare: 2 / 95,
  toldShare: 1,
};
const QUESTIONS = SMALL.ownQuestions + SMALL.sharedQuestions;
const KNOWN = keys(0, 100);
const LATER = [...keys(0, 95), ...keys(100, 103)];

function keys(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, place) => from + place);
}

/** A store that shows each of these listings to three questions; `renamed` ones under another name. */
function store(shown: readonly number[], renamed: number): Source {
  const places = new Map<string, number>();
  const placeOf = (term: string) => places.get(term) ?? places.set(term, places.size).size - 1;
  const hit = (number: number): Listing =>
    listing({
      key: `app-${number}`,
      url: `https://store.example/app/${number}`,
      name: number < renamed ? "Northwind Gifts" : "Northwind Rewards",
      iconUrl: "https://store.example/icon",
    });
  const page = (listings: Listing[]) => ok({ listings, truncated: false, dropped: 0 });
  return {
    about: { ...about, pace: { perMinute: Number.POSITIVE_INFINITY, parallel: 1 } },
    async search({ term }, ask) {
      await fetched(ask, term);
      if (term === about.canary.term) return page([listing({ key: about.canary.expectKey, name: "Canary" })]);
      const place = placeOf(term);
      return page(shown.filter((number) => [0, 17, 31].some((step) => (number + step) % QUESTIONS === place)).map(hit));
    },
    async byId(key, _, ask) {
      await fetched(ask, key);
      const number = shown.find((one) => `app-${one}` === key);
      return ok(number === undefined ? undefined : { ...hit(number), description: "of real length ".repeat(150) });
    },
    byDeveloper: async () => page([]),
  };
}

async function fetched(ask: Ask, what: string): Promise<void> {
  await ask.http.fetch({ url: `https://store.example/?q=${encodeURIComponent(what)}` });
}

function countingLocker(): { locker: Locker; objects(): number } {
  let objects = 0;
  const locker = {
    async put(bytes: Uint8Array, kept: AboutEvidence) {
      objects += 2;
      return { ...kept, sha256: sha256Hex(bytes), bytes: bytes.length };
    },
    get: async () => undefined,
    about: async () => undefined,
  };
  return { locker, objects: () => objects };
}

function portsOf(db: Db, source: Source, locker: Locker, day: string): ScanPorts & { sources: [ScanSource] } {
  const http = {
    fetch: async ({ url }: { url: string }) => ok({ status: 200, url, headers: {}, body: Buffer.from(url) }),
  };
  const bytes = Buffer.from("an icon");
  return {
    brands: [
      brand({
        searchTerms: keys(0, QUESTIONS).map((number) => `term ${number}`),
        officialApps: [{ platform: "android", packageName: "com.northwindharbor.mobile", ids: { [about.id]: "own" } }],
        publishers: [{ source: about.id, name: "Northwind Harbor Bank AG", key: "4711" }],
      }),
    ],
    sources: [{ source, http, baseUrl: about.baseUrl, settings: {}, canary: about.canary, live: true }],
    blind: new Set<string>(),
    regions: ["de"],
    budgets: { queriesPerSource: QUESTIONS, icons: 3_000, detailsPerSource: SMALL.detailsPerSource, patience: 5 },
    ledger: createLedger(db),
    book: createScanBook(db),
    locker,
    readIcon: async () => ({ icon: { sha256: sha256Hex(bytes), bytes, mediaType: "image/png" } }),
    assess: ({ name }) => (name === "Canary" ? [] : [assessment("impersonation")]),
    clock: () => `${day}T09:00:00.000Z`,
    owner: day,
    signal: new AbortController().signal,
    timeIsUp: () => false,
    progress: () => {},
  };
}

async function scan(db: Db, shown: readonly number[], renamed: number, day: string): Promise<number> {
  const { locker, objects } = countingLocker();
  const ports = portsOf(db, store(shown, renamed), locker, day);
  await openScan(ports, ports.sources.map(askableOf), day);
  const spent = { details: 0, icons: 0 };
  const end = await workSlice(ports, createLeases(db), {
    scan: day,
    source: about.id,
    spent,
    until: "9999-12-31T00:00:00.000Z",
  });
  expect(end.more).toBe(false);
  await closeScan(ports.book, ports.clock, day);
  return objects();
}

function keyOf(id: FindingId) {
  return { pk: sourcePk("google-play"), sk: casePk(id) };
}

async function tell(db: Db): Promise<number> {
  const { sent } = await announce({
    ledger: createLedger(db),
    leases: createLeases(db),
    channel: { send: async () => {} },
    clock: () => "2026-11-03T10:00:00.000Z",
    owner: "announce",
    words: () => ({ subject: "", text: "" }),
    timeIsUp: () => false,
  });
  return sent;
}

function modelled(work: SourceWork): Units {
  const { reads, writes } = sourceUnits(work, SMALL);
  return { reads: reads + work.stretches * work.reading.reads, writes };
}

function expectNear(model: Units, measured: Units): void {
  expect(Math.abs(model.reads / measured.reads - 1)).toBeLessThan(0.1);
  expect(Math.abs(model.writes / measured.writes - 1)).toBeLessThan(0.1);
}

describe("the model of what a scan costs", () => {
  it("comes within a tenth of what the real code asks of ledger and locker", async () => {
    const meter = meteredDb(await openTable());
    const first = sourceWork(1, { ...SMALL, newFindings: 100, knownFindings: 0 });
    expect(await scan(meter.db, KNOWN, 0, "2026-11-02")).toBe(sourcePuts(first));
    expectNear(modelled(first), meter.take());

    expect(await tell(meter.db)).toBe(100);
    const { reads, writes } = UNITS.toldNotice;
    expectNear({ reads: 100 * reads, writes: 100 * writes }, meter.take());
    expect(await tell(meter.db)).toBe(0);
    expect(meter.take()).toMatchObject(UNITS.emptySweep);

    const second = sourceWork(1, SMALL);
    expect(await scan(meter.db, LATER, 2, "2026-11-03")).toBeCloseTo(sourcePuts(second));
    expectNear(modelled(second), meter.take());
  });

  it("reads the known findings of one source by their keys, past no others", async () => {
    const db = await openTable();
    const ledger = createLedger(db);
    const at = "2026-11-02T09:00:00.000Z";
    for (const source of [about.id, "elsewhere"]) {
      for (const of of ["northwind", "alder"]) {
        const append = async (number: number) => {
          const shown = listing({ source, key: `app-${number}`, description: "of real length ".repeat(150) });
          const events: CaseEvent[] = [
            { at, by: "scan", kind: "seen", listing: shown, evidence: [] },
            { at, by: "scan", kind: "assessed", assessment: { ...assessment("impersonation"), brand: of } },
          ];
          await ledger.append(findingId(of, source, shown.key), of, 0, events, []);
        };
        await Promise.all(keys(0, 125).map(append));
      }
    }
    const meter = meteredDb(db);
    expect(await createLedger(meter.db).ofSource(about.id)).toHaveLength(250);
    const measured = meter.take();
    const model = ofSource(250);
    expect(Math.abs(model.reads / measured.reads - 1)).toBeLessThan(0.1);
    expect(model.requests).toBe(measured.requests);
  });

  it("knows how much the keys weigh, and that none of them is read twice", async () => {
    const db = await openTable();
    await db.putMany(keys(0, 1_000).map((number) => keyOf(findingId("northwind", "google-play", `app-${number}`))));
    const meter = meteredDb(db);
    expect(await createLedger(meter.db).ofSource("google-play")).toEqual([]);
    // The keys lead to no views here.
    expect(Math.abs((ofSource(1_000).reads - 1_000) / meter.take().reads - 1)).toBeLessThan(0.1);
  });

  it("asks no more than the budget lets through, and finds no more than it asked for", () => {
    const whole = sourceWork(10);
    const half = sourceWork(10, { ...ASSUMPTIONS, mostQuestions: 227.5 });
    expect(half.searched).toBe(0.5);
    expect(half.newFindings).toBe(whole.newFindings / 2);
    expect(half.known).toBe(whole.known / 2);
  });

  it("takes more stretches for slower questions, and never ends when a stretch is over before it asks", () => {
    expect(sourceWork(1).stretches).toBe(1);
    expect(sourceWork(1, { ...ASSUMPTIONS, answerSeconds: 10 }).stretches).toBe(2);
    expect(sourceWork(1, { ...ASSUMPTIONS, startSeconds: 840 }).stretches).toBe(Number.POSITIVE_INFINITY);
  });

  it("adds its lines up", () => {
    const { lines, total } = scanCost(100);
    expect(total).toBeCloseTo(Object.values(lines).reduce((all, usd) => all + usd, 0));
    expect(Object.values(lines).every((usd) => usd > 0)).toBe(true);
  });

  it("charges for what is kept, longer each day, and for what stands still", () => {
    const cost = scanCost(1);
    expect(sumOf(keptCost(cost, 60))).toBeGreaterThan(sumOf(keptCost(cost, 30)));
    expect(sumOf(fixedCost())).toBeGreaterThan(0);
  });
});

function sumOf(lines: Record<string, number>): number {
  return Object.values(lines).reduce((all, usd) => all + usd, 0);
}
