import { Hono } from "hono";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createOidcGate, type OidcOptions } from "../../../lib/entry/access/oidc-gate.ts";
import type { Person } from "../../../lib/entry/access/rights.ts";
import { systemClock } from "../../../lib/entry/system-clock.ts";
import { type Browser, openBrowser } from "../../support/browser.ts";
import { type Issuer, type Mischief, startIssuer } from "../../support/issuer.ts";

const ADDRESS = "https://knockoff.bank.example";

let issuer: Issuer;
let reports: string[];

beforeAll(async () => {
  issuer = await startIssuer();
});

afterAll(() => issuer.stop());

beforeEach(() => {
  reports = [];
  Object.assign(issuer, {
    mischief: undefined,
    secret: undefined,
    endsSessions: true,
    user: { sub: "1", email: "ada@bank.example", groups: ["knockoff:northwind:analyst"] },
  });
});

/** A site of one page, which says who is there. */
function siteOf(over: Partial<OidcOptions> = {}): Hono {
  const gate = createOidcGate({
    issuer: issuer.url,
    audience: issuer.audience,
    claim: "groups",
    scope: "knockoff/use",
    address: ADDRESS,
    client: { id: issuer.clientId },
    clock: systemClock,
    report: (problem, detail) => reports.push(`${problem}: ${detail}`),
    ...over,
  });
  const site = new Hono();
  gate.mount(site);
  site.get("*", async (c) => c.json({ path: c.req.path, person: (await gate.personOf(c)) ?? null }));
  return site;
}

function browserAt(site: Hono): Browser {
  return openBrowser(ADDRESS, (request) => site.fetch(request));
}

async function whoIs(browser: Browser): Promise<Person | null> {
  return (JSON.parse((await browser.get("/who")).body) as { person: Person | null }).person;
}

describe("somebody with a browser", () => {
  it("is nobody before signing in", async () => {
    expect(await whoIs(browserAt(siteOf()))).toBeNull();
  });

  it("signs in at the provider and comes back to the page they wanted, as who they are", async () => {
    const browser = browserAt(siteOf());
    const visit = await browser.get("/sign-in?to=%2Ffindings%3Fbrand%3Dnorthwind");
    expect(visit.status).toBe(200);
    expect(visit.trail.at(-1)).toBe(`${ADDRESS}/findings?brand=northwind`);
    expect(await whoIs(browser)).toEqual({ name: "ada@bank.example", rights: { brands: { northwind: "analyst" } } });
    expect(reports).toEqual([]);
  });

  it("is sent off with all that protects the way back", async () => {
    const { trail } = await browserAt(siteOf({ parameters: { audience: "knockoff" } })).get("/sign-in");
    const asked = new URL(trail[0] ?? "").searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      response_type: "code",
      client_id: issuer.clientId,
      redirect_uri: `${ADDRESS}/sign-in/callback`,
      scope: "openid knockoff/use",
      code_challenge_method: "S256",
      audience: "knockoff",
    });
    for (const name of ["state", "nonce", "code_challenge"]) expect(asked.get(name)?.length).toBeGreaterThan(40);
  });

  it("holds the session in one cookie that lasts as long as the token, and no sign-in any more", async () => {
    const browser = browserAt(siteOf());
    await browser.get("/sign-in");
    expect([...browser.cookies.keys()]).toEqual(["__Host-knockoff-session"]);
    const { maxAge } = browser.cookies.get("__Host-knockoff-session") ?? {};
    expect(maxAge).toBeGreaterThan(3_590);
    expect(maxAge).toBeLessThanOrEqual(3_600);
  });

  it("holds it for a day at most, however long the token is good", async () => {
    issuer.user = { ...issuer.user, exp: 4_000_000_000 };
    const browser = browserAt(siteOf());
    await browser.get("/sign-in");
    expect(browser.cookies.get("__Host-knockoff-session")?.maxAge).toBe(86_400);
  });

  it("signs in with a secret of the client where the provider gave one", async () => {
    issuer.secret = "s3cret";
    expect((await browserAt(siteOf()).get("/sign-in")).status).toBe(403);
    const browser = browserAt(siteOf({ client: { id: issuer.clientId, secret: async () => "s3cret" } }));
    expect((await browser.get("/sign-in")).status).toBe(200);
    expect(reports).toEqual([expect.stringMatching(/^refused: .*invalid_client/)]);
  });

  it("stays signed in while the provider changes its keys", async () => {
    const own = await startIssuer();
    const browser = openBrowser(ADDRESS, (request) => siteOf({ issuer: own.url }).fetch(request));
    await browser.get("/sign-in");
    await own.rotateKeys();
    expect((await whoIs(browser))?.name).toBe("ada@bank.example");
    await own.stop();
    expect((await whoIs(browser))?.name).toBe("ada@bank.example");
  });

  it("signs out here and at the provider, and comes back to a page that lets nobody in", async () => {
    const browser = browserAt(siteOf());
    await browser.get("/sign-in");
    const { status, headers, body } = await browser.post("/sign-out");
    expect([status, browser.cookies.size]).toEqual([200, 0]);
    const onTo = new URL(headers.get("refresh")?.replace("0; url=", "") ?? "");
    expect(onTo.href.startsWith(`${issuer.url}/logout?`)).toBe(true);
    expect(Object.fromEntries(onTo.searchParams)).toMatchObject({
      client_id: issuer.clientId,
      post_logout_redirect_uri: `${ADDRESS}/signed-out`,
    });
    expect(body).toContain(`href="${onTo.href.replaceAll("&", "&amp;")}"`);
    expect((await browser.get("/signed-out")).body).toContain('href="/sign-in"');
    expect(await whoIs(browser)).toBeNull();
  });

  it("signs out here alone where the provider cannot", async () => {
    const own = await startIssuer();
    own.endsSessions = false;
    const browser = openBrowser(ADDRESS, (request) => siteOf({ issuer: own.url }).fetch(request));
    await browser.get("/sign-in");
    const { headers, body } = await browser.post("/sign-out");
    expect(headers.get("refresh")).toBeNull();
    expect(body).toContain('href="/sign-in"');
    expect(browser.cookies.size).toBe(0);
    await own.stop();
  });

  it.each([
    ["another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["nowhere", {}],
  ])("is not signed out by %s", async (_, headers) => {
    const browser = browserAt(siteOf());
    await browser.get("/sign-in");
    expect((await browser.post("/sign-out", {}, headers as Record<string, string>)).status).toBe(403);
    expect(await whoIs(browser)).not.toBeNull();
  });
});

