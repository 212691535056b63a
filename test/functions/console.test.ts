import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN_HEADER } from "../../functions/front-door.ts";
import { type BankLogin, deployment } from "../../infra/deployment.ts";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { findingId } from "../../lib/domain/finding/finding.ts";
import type { Ledger } from "../../lib/domain/finding/ledger.ts";
import { awsSettings } from "../../lib/platform/aws/environment.ts";
import { openCloudDb } from "../../lib/platform/dynamo/cloud.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { createS3Locker } from "../../lib/platform/locker/s3.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";
import { deployedOf } from "../support/aws/deployed.ts";
import { throughGateway } from "../support/aws/gateway.ts";
import { type Browser, openBrowser } from "../support/browser.ts";
import { type Issuer, startIssuer } from "../support/issuer.ts";
import { assessment, listing } from "../support/samples.ts";
import { layerIsBuilt, synthesize } from "../support/synth.ts";

/** The console as the cloud runs it: bundled, told what its template tells it, behind the gateway, with a login on this machine. */

const ADDRESS = "https://knockoff.northwind.example";
const AT = "2026-11-02T09:00:00.000Z";
const ID = findingId("northwind", "aptoide", "1");
/** A picture of one pixel. */
const PIXEL = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

let cloud: Cloud;
let issuer: Issuer;
let ledger: Ledger;
let given: Record<string, string>;
let browser: Browser;
let icon: string;

/** What the template tells, with what stands on this machine in the place of what stands in an account. */
function localised(): Record<string, string> {
  const login = { ...(deployment.login as BankLogin), clientHasSecret: true };
  const { functions } = deployedOf(synthesize({ ...deployment, address: ADDRESS, login }));
  const told = [...functions.values()].find(({ name }) => name === "console")?.environment ?? {};
  const local = Object.entries(told).map(([name, value]) => {
    return [name, /_(TABLE|BUCKET)$/.test(name) ? cloud.local(value) : value];
  });
  return { ...Object.fromEntries(local), KNOCKOFF_LOGIN_ISSUER: issuer.url };
}

async function seed(): Promise<void> {
  const locker = createS3Locker(awsSettings(process.env), cloud.local("Evidence"));
  icon = (await locker.put(PIXEL, { kind: "icon", mediaType: "image/png", at: AT })).sha256;
  for (const brand of ["northwind", "tern"]) {
    const head = { at: AT, by: "scan" };
    const events: CaseEvent[] = [
      { ...head, kind: "seen", listing: listing({ name: `Rewards of ${brand}` }), icon, evidence: [icon] },
      { ...head, kind: "assessed", assessment: { ...assessment("impersonation"), brand } },
    ];
    await ledger.append(findingId(brand, "aptoide", "1"), brand, 0, events, []);
  }
}

