import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import type { Person } from "../../../lib/entry/access/rights.ts";
import { createApi } from "../../../lib/entry/api/app.ts";
import type { Api, ApiEnv } from "../../../lib/entry/api/env.ts";
import { type Answer, AT, openSite, type Site, somebody } from "./site.ts";

let site: Site;

beforeAll(async () => {
  site = await openSite();
});

afterAll(() => site.close());

const anna = somebody("anna", "analyst", "northwind");
const ben = somebody("ben", "analyst", "northwind");
const otto = somebody("otto", "officer", "northwind");

const decided = (disposition: string, reason = "seen side by side") => ({ kind: "decided", disposition, reason });
const note = (text: string) => ({ kind: "noted", text });
const eventsOf = async (finding: Finding) =>
  (await site.ports.ledger.history(finding.id)).slice(1).flatMap(({ events }) => events);

describe("two analysts on one finding", () => {
  it("are told who was first, when, and with what", async () => {
    const finding = await site.finding("northwind");
    site.now = "2026-11-02T09:12:00.000Z";
    const won = await site.act(anna, finding, decided("impersonation"));
    expect(won).toMatchObject({ status: 200, body: { finding: { version: 2, stage: "confirmed" } } });
    expect(won.headers.get("etag")).toBe('"2"');
    site.now = "2026-11-02T09:13:00.000Z";
    const lost = await site.act(ben, finding, decided("unrelated"));
    expect(lost).toMatchObject({ status: 409, body: { code: "conflict" } });
    expect(lost.body.hint).toBe(
      "Decided impersonation by anna at 09:12 UTC on 2026-11-02. Read it again and act on version 2.",
    );
    const at = "2026-11-02T09:12:00.000Z";
    expect(lost.body.current).toEqual({ version: 2, by: "anna", at, disposition: "impersonation" });
    site.now = AT;
  });

  it("who come at once are one winner and one who is told", async () => {
    const finding = await site.finding("northwind");
    const answers = await Promise.all(
      [anna, ben].map((person) => site.act(person, finding, decided("unrelated", `says ${person.name}`))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [written] = await eventsOf(finding);
    const told = answers.find(({ status }) => status === 409)?.body.current;
    expect(told).toMatchObject({ by: written?.by, version: 2 });
  });

  it("who decide the same are no conflict", async () => {
    const finding = await site.finding("northwind");
    await site.act(anna, finding, decided("unrelated"));
    expect(await site.act(ben, finding, decided("unrelated"))).toMatchObject({ status: 200 });
    expect(await eventsOf(finding)).toMatchObject([{ by: "anna" }]);
  });

  it("hear of a note that came between as of any other change", async () => {
    const finding = await site.finding("northwind");
    await site.act(anna, finding, note("looking at it"));
    const late = await site.act(ben, finding, decided("unrelated"));
    expect(late.body.hint).toMatch(/^Changed by anna at 09:00 UTC/);
    expect(late.body.current).toEqual({ version: 2, by: "anna", at: AT });
  });

  it("may act on whatever stands", async () => {
    const finding = await site.finding("northwind");
    await site.act(anna, finding, note("looking at it"));
    expect(await site.act(ben, finding, decided("unrelated"), { "if-match": "*" })).toMatchObject({ status: 200 });
  });
});

describe("everything one does to a case", () => {
  it("is written with who, when and why", async () => {
    const finding = await site.finding("northwind");
    const deeds = [
      { kind: "assigned", to: "ben" },
      { kind: "snoozed", until: "2026-11-05", reason: "the store answers" },
      note("they did"),
      decided("impersonation"),
      {
        kind: "attempted",
        recipient: "aptoide",
        channel: "form",
        state: "sent",
        reference: "A-1",
        note: "by their form",
      },
      { kind: "reopened", reason: "it may be a partner" },
      { ...decided("authorised"), expires: "2027-01-01" },
      { kind: "assigned" },
    ];
    for (const deed of deeds)
      expect(await site.act(otto, finding, deed, { "if-match": "*" })).toMatchObject({ status: 200 });
    const head = { at: AT, by: "otto" };
    expect(await eventsOf(finding)).toMatchObject([
      { ...head, kind: "assigned", to: "ben" },
      { ...head, kind: "snoozed", until: "2026-11-05T00:00:00.000Z", reason: "the store answers" },
      { ...head, kind: "noted", text: "they did" },
      { ...head, kind: "decided", disposition: "impersonation", reason: "seen side by side" },
      { ...head, kind: "attempted", attempt: { recipient: "aptoide", state: "sent", reference: "A-1" } },
      { ...head, kind: "reopened", reason: "person", note: "it may be a partner" },
      { ...head, kind: "decided", disposition: "authorised", expires: "2027-01-01T00:00:00.000Z" },
      { ...head, kind: "assigned" },
    ]);
  });
});

describe("the same request again", () => {
  const under = (key: string) => ({ "idempotency-key": key });

  it("gets the answer it got, and changes nothing", async () => {
    const finding = await site.finding("northwind");
    const first = await site.act(anna, finding, note("once"), under("note-1"));
    await site.act(ben, finding, note("meanwhile"), { "if-match": "*" });
    const again = await site.act(anna, finding, note("once"), under("note-1"));
    expect(first.headers.has("idempotency-replayed")).toBe(false);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(again.headers.get("content-type")).toBe("application/json");
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    expect(await eventsOf(finding)).toHaveLength(2);
  });

  it("is one for each person", async () => {
    const finding = await site.finding("northwind");
    await site.act(anna, finding, note("mine"), { "if-match": "*", ...under("shared") });
    await site.act(ben, finding, note("mine"), { "if-match": "*", ...under("shared") });
    expect(await eventsOf(finding)).toMatchObject([{ by: "anna" }, { by: "ben" }]);
  });

  it.each<[string, (finding: Finding) => Promise<Answer>]>([
    ["another body", (finding) => site.act(anna, finding, note("other"), under("reused"))],
    ["another version", (finding) => site.act(anna, finding, note("same"), { "if-match": "*", ...under("reused") })],
    [
      "another path",
      (finding) =>
        site.ask(anna, `/findings/${finding.id}/events?x`, {
          method: "POST",
          body: note("same"),
          headers: { "if-match": '"1"', ...under("reused") },
        }),
    ],
  ])("is not one with %s", async (_, ask) => {
    const finding = await site.finding("northwind");
    await site.act(anna, finding, note("same"), under("reused"));
    expect(await ask(finding)).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
  });

  it("is told so while the first is worked on", async () => {
    const finding = await site.finding("northwind");
    const asked = Array.from({ length: 6 }, () => site.act(anna, finding, note("at once"), under("race")));
    for (const { status, body } of await Promise.all(asked))
      if (status !== 200) expect({ status, code: body.code }).toEqual({ status: 409, code: "in-progress" });
    expect(await eventsOf(finding)).toHaveLength(1);
  });

  it("is carried out where the case refused it and by now allows it", async () => {
    const finding = await site.finding("northwind");
    const reopen = { kind: "reopened", reason: "a new hint" };
    const act = () => site.act(anna, finding, reopen, { "if-match": "*", ...under("early") });
    expect(await act()).toMatchObject({ status: 422, body: { code: "not-decided" } });
    await site.act(ben, finding, decided("unrelated"));
    const again = await act();
    expect(again.status).toBe(200);
    expect(again.headers.has("idempotency-replayed")).toBe(false);
  });

  it("is not answered to one who may no longer know of the brand", async () => {
    const finding = await site.finding("northwind");
    const both = somebody("zoe", "analyst", "northwind", "tern");
    expect(await site.act(both, finding, note("once"), under("taken-away"))).toMatchObject({ status: 200 });
    const left = await site.act(somebody("zoe", "analyst", "tern"), finding, note("once"), under("taken-away"));
    expect(left).toMatchObject({ status: 422, body: { code: "idempotency-key-reused" } });
    expect(left.text).not.toContain(finding.id);
    const promoted = { name: "zoe", rights: { brands: { tern: "officer", northwind: "officer" } } } as const;
    const same = await site.act(promoted, finding, note("once"), under("taken-away"));
    expect(same.headers.get("idempotency-replayed")).toBe("true");
  });

  it.each<[string, Person, string]>([
    ["a path that is not there", anna, "/nowhere"],
    ["a path that is only read", anna, "/findings"],
    ["one who may change nothing", somebody("vera", "viewer", "northwind"), "/handovers"],
  ])("is not kept in mind of %s", async (_, person, path) => {
    const desk = { ...site.ports.desk, begin: () => Promise.reject(new Error("it was begun")) };
    const api = createApi({ ...site.ports, desk }, async () => person);
    const headers = { "content-type": "application/json", ...under("unkept") };
    const ask = (app: Api) => app.request(path, { method: "POST", headers, body: "{}" });
    expect((await ask(api)).status).toBeGreaterThanOrEqual(400);
    expect((await ask(new OpenAPIHono<ApiEnv>().route("/", api))).status).toBeGreaterThanOrEqual(400);
  });

  it.each<[string, Person, object]>([
    ["a role was missing", somebody("anna", "viewer", "northwind"), note("now I may")],
    ["it made no sense", anna, { kind: "noted" }],
  ])("is carried out where %s before", async (_, person, event) => {
    const finding = await site.finding("northwind");
    const key = under(`again-${finding.id}`);
    expect((await site.act(person, finding, event, key)).status).toBeGreaterThanOrEqual(400);
    expect(await site.act(anna, finding, note("now I may"), key)).toMatchObject({ status: 200 });
  });

  it("is carried out where the first broke down", async () => {
    const finding = await site.finding("northwind");
    const { policy } = site.ports;
    site.ports.policy = () => Promise.reject(new Error("the bucket is gone"));
    const sent = { kind: "attempted", recipient: "aptoide", channel: "form", state: "sent" };
    await site.act(otto, finding, decided("impersonation"));
    const act = () => site.act(otto, { ...finding, version: 2 }, sent, under("broken"));
    await expect(act()).rejects.toThrow("the bucket is gone");
    site.ports.policy = policy;
    expect(await act()).toMatchObject({ status: 200 });
  });
});

describe("one decision for many findings", () => {
  it("equals a decision for each", async () => {
    const world = async () => {
      const fresh = await site.finding("northwind");
      const stale = await site.finding("northwind");
      await site.act(ben, stale, note("looking at it"));
      const same = await site.finding("northwind");
      await site.act(ben, same, decided("unrelated"));
      return [fresh, stale, same, await site.finding("tern"), { ...fresh, id: "f-000000000000" }];
    };
    const [one, other] = [await world(), await world()];
    const singly = [];
    for (const finding of one) singly.push(await site.act(anna, finding, decided("unrelated")));
    const bulk = await site.ask(anna, "/decisions", {
      method: "POST",
      body: {
        ids: other.map(({ id, version }) => ({ id, version })),
        disposition: "unrelated",
        reason: "seen side by side",
      },
    });
    const results = bulk.body.results as { id: string; status: number; problem?: object; finding?: object }[];
    expect(results.map(({ id }) => id)).toEqual(other.map(({ id }) => id));
    expect(results.map(({ status }) => status)).toEqual([200, 409, 200, 404, 404]);
    expect(results.map(({ status }) => status)).toEqual(singly.map(({ status }) => status));
    expect(results.map(({ problem }) => problem)).toEqual(
      singly.map(({ status, body }) => (status === 200 ? undefined : body)),
    );
    for (const [place, finding] of other.slice(0, 3).entries())
      expect(kindsOf(await eventsOf(finding))).toEqual(kindsOf(await eventsOf(one[place] as Finding)));
  });

  it("to allow needs the officer's right, brand by brand", async () => {
    const mixed: Person = { name: "mia", rights: { brands: { northwind: "officer", tern: "analyst" } } };
    const ids = [await site.finding("northwind"), await site.finding("tern")].map(({ id }) => ({ id }));
    const body = { ids, disposition: "authorised", reason: "our partner" };
    const { results } = (await site.ask(mixed, "/decisions", { method: "POST", body })).body;
    expect(results).toMatchObject([{ status: 200 }, { status: 403, problem: { code: "role-missing" } }]);
  });

  it("takes two hundred", async () => {
    const ids = [];
    for (let i = 0; i < 200; i += 1) ids.push({ id: (await site.finding("northwind")).id, version: 1 });
    const body = { ids, disposition: "unrelated", reason: "games" };
    const { results } = (await site.ask(anna, "/decisions", { method: "POST", body })).body;
    expect(new Set((results as { status: number }[]).map(({ status }) => status))).toEqual(new Set([200]));
  });
});

function kindsOf(events: readonly { kind: string; by: string }[]): string[] {
  return events.map(({ kind, by }) => `${kind} ${by}`);
}

describe("a note to the next shift", () => {
  const post = (person: Person, path: string, body?: object) => site.ask(person, path, { method: "POST", body });

  it("is signed off once, by somebody else", async () => {
    const written = await post(anna, "/handovers", { text: "two requests are out", brands: ["northwind"] });
    const { id } = written.body.handover as { id: string };
    const path = `/handovers/${id}/sign-off`;
    expect(await post(anna, path)).toMatchObject({ status: 422, body: { code: "own-note" } });
    expect(await post(ben, path)).toMatchObject({ status: 200, body: { handover: { signedOff: { by: "ben" } } } });
    expect(await post(ben, path)).toMatchObject({ status: 200 });
    const late = await post(otto, path);
    expect(late).toMatchObject({ status: 409, body: { code: "conflict", current: { by: "ben", at: AT } } });
    expect(late.body.hint).toBe("Signed off by ben at 09:00 UTC on 2026-11-02.");
    const { handovers } = (await site.ask(anna, "/handovers")).body;
    expect(handovers).toMatchObject([{ id, by: "anna", text: "two requests are out", signedOff: { by: "ben" } }]);
  });
});

describe("a case that is full", () => {
  it("says so to whoever writes on it, alone or among others, and still takes what is short", async () => {
    const full = await site.finding("northwind", { description: "x".repeat(380_000) });
    const noted = await site.act(otto, full, { kind: "noted", text: "a word" });
    expect(noted).toMatchObject({ status: 422, body: { code: "case-full", hint: expect.any(String) } });
    const brimful = await site.finding("northwind", { description: "x".repeat(407_000) });
    const body = { ids: [{ id: brimful.id }, { id: full.id }], disposition: "unrelated", reason: "r".repeat(2_000) };
    const headers = { "idempotency-key": "full-cases" };
    const { body: answer } = await site.ask(otto, "/decisions", { method: "POST", body, headers });
    expect(answer.results).toMatchObject([{ status: 422, problem: { code: "case-full" } }, { status: 200 }]);
  });

  it("shows the end of a history that is too long to be given, and how many commits come before", async () => {
    const finding = await site.finding("northwind");
    for (let version = 1; version <= 150; version += 1) {
      const noted = { at: AT, by: "ana", kind: "noted" as const, text: "北".repeat(10_000) };
      await site.ports.ledger.append(finding.id, "northwind", version, [noted], []);
    }
    const { body: whole } = await site.ask(otto, `/findings/${finding.id}`);
    const history = whole.history as { version: number }[];
    expect(history.at(-1)?.version).toBe(151);
    expect(history.length).toBeGreaterThan(120);
    expect(whole.omitted).toBe((history[0]?.version ?? 0) - 1);
    expect(whole.omitted).toBeGreaterThan(10);
  });
});