describe("a way back that is no page of ours", () => {
  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example/",
    "/.//evil.example",
    "/x/..//evil.example",
    "javascript:alert(1)",
    " //evil.example",
    "evil.example",
    "http:evil.example",
    `/${"x".repeat(1_001)}`,
    "",
  ])("%j leads to the first page", async (to) => {
    const { trail } = await browserAt(siteOf()).get(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(trail.at(-1)).toBe(`${ADDRESS}/`);
  });

  it.each([
    ["/queue", "/queue"],
    ["/queue?a=//b&c=%2F", "/queue?a=//b&c=%2F"],
    ["/a/../queue#x", "/queue"],
  ])("%j is one", async (to, path) => {
    const { trail } = await browserAt(siteOf()).get(`/sign-in?to=${encodeURIComponent(to)}`);
    expect(trail.at(-1)).toBe(ADDRESS + path);
  });

  it("is none either when the cookie says so", async () => {
    const browser = browserAt(siteOf());
    const site = siteOf();
    const begun = await site.request(`${ADDRESS}/sign-in`);
    const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const forged = cookie.replace(/to%3D[^&]*$/, `to%3D${encodeURIComponent(encodeURIComponent("//evil.example"))}`);
    expect(forged).not.toBe(cookie);
    const back = await fetch(begun.headers.get("location") ?? "", { redirect: "manual" });
    const done = await site.request(back.headers.get("location") ?? "", { headers: { cookie: forged } });
    expect([done.status, done.headers.get("location")]).toEqual([302, "/"]);
    expect(browser.cookies.size).toBe(0);
  });
});

describe("the way back from the provider", () => {
  it.each([
    ["somebody who set out from here", "same-origin", true],
    ["somebody who typed the address", "none", true],
    ["somebody whom another site sent to sign in", "cross-site", false],
  ])("is marked as their own of %s", async (_, from, marked) => {
    const site = siteOf();
    const begun = await site.request(`${ADDRESS}/sign-in`, { headers: { "sec-fetch-site": from } });
    const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const back = await fetch(begun.headers.get("location") ?? "", { redirect: "manual" });
    const headers = { cookie, "sec-fetch-site": "cross-site" };
    const done = await site.request(back.headers.get("location") ?? "", { headers });
    const set = done.headers.getSetCookie().map((one) => one.split("=")[0]);
    expect(set).toContain("__Host-knockoff-session");
    expect(set.includes("__Host-knockoff-arrival")).toBe(marked);
  });
});

