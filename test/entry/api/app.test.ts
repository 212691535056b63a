import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import type { Person } from "../../../lib/entry/access/rights.ts";
import { createApi } from "../../../lib/entry/api/app.ts";
import { registry } from "../../../lib/sources/registry.ts";
import { type Asking, AT, openSite, type Site, somebody } from "./site.ts";

let site: Site;
let first: Finding;

const ALL: Person = { name: "group", rights: { all: "admin", brands: {} } };
const TERN = somebody("tess", "viewer", "tern");
const BOTH = somebody("bo", "viewer", "tern", "northwind");

beforeAll(async () => {
  site = await openSite();
  first = await site.finding("northwind", { key: "a" }, 0.9);
  await site.finding("northwind", { key: "b" }, 0.7);
  await site.finding("tern", { key: "c" }, 0.8);
  const scan = { scan: "2026-11-02", startedAt: AT, brands: ["northwind", "tern"], sources: ["aptoide"], told: "d-1" };
  await site.ports.book.putScan(scan);
});

afterAll(() => site.close());

const keysOf = (body: Record<string, unknown>) =>
  (body.findings as { listing: { key: string } }[]).map((finding) => finding.listing.key);
const keys = async (query: string, person = ALL) => keysOf((await site.ask(person, `/findings?${query}`)).body);

describe("a list of findings", () => {
  it("comes by score, page after page", async () => {
    const page = await site.ask(ALL, "/findings?limit=2");
    expect(keysOf(page.body)).toEqual(["a", "c"]);
    const second = await site.ask(ALL, `/findings?limit=2&cursor=${page.body.cursor}`);
    expect(keysOf(second.body)).toEqual(["b"]);
    expect(second.body.cursor).toBeNull();
  });

  it("has what the asker may read, all of it where no brand is named", async () => {
    expect(await keys("", TERN)).toEqual(["c"]);
    expect(await keys("", BOTH)).toEqual(["a", "c", "b"]);
    expect(await keys("brand=northwind", BOTH)).toEqual(["a", "b"]);
    expect(await keys("brand=northwind,tern", BOTH)).toEqual(["a", "c", "b"]);
    expect(await site.ask(TERN, "/findings?brand=tern,northwind")).toMatchObject({ status: 404 });
  });

  it.each([
    ["minScore=0.75", ["a", "c"]],
    ["verdict=official,suspicious", []],
    ["verdict=official,impersonation", ["a", "c", "b"]],
    ["stage=new&liveness=live&source=aptoide", ["a", "c", "b"]],
    ["stage=takedown,closed", []],
    ["source=google-play", []],
    ["since=2026-11-03", []],
    ["since=2026-11-02T10:00:00%2B01:00", ["a", "c", "b"]],
    ["since=2026-11-02T10:00:00.001%2B01:00", []],
    ["assignee=anna", []],
  ])("is filtered by %s", async (query, expected) => {
    expect(await keys(query)).toEqual(expected);
  });

  it("leaves out what is set aside, through all its pages", async () => {
    const own = await openSite();
    const cases = [];
    for (const key of ["one", "two", "three"]) cases.push(await own.finding("northwind", { key }, 0.5));
    const anna = somebody("anna", "analyst", "northwind");
    const snooze = { kind: "snoozed", until: "2026-11-03", reason: "the store answers tomorrow" };
    expect((await own.act(anna, cases[1] as Finding, snooze)).status).toBe(200);
    const page = await own.ask(anna, "/findings?awake=true&limit=1");
    own.now = "2026-11-02T09:01:00.000Z";
    const rest = await own.ask(anna, `/findings?awake=true&limit=1&cursor=${page.body.cursor}`);
    expect([...keysOf(page.body), ...keysOf(rest.body)].sort()).toEqual(["one", "three"]);
    own.now = "2026-11-03T00:00:00.000Z";
    expect(keysOf((await own.ask(anna, "/findings?awake=true")).body)).toHaveLength(3);
    await own.close();
  });

  it("shows a case by its assignee", async () => {
    const anna = somebody("anna", "analyst", "northwind", "tern");
    const held = await site.finding("tern", { key: "held" }, 0.1);
    await site.act(anna, held, { kind: "assigned", to: "anna" });
    expect(await keys("assignee=anna")).toEqual(["held"]);
  });

  it("has rows without long texts", async () => {
    const wordy = await site.finding("tern", { key: "wordy", description: "d".repeat(9_000) }, 0.05);
    const { text } = await site.ask(TERN, "/findings");
    expect(text).not.toContain("ddd");
    expect((await site.ask(TERN, `/findings/${wordy.id}`)).text).toContain("d".repeat(9_000));
  });
});

