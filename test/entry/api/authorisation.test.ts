import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ZodType } from "zod";
import type { Finding } from "../../../lib/domain/finding/finding.ts";
import { type Person, ROLES, type Role } from "../../../lib/entry/access/rights.ts";
import { plusMs } from "../../../lib/kernel/time.ts";
import { type Answer, type Asking, AT, openSite, type Site, somebody } from "./site.ts";

let site: Site;

beforeAll(async () => {
  site = await openSite();
  await site.ports.book.putScan({
    scan: "2026-11-02",
    startedAt: AT,
    brands: ["northwind", "tern"],
    sources: ["aptoide"],
  });
  await site.finding("northwind", { developer: { name: "Fast Apps", key: "shared" } });
  await site.finding("tern", { developer: { name: "Fast Apps", key: "shared" } });
});

afterAll(() => site.close());

/** What stands behind the calls of one cell: the brand's own finding, with evidence and relatives, and its papers. */
interface World {
  brand: string;
  finding: Finding;
  evidence: string;
  delegation: string;
  handover: string;
}

interface Row {
  /** As the contract has it. */
  route: string;
  what?: string;
  /** The least role that gets an answer. */
  least: Role;
  /** Lists leave the other bank out; a thing of the other bank is not there. */
  other: "left out" | "not there";
  call(world: World): { path: string } & Asking;
}

function get(route: string, other: Row["other"], path: (world: World) => string): Row {
  return { route: `get ${route}`, least: "viewer", other, call: (world) => ({ path: path(world) }) };
}

function post(route: string, least: Role, path: (world: World) => string, body?: (world: World) => unknown): Row {
  const call = (world: World) => ({ path: path(world), method: "POST", body: body?.(world) });
  return { route: `post ${route}`, least, other: "not there", call };
}

function event(least: Role, body: { kind: string } & Record<string, unknown>): Row {
  const row = post(
    "/findings/{id}/events",
    least,
    ({ finding }) => `/findings/${finding.id}/events`,
    () => body,
  );
  const what = [body.kind, body.disposition ?? body.state].filter(Boolean).join(" ");
  return { ...row, what, call: (world) => ({ ...row.call(world), headers: { "if-match": "*" } }) };
}

const SOON = "2026-11-20";

const MATRIX: Row[] = [
  get("/findings", "left out", () => "/findings"),
  { ...get("/findings", "not there", ({ brand }) => `/findings?brand=${brand}`), what: "by brand" },
  get("/findings/{id}", "not there", ({ finding }) => `/findings/${finding.id}`),
  get("/findings/{id}/related", "not there", ({ finding }) => `/findings/${finding.id}/related`),
  get("/findings/{id}/campaign", "not there", ({ finding }) => `/findings/${finding.id}/campaign`),
  get("/findings/{id}/evidence", "not there", ({ finding }) => `/findings/${finding.id}/evidence`),
  get(
    "/findings/{id}/evidence/{sha256}",
    "not there",
    ({ finding, evidence }) => `/findings/${finding.id}/evidence/${evidence}`,
  ),
  event("analyst", { kind: "decided", disposition: "unrelated", reason: "a game" }),
  event("officer", { kind: "decided", disposition: "authorised", reason: "our partner" }),
  event("analyst", { kind: "assigned", to: "anna" }),
  event("analyst", { kind: "noted", text: "asked the product team" }),
  event("analyst", { kind: "snoozed", until: SOON, reason: "the store answers on Friday" }),
  event("analyst", { kind: "reopened", reason: "it is ours after all" }),
  event("analyst", { kind: "attempted", recipient: "aptoide", channel: "form", state: "drafted" }),
  event("officer", { kind: "attempted", recipient: "aptoide", channel: "form", state: "sent" }),
  {
    ...post(
      "/decisions",
      "analyst",
      () => "/decisions",
      ({ finding }) => ({ ids: [{ id: finding.id }], disposition: "duplicate", reason: "the same upload" }),
    ),
    other: "left out",
  },
  get("/campaigns", "left out", () => "/campaigns"),
  { ...get("/campaigns", "not there", ({ brand }) => `/campaigns?brand=${brand}`), what: "by brand" },
  get("/campaigns/{id}", "not there", ({ finding }) => `/campaigns/${finding.id}`),
  get("/brands", "left out", () => "/brands"),
  get("/brands/{id}", "not there", ({ brand }) => `/brands/${brand}`),
  get("/sources", "left out", () => "/sources"),
  get("/scans", "left out", () => "/scans"),
  get("/coverage", "left out", () => "/coverage?scan=2026-11-02"),
  get("/health", "left out", () => "/health"),
  get("/metrics", "left out", () => "/metrics"),
  { ...get("/metrics", "not there", ({ brand }) => `/metrics?brand=${brand}`), what: "by brand" },
  get("/me", "left out", () => "/me"),
  get("/delegations", "left out", () => "/delegations"),
  post(
    "/delegations",
    "officer",
    () => "/delegations",
    ({ brand }) => ({ to: "anna", brands: [brand], until: SOON, reason: "leave" }),
  ),
  post("/delegations/{id}/end", "admin", ({ delegation }) => `/delegations/${delegation}/end`),
  get("/handovers", "left out", () => "/handovers"),
  post(
    "/handovers",
    "analyst",
    () => "/handovers",
    ({ brand }) => ({ text: "two requests are out", brands: [brand] }),
  ),
  post("/handovers/{id}/sign-off", "analyst", ({ handover }) => `/handovers/${handover}/sign-off`),
];

