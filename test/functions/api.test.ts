import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ORIGIN_HEADER } from "../../functions/front-door.ts";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { findingId } from "../../lib/domain/finding/finding.ts";
import { awsSettings } from "../../lib/platform/aws/environment.ts";
import { openCloudDb } from "../../lib/platform/dynamo/cloud.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { type Cloud, openCloud } from "../support/aws/cloud.ts";
import { assessment, listing } from "../support/samples.ts";

const AT = "2026-11-02T09:00:00.000Z";
let cloud: Cloud;
let given: Record<string, string>;

beforeAll(async () => {
  cloud = await openCloud();
  given = { KNOCKOFF_TABLE: cloud.local("Ledger"), KNOCKOFF_BRANDS_CLAIM: "cognito:groups" };
  const ledger = createLedger(openCloudDb(awsSettings(process.env), cloud.local("Ledger")));
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

afterAll(() => cloud.stop());

/** What the gateway hands on of a call whose token it found good; arrays in claims come as text. */
function event(path: string, claims: Record<string, string> | undefined, headers: Record<string, string> = {}): object {
  const [rawPath, rawQueryString = ""] = path.split("?");
  const http = { method: "GET", path: rawPath, protocol: "HTTP/1.1", sourceIp: "203.0.113.9", userAgent: "test" };
  const authorizer = claims === undefined ? undefined : { jwt: { claims, scopes: ["knockoff/read"] } };
  const requestContext = { http, authorizer, stage: "$default", domainName: "api.northwind.example" };
  return {
    version: "2.0",
    rawPath,
    rawQueryString,
    headers: { host: "api.northwind.example", ...headers },
    requestContext,
  };
}

async function ask(sent: object, environment = given) {
  const answer = await cloud.call<{ statusCode: number; body?: string }>("api", sent, { environment });
  return { status: answer.statusCode, body: answer.body ? JSON.parse(answer.body) : undefined };
}

describe("the API behind its gateway", () => {
  it("shows a bank its own findings, by the claim the deployment names", async () => {
    const { status, body } = await ask(event("/findings", { "cognito:groups": "[knockoff:tern staff]" }));
    expect(status).toBe(200);
    expect(body.findings.map(({ brand }: { brand: string }) => brand)).toEqual(["tern"]);
  });

  it("reads no other claim, and nothing without a token", async () => {
    expect(await ask(event("/findings", { groups: "knockoff:*" }))).toMatchObject({ status: 403 });
    expect(await ask(event("/findings", undefined))).toMatchObject({ status: 403 });
  });

  it("knows every source without carrying its adapter", async () => {
    const { body } = await ask(event("/sources", { "cognito:groups": "knockoff:*" }));
    expect(body.sources.map(({ id }: { id: string }) => id)).toContain("google-play");
  });

  it("answers nobody who went around the front, where there is one", async () => {
    const behind = { ...given, KNOCKOFF_ORIGIN_SECRET: "s3cret" };
    const claims = { "cognito:groups": "knockoff:*" };
    expect(await ask(event("/findings", claims), behind)).toEqual({ status: 403, body: undefined });
    expect(await ask(event("/findings", claims, { [ORIGIN_HEADER]: "s3cret" }), behind)).toMatchObject({ status: 200 });
  });
});