describe("a finding", () => {
  it("has its version as ETag, its history, and what is kept of it", async () => {
    const { headers, body } = await site.ask(ALL, `/findings/${first.id}`);
    expect(headers.get("etag")).toBe('"1"');
    expect(body).toMatchObject({ finding: { id: first.id, version: 1 }, history: [{ version: 1 }], omitted: 0 });
    expect((await site.ask(ALL, `/findings/${first.id}/evidence`)).body).toMatchObject({ evidence: [], omitted: 0 });
  });

  it("names the question that a store was asked only to those who may read every brand", async () => {
    const { locker, ledger } = site.ports;
    const origin = "https://ws75.aptoide.example/api/search?query=tern+savings#top";
    const put = (kind: "response" | "icon") =>
      locker.put(Buffer.from(kind), { kind, mediaType: "x/y", origin, at: AT });
    const evidence = [(await put("response")).sha256, (await put("icon")).sha256];
    const finding = await site.finding("northwind", { key: "asked" }, 0.01);
    const seen = { at: AT, by: "scan", kind: "seen" as const, listing: finding.listing, evidence };
    await ledger.append(finding.id, "northwind", 1, [seen], []);
    const origins = async (person: Person) => {
      const { body } = await site.ask(person, `/findings/${finding.id}/evidence`);
      return (body.evidence as { origin?: string }[]).map((one) => one.origin);
    };
    expect(await origins(ALL)).toEqual([origin, origin]);
    expect(await origins(BOTH)).toEqual(["https://ws75.aptoide.example/api/search", origin]);
  });

  it("gives its evidence as bytes that no browser shows in place, and nobody else's", async () => {
    const { locker, ledger } = site.ports;
    const page = Buffer.from("<script>alert(1)</script>");
    const about = { kind: "response" as const, mediaType: "text/html", at: AT };
    const own = await locker.put(page, about);
    const others = await locker.put(Buffer.from("of another"), about);
    const finding = await site.finding("northwind");
    const seen = { at: AT, by: "scan", kind: "seen" as const, listing: finding.listing, evidence: [own.sha256] };
    await ledger.append(finding.id, "northwind", 1, [seen], []);
    const { body } = await site.ask(ALL, `/findings/${finding.id}/evidence`);
    expect(body.evidence).toEqual([{ ...about, sha256: own.sha256, bytes: page.length }]);
    const bytes = await site.ask(ALL, `/findings/${finding.id}/evidence/${own.sha256}`);
    expect(bytes.text).toBe(page.toString());
    expect(Object.fromEntries(bytes.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename="${own.sha256}"`,
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    expect(await site.ask(ALL, `/findings/${finding.id}/evidence/${others.sha256}`)).toMatchObject({ status: 404 });
  });
});

describe("what the scans did", () => {
  it("is told of every source, and of the last scan", async () => {
    expect((await site.ask(ALL, "/sources")).body.sources).toHaveLength(registry.length);
    expect((await site.ask(ALL, "/health")).body).toMatchObject({ latest: { scan: "2026-11-02", finishedAt: null } });
    expect((await site.ask(TERN, "/scans")).body.scans).toEqual([
      { scan: "2026-11-02", startedAt: AT, finishedAt: null, brands: ["tern"], sources: ["aptoide"] },
    ]);
  });
});

describe("a campaign", () => {
  it("goes by any of its members, and is outlined in the list", async () => {
    const shared = { developer: { name: "Fast Apps", key: "one-maker" } };
    const members = [await site.finding("tern", shared, 0.6), await site.finding("tern", shared, 0.65)];
    const [a, b] = await Promise.all(members.map(({ id }) => site.ask(TERN, `/campaigns/${id}`)));
    expect(a?.body).toEqual(b?.body);
    const { campaigns } = (await site.ask(TERN, "/campaigns")).body;
    const ties = [{ kind: "developer", value: "aptoide:one-maker", size: 2 }];
    expect(campaigns).toMatchObject([{ brands: ["tern"], size: 2, live: 2, topScore: 0.65, ties }]);
  });
});

describe("what nobody can be given", () => {
  const write = (path: string, body: unknown, headers?: Record<string, string>): [string, Asking] => [
    path,
    { method: "POST", body, headers },
  ];
  const anyone = { "if-match": "*" };
  const events = "/findings/f-000000000000/events";
  const note = { kind: "noted", text: "x" };

  it.each<[string, Asking, number, string]>([
    ["/findings?limit=0", {}, 400, "bad-query"],
    ["/findings?limit=1e9", {}, 400, "bad-query"],
    ["/findings?limit=501", {}, 400, "bad-query"],
    ["/findings?minScore=2", {}, 400, "bad-query"],
    ["/findings?verdict=guilty", {}, 400, "bad-query"],
    ["/findings?since=yesterday", {}, 400, "bad-query"],
    ["/findings?cursor=xyz", {}, 400, "bad-cursor"],
    ["/findings?since=%2B010000-01-01", {}, 400, "bad-query"],
    ["/findings?since=9999-12-31T23:59:59-14:00", {}, 400, "bad-query"],
    ["/findings?since=99999", {}, 400, "bad-query"],
    [`/findings?brand=${"b".repeat(3_000)}`, {}, 400, "bad-query"],
    ["/findings?brand=__proto__", {}, 400, "bad-query"],
    ["/findings?brand=a&brand=b", {}, 400, "bad-query"],
    ["/findings/f-none", {}, 404, "no-finding"],
    [`/findings/f-${"x".repeat(3_000)}`, {}, 404, "no-finding"],
    ["/findings/%2e%2e%2f", {}, 404, "no-finding"],
    ["/findings/f-000000000000/evidence/..%2f..%2fsecret", {}, 404, "no-finding"],
    ["/campaigns/f-none", {}, 404, "no-campaign"],
    ["/brands/__proto__", {}, 404, "no-brand"],
    ["/brands/unheard-of", {}, 404, "no-brand"],
    ["/coverage?scan=", {}, 404, "no-scan"],
    [`/coverage?scan=${"2".repeat(2_000)}`, {}, 404, "no-scan"],
    ["/coverage?scan=2026-11-02%23aptoide", {}, 404, "no-scan"],
    ["/coverage?scan=1999-01-01", {}, 404, "no-scan"],
    ["/nowhere", {}, 404, "no-route"],
    ["/findings", { method: "DELETE" }, 404, "no-route"],
    [...write("/delegations/d-none/end", undefined), 404, "no-delegation"],
    [...write("/handovers/h-none/sign-off", undefined), 404, "no-handover"],
    [...write(events, note, anyone), 404, "no-finding"],
    [...write(events, note), 428, "if-match-missing"],
    [...write(events, note, { "if-match": "3" }), 400, "bad-if-match"],
    [...write(events, note, { "if-match": 'W/"3"' }), 400, "bad-if-match"],
    [...write(events, note, { "if-match": '"1", "2"' }), 400, "bad-if-match"],
    [...write(events, "{", anyone), 400, "malformed-json"],
    [...write(events, "", anyone), 400, "malformed-json"],
    [...write(events, "[".repeat(100_000), anyone), 400, "malformed-json"],
    [...write(events, `${"[".repeat(100_000)}${"]".repeat(100_000)}`, anyone), 400, "bad-body"],
    [...write(events, { kind: "forgotten" }, anyone), 400, "bad-body"],
    [...write(events, { ...note, by: "somebody else" }, anyone), 400, "bad-body"],
    [...write(events, { kind: "noted", text: "x".repeat(10_001) }, anyone), 400, "bad-body"],
    [...write(events, { kind: "noted", text: "x".repeat(300_000) }, anyone), 413, "too-large"],
    [...write(events, note, { ...anyone, "content-type": "text/plain" }), 415, "media-type"],
    [
      ...write(events, "kind=noted", { ...anyone, "content-type": "application/x-www-form-urlencoded" }),
      415,
      "media-type",
    ],
    [...write("/delegations/d-none/end", undefined, { "content-type": "text/plain" }), 415, "media-type"],
    [...write(events, note, { ...anyone, "idempotency-key": "k".repeat(201) }), 400, "bad-idempotency-key"],
    [...write(events, note, { ...anyone, "idempotency-key": "" }), 400, "bad-idempotency-key"],
    [...write("/decisions", { ids: [], disposition: "unrelated", reason: "x" }), 400, "bad-body"],
    [
      ...write("/decisions", { ids: [{ id: "f-1" }, { id: "f-1" }], disposition: "unrelated", reason: "x" }),
      400,
      "bad-body",
    ],
    [
      ...write("/decisions", {
        ids: Array.from({ length: 201 }, (_, id) => ({ id: String(id) })),
        disposition: "unrelated",
        reason: "x",
      }),
      400,
      "bad-body",
    ],
    [...write("/delegations", { to: " ", brands: ["tern"], until: "2026-11-20", reason: "x" }), 422, "nobody"],
    [...write("/delegations", { to: "group", brands: ["tern"], until: "2026-11-20", reason: "x" }), 422, "to-self"],
    [...write("/delegations", { to: "eve", brands: [], until: "2026-11-20", reason: "x" }), 422, "no-brands"],
    [...write("/delegations", { to: "eve", brands: ["tern"], until: "2026-11-01", reason: "x" }), 422, "bad-day"],
    [...write("/delegations", { to: "eve", brands: ["tern"], until: "2026-11-20", reason: " " }), 422, "no-reason"],
    [...write("/handovers", { text: " ", brands: ["tern"] }), 422, "no-text"],
  ])("is refused with a problem that says what to do: %s", async (path, asking, status, code) => {
    const answer = await site.ask(ALL, path, asking);
    expect({ path: path.slice(0, 60), status: answer.status, code: answer.body.code }).toEqual({
      path: path.slice(0, 60),
      status,
      code,
    });
    expect(answer.body).toMatchObject({ type: "about:blank", status, title: expect.stringMatching(/\w/) });
    expect(answer.body.hint).toMatch(/\w/);
    expect(answer.text.length).toBeLessThan(5_000);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });

  it.each<[object, number, string]>([
    [{ kind: "decided", disposition: "unrelated", reason: "  " }, 422, "no-reason"],
    [{ kind: "decided", disposition: "unrelated", reason: "x", expires: "2026-12-01" }, 422, "bad-expiry"],
    [{ kind: "decided", disposition: "authorised", reason: "x", expires: "2026-11-01" }, 422, "bad-expiry"],
    [{ kind: "noted", text: "\n" }, 422, "no-text"],
    [{ kind: "snoozed", until: "2026-11-03", reason: "" }, 422, "no-reason"],
    [{ kind: "snoozed", until: "2027-11-03", reason: "x" }, 422, "bad-day"],
    [{ kind: "snoozed", until: "2026-11-01", reason: "x" }, 422, "bad-day"],
    [{ kind: "reopened", reason: "x" }, 422, "not-decided"],
    [{ kind: "attempted", recipient: "aptoide", channel: "form", state: "sent" }, 422, "not-confirmed"],
  ])("is refused by the case: %j", async (event, status, code) => {
    const answer = await site.act(ALL, first, event);
    expect(answer).toMatchObject({ status, body: { status, code } });
    expect((await site.ask(ALL, `/findings/${first.id}`)).body.finding).toMatchObject({ version: 1 });
  });

  it("is a step that does not follow, a closed case set aside, or a request that only one person stands behind", async () => {
    const strict = await openSite({ policy: async () => ({ fourEyes: true }) });
    const otto = somebody("otto", "officer", "northwind");
    const request = { kind: "attempted", recipient: "aptoide", channel: "form" };
    let finding = await strict.finding("northwind");
    const act = async (event: object) => {
      const answer = await strict.act(otto, finding, event);
      if (answer.status === 200) finding = answer.body.finding as Finding;
      return answer;
    };
    await act({ kind: "decided", disposition: "impersonation", reason: "a fake" });
    expect(await act({ ...request, state: "done" })).toMatchObject({ status: 422, body: { code: "not-next" } });
    expect(await act({ ...request, state: "sent" })).toMatchObject({ status: 422, body: { code: "not-drafted" } });
    await act({ ...request, state: "drafted" });
    const same = await act({ ...request, state: "sent" });
    expect(same).toMatchObject({ status: 422, body: { code: "same-person" } });
    expect(same.body.hint).toBe("otto drafted it; somebody else sends it.");
    await act({ kind: "decided", disposition: "duplicate", reason: "the same upload" });
    const late = await act({ kind: "snoozed", until: "2026-11-03", reason: "x" });
    expect(late).toMatchObject({ status: 422, body: { code: "not-open" } });
    await strict.close();
  });
});

describe("an API that a host mounts", () => {
  it("keeps its problems and names its address", async () => {
    const host = new Hono().route(
      "/api",
      createApi(site.ports, async () => ALL),
    );
    const lost = await host.request("/api/nowhere");
    expect([lost.status, lost.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
    expect((await host.request("/api/findings?cursor=xyz")).status).toBe(400);
    expect(await (await host.request("/api/openapi.json")).json()).toMatchObject({ servers: [{ url: "/api" }] });
  });

  it("throws what nobody foresaw, for the host to log", async () => {
    const broken = { ...site.ports, brands: () => Promise.reject(new Error("the bucket is gone")) };
    const host = createApi(broken, async () => ALL);
    await expect(host.request("/brands")).rejects.toThrow("the bucket is gone");
  });
});