const NEEDS_CONFIRMED = ["reopened", "attempted drafted", "attempted sent"];

/** Someone of each role, and for the northwind bank only. */
const PEOPLE: [Role | "nobody" | "a stranger", Person | undefined][] = [
  ["nobody", undefined],
  ["a stranger", { name: "stranger", rights: { brands: {} } }],
  ...ROLES.map((role): [Role, Person] => [role, somebody(`the ${role}`, role, "northwind")]),
];

let makers = 0;

async function worldOf(row: Row, brand: string): Promise<World> {
  const { ledger, locker, desk } = site.ports;
  const kept = await locker.put(Buffer.from(`page of ${brand}`), {
    kind: "response",
    mediaType: "text/html",
    at: AT,
  });
  makers += 1;
  const listed = { developer: { name: "Fast Apps", key: `maker ${makers}` } };
  await site.finding(brand, listed);
  let finding = await site.finding(brand, listed);
  const seen = { at: AT, by: "scan", kind: "seen" as const, listing: finding.listing, evidence: [kept.sha256] };
  const decided = {
    at: AT,
    by: "eve",
    kind: "decided" as const,
    disposition: "impersonation" as const,
    reason: "a fake",
  };
  const events = NEEDS_CONFIRMED.includes(row.what ?? "") ? [seen, decided] : [seen];
  const appended = await ledger.append(finding.id, brand, finding.version, events, []);
  if (appended.ok) finding = appended.value;
  const name = `of ${finding.id}`;
  const lent = { id: `d-${name}`, from: "ola", to: "eve", brands: [brand], at: AT, until: `${SOON}T00:00:00.000Z` };
  await desk.addDelegation({ ...lent, reason: "leave" });
  const standing = { undecided: 1, overdue: 0, approvals: 0, notSearched: [], many: false };
  await desk.addHandover({ id: `h-${name}`, at: AT, by: "eve", text: "all is well", brands: [brand], standing });
  const [delegation, handover] = [lent.id, `h-${name}`].map(encodeURIComponent) as [string, string];
  return { brand, finding, evidence: kept.sha256, delegation, handover };
}

async function tried(row: Row, person: Person | undefined, brand: string): Promise<Answer> {
  const { path, ...asking } = row.call(await worldOf(row, brand));
  return site.ask(person, path, asking);
}

function atLeast(role: string, least: Role): boolean {
  return ROLES.indexOf(role as Role) >= ROLES.indexOf(least);
}

