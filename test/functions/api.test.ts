import type { JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN_HEADER } from "../../functions/front-door.ts";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { findingId } from "../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../lib/domain/finding/ledger.ts";
import { awsSettings } from "../../lib/platform/aws/environment.ts";
import { openCloudDb } from "../../lib/platform/dynamo/cloud.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";
import { throughGateway } from "../support/aws/gateway.ts";
import { type Issuer, type Mischief, startIssuer } from "../support/issuer.ts";
import { assessment, listing } from "../support/samples.ts";

const AT = "2026-11-02T09:00:00.000Z";
let cloud: Cloud;
let issuer: Issuer;
let ledger: Ledger;
let given: Record<string, string>;

beforeAll(async () => {
  [cloud, issuer] = [await openCloud(), await startIssuer()];
  given = {
    KNOCKOFF_TABLE: cloud.local("Ledger"),
    KNOCKOFF_EVIDENCE_BUCKET: cloud.local("Evidence"),
    KNOCKOFF_CONFIG_BUCKET: cloud.local("Config"),
    KNOCKOFF_LOGIN_ISSUER: issuer.url,
    KNOCKOFF_LOGIN_AUDIENCE: issuer.audience,
    KNOCKOFF_LOGIN_CLAIM: "cognito:groups",
    KNOCKOFF_LOGIN_SCOPE: "knockoff/use",
  };
  ledger = createLedger(openCloudDb(awsSettings(process.env), cloud.local("Ledger")));
  for (const brand of ["northwind", "tern"]) {
    const judged = { ...assessment("impersonation"), brand };
    const head = { at: AT, by: "scan" };
    const events: CaseEvent[] = [
      { ...head, kind: "seen", listing: listing(), evidence: [] },
      { ...head, kind: "assessed", assessment: judged },
    ];
    await ledger.append(findingId(brand, "aptoide", "1"), brand, 0, events, []);
  }
});

afterAll(async () => {
  await cloud.stop();
  await issuer.stop();
});

const ANALYST = { sub: "1", email: "ada@bank.example", "cognito:groups": ["knockoff:tern:analyst", "staff"] };
const TERN = findingId("tern", "aptoide", "1");
const NORTHWIND = findingId("northwind", "aptoide", "1");

interface Asked {
  claims?: JWTPayload;
  mischief?: Mischief;
  headers?: Record<string, string>;
  body?: object;
  environment?: Record<string, string>;
}

async function ask(path: string, { claims, mischief, headers = {}, body, environment = given }: Asked = {}) {
  const token: Record<string, string> =
    claims === undefined ? {} : { authorization: `Bearer ${await issuer.tokenFor(claims, mischief)}` };
  const request = new Request(new URL(path, "https://knockoff.bank.example"), {
    headers: { ...token, ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = await throughGateway(cloud, "api", environment, request);
  const text = await answer.text();
  return { status: answer.status, etag: answer.headers.get("etag"), body: text === "" ? undefined : JSON.parse(text) };
}

describe("the API behind its gateway", () => {
  it("shows a bank its own findings, by the claim the deployment names", async () => {
    const { status, body } = await ask("/api/findings", { claims: ANALYST });
    expect(status).toBe(200);
    expect(body.findings.map(({ brand }: { brand: string }) => brand)).toEqual(["tern"]);
  });

  it("says who somebody is here", async () => {
    const { body } = await ask("/api/me", { claims: ANALYST });
    expect(body).toMatchObject({ name: "ada@bank.example", roles: { brands: { tern: "analyst" } } });
  });

  it("reads rights from no other claim", async () => {
    expect(await ask("/api/findings", { claims: { sub: "1", groups: ["knockoff:*"] } })).toMatchObject({ status: 403 });
  });

  it("answers nobody without a token, even when the gateway let them through", async () => {
    expect(await ask("/api/findings")).toMatchObject({ status: 401, body: { code: "not-signed-in" } });
  });

  it.each<Mischief>(["wrong audience", "wrong issuer", "expired", "no scope", "another's key", "alg none"])(
    "answers nobody with a token of this kind, even when the gateway let them through: %s",
    async (mischief) => {
      expect(await ask("/api/findings", { claims: ANALYST, mischief })).toMatchObject({ status: 401 });
    },
  );

  it("takes a cookie for no token", async () => {
    const cookie = `__Host-knockoff-session=${await issuer.tokenFor(ANALYST)}`;
    expect(await ask("/api/findings", { headers: { cookie } })).toMatchObject({ status: 401 });
  });

  it("writes a decision with the name of whoever made it, once", async () => {
    const { etag } = await ask(`/api/findings/${TERN}`, { claims: ANALYST });
    const decision = { kind: "decided", disposition: "impersonation", reason: "It asks for card numbers." };
    const headers = { "if-match": etag ?? "", "idempotency-key": "decision-1" };
    const sent = { claims: ANALYST, headers, body: decision };
    const first = await ask(`/api/findings/${TERN}/events`, sent);
    expect(first).toMatchObject({ status: 200, body: { finding: { id: TERN, stage: "confirmed" } } });
    const again = await ask(`/api/findings/${TERN}/events`, sent);
    expect([again.status, again.body]).toEqual([first.status, first.body]);
    const history = await ledger.history(TERN);
    const decided = history.flatMap(({ events }) => events).filter(({ kind }) => kind === "decided");
    expect(decided).toMatchObject([{ by: "ada@bank.example", reason: "It asks for card numbers." }]);
  });

  it.each([
    ["read", `/api/findings/${NORTHWIND}`, undefined],
    ["decide", `/api/findings/${NORTHWIND}/events`, { kind: "decided", disposition: "unrelated", reason: "x" }],
  ])("does not say that there is a case of another bank to %s", async (_, path, body) => {
    const asked = { claims: ANALYST, headers: { "if-match": "*" }, body };
    expect(await ask(path, asked)).toMatchObject({ status: 404, body: { code: "no-finding" } });
    expect((await ledger.read(NORTHWIND))?.stage).toBe("new");
  });

  it("lets a viewer decide nothing", async () => {
    const claims = { ...ANALYST, "cognito:groups": ["knockoff:tern"] };
    const body = { kind: "decided", disposition: "unrelated", reason: "x" };
    const answer = await ask(`/api/findings/${TERN}/events`, { claims, headers: { "if-match": "*" }, body });
    expect(answer).toMatchObject({ status: 403, body: { code: "role-missing" } });
  });

  it("knows every source without carrying its adapter, and no brand while no configuration was accepted", async () => {
    const claims = { ...ANALYST, "cognito:groups": "knockoff:*" };
    const { body } = await ask("/api/sources", { claims });
    expect(body.sources.map(({ id }: { id: string }) => id)).toContain("google-play");
    expect((await ask("/api/brands", { claims })).body.brands).toEqual([]);
  });

  it("says what it can to programs, and has nothing outside of /api", async () => {
    const { body } = await ask("/api/openapi.json", { claims: ANALYST });
    expect(Object.keys(body.paths)).toContain("/findings/{id}/events");
    expect(await ask("/findings", { claims: ANALYST }).catch(() => "no JSON")).toBe("no JSON");
  });

  it("answers nobody who went around the front, where there is one", async () => {
    const environment = { ...given, KNOCKOFF_ORIGIN_SECRET: "s3cret" };
    const asked = { claims: ANALYST, environment };
    expect(await ask("/api/findings", asked)).toMatchObject({ status: 403, body: undefined });
    const headers = { [ORIGIN_HEADER]: "s3cret" };
    expect(await ask("/api/findings", { ...asked, headers })).toMatchObject({ status: 200 });
  });
});
