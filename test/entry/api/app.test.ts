import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findingId } from "../../../lib/domain/finding/finding.ts";
import { createApi } from "../../../lib/entry/api/app.ts";
import { type Rights, rightsOf } from "../../../lib/entry/api/rights.ts";
import { type Embedded, openEmbedded } from "../../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../../lib/platform/dynamo/ledger.ts";
import { createScanBook } from "../../../lib/platform/dynamo/scan-book.ts";
import { registry } from "../../../lib/sources/registry.ts";
import { assessment, listing } from "../../support/samples.ts";

const AT = "2026-11-02T09:00:00.000Z";
let folder: string;
let store: Embedded;
let ask: (path: string, rights: Rights) => Promise<{ status: number; body: Record<string, unknown> }>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "knockoff-api-"));
  store = await openEmbedded(folder);
  const ledger = createLedger(store.db);
  const book = createScanBook(store.db);
  for (const [brand, key, score] of [
    ["northwind", "a", 0.9],
    ["northwind", "b", 0.7],
    ["tern", "c", 0.8],
  ] as const) {
    const judged = { ...assessment("impersonation", score), brand };
    await ledger.append(
      findingId(brand, "aptoide", key),
      brand,
      0,
      [
        { at: AT, by: "scan", kind: "seen", listing: listing({ key }), evidence: [] },
        { at: AT, by: "scan", kind: "assessed", assessment: judged },
      ],
      [],
    );
  }
  await book.putScan({ scan: "2026-11-02", startedAt: AT, brands: ["northwind", "tern"], sources: ["aptoide"] });
  const sources = registry.map(({ about }) => ({ about, can: [] }));
  ask = async (path, rights) => {
    const answer = await createApi({ ledger, book, sources, rightsOf: () => rights }).request(path);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const ALL: Rights = { all: true };
const TERN: Rights = { all: false, brands: ["tern"] };
const keysOf = (body: Record<string, unknown>) =>
  (body.findings as { listing: { key: string } }[]).map((finding) => finding.listing.key);

describe("the rights a claim gives", () => {
  it.each([
    [["knockoff:tern", "staff"], { all: false, brands: ["tern"] }],
    ["[knockoff:tern knockoff:northwind]", { all: false, brands: ["tern", "northwind"] }],
    ["knockoff:tern,knockoff:tern", { all: false, brands: ["tern"] }],
    ["staff knockoff:*", { all: true }],
    ["knockoff:", { all: false, brands: [] }],
    ["*", { all: false, brands: [] }],
    [undefined, { all: false, brands: [] }],
    [{ knockoff: "*" }, { all: false, brands: [] }],
  ])("%j", (claim, rights) => {
    expect(rightsOf(claim)).toEqual(rights);
  });
});

describe("the API", () => {
  it("lists findings by score, page after page", async () => {
    const first = await ask("/findings?limit=2", ALL);
    expect(keysOf(first.body)).toEqual(["a", "c"]);
    const second = await ask(`/findings?limit=2&cursor=${first.body.cursor}`, ALL);
    expect(keysOf(second.body)).toEqual(["b"]);
    expect(second.body.cursor).toBeNull();
  });

  it("shows one bank nothing of another's", async () => {
    expect(keysOf((await ask("/findings", TERN)).body)).toEqual(["c"]);
    expect((await ask("/findings?brand=northwind", TERN)).status).toBe(403);
    expect((await ask(`/findings/${findingId("northwind", "aptoide", "a")}`, TERN)).status).toBe(404);
    expect((await ask(`/findings/${findingId("tern", "aptoide", "c")}`, TERN)).status).toBe(200);
    expect((await ask("/scans", TERN)).body).toMatchObject({ scans: [{ scan: "2026-11-02", brands: ["tern"] }] });
  });

  it("asks which bank is meant where several may be read", async () => {
    const both: Rights = { all: false, brands: ["tern", "northwind"] };
    expect(await ask("/findings", both)).toMatchObject({ status: 400, body: { code: "brand-missing" } });
    expect(keysOf((await ask("/findings?brand=northwind", both)).body)).toEqual(["a", "b"]);
  });

  it.each(["/findings", "/scans", "/coverage", "/sources", "/health", "/anything"])(
    "gives nothing of %s to one who has no rights",
    async (path) => {
      expect(await ask(path, { all: false, brands: [] })).toMatchObject({ status: 403, body: { code: "no-rights" } });
    },
  );

  it.each([
    ["/findings?limit=0", 400, "bad-query"],
    ["/findings?limit=1e9", 400, "bad-query"],
    ["/findings?minScore=2", 400, "bad-query"],
    ["/findings?verdict=guilty", 400, "bad-query"],
    ["/findings?since=yesterday", 400, "bad-query"],
    ["/findings?cursor=xyz", 400, "bad-cursor"],
    ["/findings?since=%2B010000-01-01", 400, "bad-query"],
    ["/findings?since=99999", 400, "bad-query"],
    [`/findings?brand=${"b".repeat(3_000)}`, 400, "bad-query"],
    ["/findings/f-none", 404, "no-finding"],
    [`/findings/f-${"x".repeat(3_000)}`, 404, "no-finding"],
    ["/coverage?scan=", 404, "no-scan"],
    [`/coverage?scan=${"2".repeat(2_000)}`, 404, "no-scan"],
    ["/coverage?scan=2026-11-02%23aptoide", 404, "no-scan"],
    ["/coverage?scan=1999-01-01", 404, "no-scan"],
    ["/nowhere", 404, "no-route"],
  ])("answers %s with a problem that says what to do", async (path, status, code) => {
    const answer = await ask(path, ALL);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(answer.body.hint).toMatch(/\w/);
  });

  it("filters", async () => {
    const keys = async (query: string) => keysOf((await ask(`/findings?${query}`, ALL)).body);
    expect(await keys("minScore=0.75")).toEqual(["a", "c"]);
    expect(await keys("verdict=official,suspicious")).toEqual([]);
    expect(await keys("stage=new&liveness=live&source=aptoide")).toEqual(["a", "c", "b"]);
    expect(await keys("since=2026-11-03")).toEqual([]);
  });

  it("tells of every source, and how the last scan stands", async () => {
    expect((await ask("/sources", ALL)).body.sources).toHaveLength(registry.length);
    expect((await ask("/health", ALL)).body).toMatchObject({ latest: { scan: "2026-11-02", finishedAt: null } });
  });
});