describe.each(MATRIX.map((row) => [[row.route, row.what].filter(Boolean).join(": "), row] as const))("%s", (_, row) => {
  it.each(PEOPLE)("answers %s about their own brand as the role allows", async (role, person) => {
    const { status, body } = await tried(row, person, "northwind");
    if (role === "nobody") expect({ status, code: body.code }).toEqual({ status: 401, code: "not-signed-in" });
    else if (role === "a stranger") expect({ status, code: body.code }).toEqual({ status: 403, code: "no-rights" });
    else if (atLeast(role, row.least)) expect(status).toBe(200);
    else expect({ status, code: body.code }).toEqual({ status: 403, code: "role-missing" });
  });

  it.each(PEOPLE)("tells %s nothing of another bank", async (role, person) => {
    const { status, body, text } = await tried(row, person, "tern");
    expect(text).not.toMatch(/tern/i);
    if (role === "nobody") expect(status).toBe(401);
    else if (role === "a stranger") expect(status).toBe(403);
    else if (row.other === "not there") expect({ status, code: body.code }).toEqual({ status: 404, code: codeOf(row) });
    else expect(status).toBe(atLeast(role, row.least) ? 200 : 403);
  });

  it("answers as the contract says, and with nothing else", async () => {
    const { headers, body } = await tried(row, somebody("the admin", "admin", "northwind"), "northwind");
    const schema = schemaOf(row.route);
    if (schema === undefined) expect(headers.get("content-type")).toBe("application/octet-stream");
    else expect(schema.parse(body)).toEqual(body);
  });
});

/** Of a thing that is not there; a brand that a list or a body names comes before it. */
function codeOf({ route, what }: Row): string {
  if (what === "by brand" || route === "post /delegations" || route === "post /handovers") return "no-brand";
  const noun = /\/(\w+?)s?(\/|$)/.exec(route)?.[1];
  return `no-${noun}`;
}

function schemaOf(route: string): ZodType | undefined {
  for (const definition of site.app.openAPIRegistry.definitions) {
    if (definition.type !== "route" || `${definition.route.method} ${definition.route.path}` !== route) continue;
    const given = definition.route.responses[200] as { content: Record<string, { schema: ZodType }> };
    return given.content["application/json"]?.schema;
  }
  throw new Error(`the contract has no ${route}`);
}

describe("the matrix", () => {
  it("has every route of the contract, and no other", async () => {
    const { body } = await site.ask(somebody("vera", "viewer", "northwind"), "/openapi.json");
    const routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(new Set(MATRIX.map(({ route }) => route))).toEqual(new Set(routes));
  });
});

describe("what ties findings of two banks", () => {
  const both = somebody("group", "viewer", "northwind", "tern");
  const own = somebody("vera", "viewer", "northwind");

  it("shows and counts only those that may be read", async () => {
    const shared = { developer: { name: "Fast Apps", key: "two-banks" } };
    const finding = await site.finding("northwind", shared);
    for (let i = 0; i < 25; i += 1) await site.finding("tern", shared);
    const ask = async (person: Person) => (await site.ask(person, `/findings/${finding.id}/related`)).body;
    expect(await ask(own)).toMatchObject({ related: [], more: 0 });
    const told = await ask(both);
    expect(told.related).toHaveLength(20);
    expect(told.more).toBe(5);
    expect((await site.ask(own, `/findings/${finding.id}/campaign`)).body.campaign).toBeNull();
    expect((await site.ask(own, `/campaigns/${finding.id}`)).status).toBe(404);
    expect((await site.ask(both, `/campaigns/${finding.id}`)).body).toMatchObject({ campaign: { omitted: 0 } });
  });

  it("names a source's blindness only to those whose brand it is blind to", async () => {
    const part = { source: "aptoide", planned: 4, done: 4, listings: 9, dropped: 0, truncated: 0 };
    const rest = { outcome: "partial" as const, canary: "found" as const, failures: [], overBudget: 0 };
    await site.ports.book.putPart("2026-11-02", { ...part, ...rest, blind: ["tern"] });
    const ask = async (person: Person) => (await site.ask(person, "/coverage?scan=2026-11-02")).body.coverage;
    expect(await ask(own)).toMatchObject([{ outcome: "complete", blind: [] }]);
    expect(await ask(both)).toMatchObject([{ outcome: "partial", blind: ["tern"] }]);
  });
});

