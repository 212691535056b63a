import { Hono } from "hono";
import type { JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Person } from "../../../lib/entry/access/rights.ts";
import { bearerPerson, type TokenRules } from "../../../lib/entry/access/token.ts";
import { systemClock } from "../../../lib/entry/system-clock.ts";
import { instantOf } from "../../../lib/kernel/time.ts";
import { type Issuer, type Mischief, startIssuer } from "../../support/issuer.ts";

let issuer: Issuer;
let rules: TokenRules;

beforeAll(async () => {
  issuer = await startIssuer();
  rules = { issuer: issuer.url, audience: issuer.audience, claim: "groups", scope: "knockoff/use" };
});

afterAll(() => issuer.stop());

const ADA = { sub: "1", email: "ada@bank.example", groups: ["knockoff:northwind:officer", "staff"] };

async function personOf(authorization: string | undefined, over: Partial<TokenRules> = {}, clock = systemClock) {
  const app = new Hono();
  const who = bearerPerson({ ...rules, ...over }, clock);
  app.get("/", async (c) => c.json({ person: (await who(c)) ?? null }));
  const answer = await app.request("/", { headers: authorization === undefined ? {} : { authorization } });
  return ((await answer.json()) as { person: Person | null }).person;
}

async function personWith(claims: JWTPayload, over: Partial<TokenRules> = {}) {
  return personOf(`Bearer ${await issuer.tokenFor(claims)}`, over);
}

describe("a bearer of a token", () => {
  it("is who the token says, with the rights its groups give", async () => {
    expect(await personWith(ADA)).toEqual({
      name: "ada@bank.example",
      rights: { brands: { northwind: "officer" } },
    });
  });

  it.each<Mischief>([
    "wrong audience",
    "wrong issuer",
    "expired",
    "no expiry",
    "alg none",
    "HS256 with the public key",
    "another's key",
    "no scope",
    "opaque",
  ])("is nobody with a token of this kind: %s", async (mischief) => {
    expect(await personOf(`Bearer ${await issuer.tokenFor(ADA, mischief)}`)).toBeNull();
  });

  it.each([undefined, "", "Bearer", "Bearer ", "Bearer a b", "Basic YTpi", "Token x"])(
    "is nobody with %j",
    async (header) => {
      expect(await personOf(header)).toBeNull();
    },
  );

  it("is nobody once the token is over, but for clocks that differ by half a minute", async () => {
    const token = await issuer.tokenFor({ ...ADA, exp: 2_000_000_000 });
    const at = (seconds: number) => () => instantOf(seconds * 1_000);
    expect(await personOf(`Bearer ${token}`, {}, at(2_000_000_029))).not.toBeNull();
    expect(await personOf(`Bearer ${token}`, {}, at(2_000_000_031))).toBeNull();
  });

  it.each<[string, JWTPayload]>([
    ["ada@bank.example", { email: "ada@bank.example", preferred_username: "ada", sub: "1" }],
    ["ada@bank.example", { email: "ada@bank.example", email_verified: true, sub: "1" }],
    ["ada", { email: "boss@bank.example", email_verified: false, preferred_username: "ada", sub: "1" }],
    ["ada", { email: "boss@bank.example", email_verified: "false", preferred_username: "ada", sub: "1" }],
    ["a.lovelace", { username: "a.lovelace", sub: "1" }],
    ["1", { email: "", preferred_username: 7, username: " ada", sub: "1" }],
    ["1", { preferred_username: "ada\u202e", sub: "1" }],
    ["1", { preferred_username: "x".repeat(201), sub: "1" }],
    ["1", { preferred_username: "scan", sub: "1" }],
    ["1", { preferred_username: "SCAN", sub: "1" }],
    ["1", { preferred_username: "ada\u200b", sub: "1" }],
    ["1", { preferred_username: "ada  lovelace", sub: "1" }],
    ["1", { preferred_username: "Jose\u0301", sub: "1" }],
    ["1", { preferred_username: "boss@bank.example", sub: "1" }],
    ["1", { preferred_username: "boss\uff20bank.example", sub: "1" }],
    ["1", { email: "boss@bank.example", email_verified: false, preferred_username: "boss@bank.example", sub: "1" }],
    ["ada@bank.example", { email: "ada@bank.example", preferred_username: "ada@bank.example", sub: "1" }],
  ])("is called %j", async (name, claims) => {
    expect((await personWith(claims))?.name).toBe(name);
  });

  it("is nobody without a name", async () => {
    expect(await personWith({ sub: "" })).toBeNull();
  });

  it.each<[string, JWTPayload, boolean]>([
    ["one of several audiences", { aud: ["other", "knockoff"] }, true],
    ["Cognito's client where there is no audience", { aud: undefined, client_id: "knockoff" }, true],
    ["a client beside another audience", { aud: "other", client_id: "knockoff" }, false],
    ["scopes as Entra writes them", { scope: undefined, scp: "openid knockoff/use" }, true],
    ["scopes as Okta writes them", { scope: undefined, scp: ["knockoff/use"] }, true],
    ["a longer scope", { scope: "knockoff/useless" }, false],
    ["Cognito's ID token", { token_use: "id" }, false],
    ["Cognito's access token", { token_use: "access" }, true],
  ])("with %s", async (_, claims, good) => {
    expect((await personWith({ ...ADA, ...claims })) !== null).toBe(good);
  });

  it("needs no scope where none is asked for, and has rights by the claim that is named", async () => {
    const claims = { ...ADA, scope: "openid", "cognito:groups": ["knockoff:*"] };
    const person = await personWith(claims, { scope: undefined, claim: "cognito:groups" });
    expect(person?.rights).toEqual({ all: "viewer", brands: {} });
  });
});

describe("the provider", () => {
  it("is asked for its description and its keys once, however many come", async () => {
    const own = await startIssuer();
    const header = `Bearer ${await own.tokenFor(ADA)}`;
    const all = await Promise.all(Array.from({ length: 20 }, () => personOf(header, { issuer: own.url })));
    expect(all.every((person) => person !== null)).toBe(true);
    expect(own.asked.sort()).toEqual(["/.well-known/openid-configuration", "/keys"]);
    await own.stop();
  });

  it.each([
    ["that cannot be reached", (url: string) => url.replace(/\d+$/, "1")],
    ["that speaks for another issuer", (url: string) => url.replace("127.0.0.1", "localhost")],
    ["that is not asked over TLS", () => "http://login.bank.example"],
  ])("%s is a failure and no refusal", async (_, issuerOf) => {
    const token = await issuer.tokenFor(ADA);
    const app = new Hono();
    app.onError((error, c) => c.text(error.name, 503));
    const who = bearerPerson({ ...rules, issuer: issuerOf(issuer.url) }, systemClock);
    app.get("/", async (c) => c.json({ person: await who(c) }));
    const answer = await app.request("/", { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, await answer.text()]).toEqual([503, "ProviderUnreachable"]);
  });
});