describe.runIf(layerIsBuilt())("the console in the cloud", () => {
  beforeAll(async () => {
    [cloud, issuer] = [await openCloud(), await startIssuer()];
    given = localised();
    issuer.secret = "s3cret";
    issuer.user = { sub: "1", email: "ada@bank.example", groups: ["knockoff:northwind:analyst"] };
    ledger = createLedger(openCloudDb(awsSettings(process.env), cloud.local("Ledger")));
    await seed();
    browser = openBrowser(ADDRESS, (request) => throughGateway(cloud, "console", given, request));
  });

  afterAll(async () => {
    await cloud.stop();
    await issuer.stop();
  });

  it("shows a stranger the way in, and nothing of what is inside", async () => {
    const { status, body } = await browser.get("/queue");
    expect(status).toBe(401);
    expect(body).toContain('href="/sign-in');
    expect(body).not.toContain("Rewards");
    expect((await browser.get(`/findings/${ID}`)).status).toBe(401);
    expect((await browser.get(`/findings/${ID}/icons/${icon}.png`)).status).toBe(401);
  });

  it("lets nobody in with a token that a program would bring", async () => {
    const authorization = `Bearer ${await issuer.tokenFor(issuer.user)}`;
    const request = new Request(`${ADDRESS}/queue`, { headers: { authorization } });
    expect((await throughGateway(cloud, "console", given, request)).status).toBe(401);
  });

  it("lets nobody in while the secret of its client was not put in, and tells nobody why", async () => {
    const secret = given.KNOCKOFF_LOGIN_SECRET ?? "";
    cloud.aws.secrets.set(secret, "{}");
    const { status, body } = await browser.get("/sign-in");
    expect([status, browser.cookies.size]).toEqual([403, 0]);
    expect(body).not.toMatch(/secret|invalid_client/);
    cloud.aws.secrets.set(secret, JSON.stringify({ clientSecret: "s3cret" }));
  });

  it("lets somebody sign in, and shows them their bank's queue", async () => {
    const { status, trail, body, headers } = await browser.get("/sign-in?to=%2Fqueue");
    expect([status, trail.at(-1)]).toEqual([200, `${ADDRESS}/queue`]);
    expect(body).toContain("Rewards of northwind");
    expect(body).not.toContain("Rewards of tern");
    expect(body).toContain("ada@bank.example");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  });

  it("gives the browser what its pages name, for ever", async () => {
    const { body } = await browser.get("/queue");
    const paths = [...body.matchAll(/"(\/static\/[^"]+)"/g)].map(([, path]) => path ?? "");
    expect(paths.length).toBeGreaterThan(1);
    for (const path of paths) {
      const { status, headers } = await browser.get(path);
      expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
    }
  });

  it("draws icons anew from the evidence", async () => {
    const request = new Request(`${ADDRESS}/findings/${ID}/icons/${icon}.png`, { headers: { cookie: cookies() } });
    const answer = await throughGateway(cloud, "console", given, request);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
    const drawn = Buffer.from(await answer.arrayBuffer());
    expect(drawn.subarray(1, 4).toString()).toBe("PNG");
    expect(drawn.equals(PIXEL)).toBe(false);
  });

  it("writes down a decision with the name of whoever made it", async () => {
    const form = { version: "1", disposition: "impersonation", reason: "It asks for card numbers." };
    const { status, body } = await browser.post(`/findings/${ID}/decide`, form);
    expect(status).toBe(200);
    expect(body).toContain("It asks for card numbers.");
    expect(await ledger.read(ID)).toMatchObject({ stage: "confirmed", disposition: { value: "impersonation" } });
    const [last] = (await ledger.history(ID)).flatMap(({ events }) => events).slice(-1);
    expect(last).toMatchObject({ kind: "decided", by: "ada@bank.example" });
  });

  it.each([
    ["another site", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, 403],
    ["the gateway's own name", { origin: "https://a1b2c3.execute-api.eu-central-1.example" }, 403],
    ["where people open it, in a browser that says no more", { origin: ADDRESS }, 200],
  ] as [string, Record<string, string>, number][])("takes a form from %s or not", async (_, headers, status) => {
    const form = { text: "Seen again." };
    expect((await browser.post(`/findings/${ID}/note`, form, headers)).status).toBe(status);
  });

  it("shows nothing of another bank's case, and has no API", async () => {
    expect((await browser.get(`/findings/${findingId("tern", "aptoide", "1")}`)).status).toBe(404);
    expect((await browser.get("/api/findings")).status).toBe(404);
  });

  it("answers nobody who went around the front, where there is one", async () => {
    const behind = { ...given, KNOCKOFF_ORIGIN_SECRET: "s3cret" };
    const ask = (headers: Record<string, string>) =>
      throughGateway(cloud, "console", behind, new Request(`${ADDRESS}/queue`, { headers }));
    expect((await ask({ cookie: cookies() })).status).toBe(403);
    expect((await ask({ cookie: cookies(), [ORIGIN_HEADER]: "s3cret" })).status).toBe(200);
  });

  it("lets them sign out, here and at the provider", async () => {
    const { headers } = await browser.post("/sign-out");
    expect(headers.get("refresh")).toContain(`${issuer.url}/logout?`);
    expect(headers.get("refresh")).toContain(encodeURIComponent(`${ADDRESS}/signed-out`));
    expect((await browser.get("/queue")).status).toBe(401);
    expect((await browser.get("/signed-out")).status).toBe(200);
  });
});

function cookies(): string {
  return [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join("; ");
}