describe("a lent right", () => {
  const anna = somebody("anna", "analyst", "northwind");
  const authorised = { kind: "decided", disposition: "authorised", reason: "our partner" };

  it("lets an analyst authorise in the officer's stead, and the record says so", async () => {
    const finding = await site.finding("northwind");
    const to = somebody("lin", "analyst", "northwind");
    const refused = await site.act(to, finding, authorised);
    expect(refused).toMatchObject({ status: 403, body: { code: "role-missing" } });
    expect(refused.body.hint).toBe(
      "This needs the role officer for northwind, or that an officer lends theirs; you have analyst.",
    );
    const loan = { to: "lin", brands: ["northwind"], until: SOON, reason: "leave" };
    const officer = somebody("otto", "officer", "northwind");
    expect((await site.ask(officer, "/delegations", { method: "POST", body: loan })).status).toBe(200);
    expect((await site.ask(to, "/me")).body).toMatchObject({ name: "lin", delegations: [{ from: "otto", to: "lin" }] });
    expect((await site.act(to, finding, authorised)).status).toBe(200);
    const { body } = await site.ask(to, `/findings/${finding.id}`);
    expect(body.history).toMatchObject([{}, { events: [{ by: "lin", onBehalfOf: "otto" }] }]);
  });

  it("ends when the lender signs in with less, and every reader is told", async () => {
    const finding = await site.finding("northwind");
    const zed = somebody("zed", "analyst", "northwind");
    const pia = (role: Role, brand: string) => somebody("pia", role, brand);
    const loan = { to: "zed", brands: ["northwind"], until: SOON, reason: "leave" };
    const lent = await site.ask(pia("officer", "northwind"), "/delegations", { method: "POST", body: loan });
    const { id } = lent.body.delegation as { id: string };
    const lenderMay = async () => {
      const { delegations } = (await site.ask(somebody("al", "admin", "northwind"), "/delegations")).body;
      return (delegations as { id: string; lenderMay: boolean }[]).find((one) => one.id === id)?.lenderMay;
    };
    expect(await lenderMay()).toBe(true);
    site.now = plusMs(AT, 1_000);
    expect((await site.ask({ name: "pia", rights: { brands: {} } }, "/findings")).status).toBe(403);
    expect(await lenderMay()).toBe(false);
    expect((await site.ask(zed, "/me")).body.delegations).toMatchObject([{ id, lenderMay: false }]);
    expect((await site.act(zed, finding, authorised)).status).toBe(403);
    site.now = plusMs(AT, 2_000);
    await site.ask(pia("officer", "northwind"), "/me");
    expect(await lenderMay()).toBe(true);
    expect((await site.act(zed, finding, authorised)).status).toBe(200);
    site.now = plusMs(AT, 3_000);
    await site.ask(pia("officer", "tern"), "/me");
    expect(await lenderMay()).toBe(false);
    site.now = AT;
  });

  it("is not hidden by what another bank lends", async () => {
    const own = await openSite();
    const post = (person: Person, to: string, brand: string) =>
      own.ask(person, "/delegations", { method: "POST", body: { to, brands: [brand], until: SOON, reason: to } });
    const { id } = (await post(somebody("pia", "officer", "northwind"), "zed", "northwind")).body.delegation as {
      id: string;
    };
    for (let n = 0; n < 20; n += 1)
      expect((await post(somebody("tom", "officer", "tern"), `t${n}`, "tern")).status).toBe(200);
    const more = await post(somebody("tom", "officer", "tern"), "t20", "tern");
    expect(more).toMatchObject({ status: 422, body: { code: "too-many" } });
    const { delegations } = (await own.ask(somebody("vera", "viewer", "northwind"), "/delegations")).body;
    expect(delegations).toMatchObject([{ id, lenderMay: true }]);
    expect(JSON.stringify(delegations)).not.toContain('lender"');
    await own.close();
  });

  it("cannot be lent on", async () => {
    const lin = somebody("lin", "analyst", "northwind");
    const loan = { to: "anna", brands: ["northwind"], until: SOON, reason: "leave" };
    expect((await site.ask(lin, "/delegations", { method: "POST", body: loan })).status).toBe(403);
  });

  it("is given back by the borrower, and by nobody whom it does not concern", async () => {
    const loan = { to: "anna", brands: ["northwind"], until: SOON, reason: "leave" };
    const officer = somebody("otto", "officer", "northwind");
    const lent = await site.ask(officer, "/delegations", { method: "POST", body: loan });
    const { id } = lent.body.delegation as { id: string };
    const end = (person: Person) => site.ask(person, `/delegations/${id}/end`, { method: "POST" });
    expect(await end(somebody("lin", "officer", "northwind"))).toMatchObject({ status: 403 });
    expect(await end(anna)).toMatchObject({ status: 200, body: { delegation: { ended: { by: "anna" } } } });
    expect(await end(officer)).toMatchObject({ status: 200, body: { delegation: { ended: { by: "anna" } } } });
  });
});