describe("nobody is let in", () => {
  it.each<[Mischief, number, string]>([
    ["denies", 403, "not-let-in"],
    ["asks for a second factor it lacks", 403, "refused"],
    ["answers another state", 400, "stale"],
    ["takes no code twice", 400, "stale"],
    ["wrong audience", 403, "refused"],
    ["wrong issuer", 403, "refused"],
    ["expired", 403, "refused"],
    ["no expiry", 403, "refused"],
    ["alg none", 403, "refused"],
    ["HS256 with the public key", 403, "refused"],
    ["another's key", 403, "refused"],
    ["no scope", 403, "refused"],
    ["opaque", 403, "refused"],
    ["ID token with another nonce", 403, "refused"],
    ["ID token for another client", 403, "refused"],
    ["ID token with another's key", 403, "refused"],
    ["ID token with alg none", 403, "refused"],
    ["no ID token", 403, "refused"],
    ["ID token as access token", 403, "refused"],
  ])("by a provider that does this: %s", async (mischief, status, page) => {
    issuer.mischief = mischief;
    const browser = browserAt(siteOf());
    const visit = await browser.get("/sign-in?to=%2Fqueue");
    expect(visit.status).toBe(status);
    expect(browser.cookies.size).toBe(0);
    expect(await whoIs(browser)).toBeNull();
    expect(reports).toEqual([expect.stringMatching(new RegExp(`^${page}: .+`))]);
  });

  it("by a page that repeats what it was sent", async () => {
    issuer.mischief = "denies";
    const { body, headers } = await browserAt(siteOf()).get("/sign-in");
    expect(body).not.toMatch(/script|access_denied/);
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("by somebody else's way back", async () => {
    const site = siteOf();
    const victim = browserAt(site);
    const attacker = await site.request(`${ADDRESS}/sign-in`);
    const back = await fetch(attacker.headers.get("location") ?? "", { redirect: "manual" });
    const path = back.headers.get("location")?.replace(ADDRESS, "") ?? "";
    expect(path).toMatch(/^\/sign-in\/callback\?state=/);
    expect((await victim.get(path)).status).toBe(400);
    expect(await whoIs(victim)).toBeNull();
  });

  it("by the same way back a second time", async () => {
    const browser = browserAt(siteOf());
    const { trail } = await browser.get("/sign-in");
    const path = trail.find((each) => each.includes("/callback"))?.replace(ADDRESS, "") ?? "";
    const again = await browser.get(path);
    // Already in, they are shown the first page and no error; anybody else is refused.
    expect(again.trail).toEqual([`${ADDRESS}/`]);
    expect((await browserAt(siteOf()).get(path)).status).toBe(400);
  });

  it("while the provider cannot be reached, which the page says", async () => {
    const own = await startIssuer();
    await own.stop();
    const visit = await openBrowser(ADDRESS, (request) => siteOf({ issuer: own.url }).fetch(request)).get("/sign-in");
    expect([visit.status, visit.trail]).toEqual([503, []]);
    expect(reports).toEqual([expect.stringMatching(/^unreachable: .*could not be read/)]);
  });

  it("while the provider cannot be reached after it had been", async () => {
    const own = await startIssuer();
    const browser = openBrowser(ADDRESS, async (request) => {
      if (request.url.includes("/callback")) await own.stop();
      return siteOf({ issuer: own.url }).fetch(request);
    });
    expect((await browser.get("/sign-in")).status).toBe(503);
  });
});

describe("a token that is longer than a cookie", () => {
  const groups = (count: number) => Array.from({ length: count }, (_, at) => `knockoff:brand-${at}:analyst`);

  it("goes over two, and a shorter one later leaves nothing of it", async () => {
    const browser = browserAt(siteOf());
    issuer.user = { ...issuer.user, groups: groups(120) };
    await browser.get("/sign-in");
    expect([...browser.cookies.keys()]).toEqual(["__Host-knockoff-session", "__Host-knockoff-session-2"]);
    expect(Object.keys((await whoIs(browser))?.rights.brands ?? {})).toHaveLength(120);
    issuer.user = { ...issuer.user, groups: groups(1) };
    await browser.get("/sign-in");
    expect([...browser.cookies.keys()]).toEqual(["__Host-knockoff-session"]);
    expect((await whoIs(browser))?.rights.brands).toEqual({ "brand-0": "analyst" });
    issuer.user = { ...issuer.user, groups: groups(120) };
    await browser.get("/sign-in");
    await browser.post("/sign-out");
    expect(browser.cookies.size).toBe(0);
  });

  it("is refused with a page that says what to ask for when it is longer than two", async () => {
    issuer.user = { ...issuer.user, groups: groups(300) };
    const { status, body } = await browserAt(siteOf()).get("/sign-in");
    expect(status).toBe(403);
    expect(body).toContain("only groups that begin with knockoff:");
  });
});
