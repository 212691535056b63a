import { spawnSync } from "node:child_process";
import { App } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { checkDeployment, unready } from "../../infra/check-deployment.ts";
import { type Deployment, deployment } from "../../infra/deployment.ts";
import { makeStacks } from "../../infra/stacks.ts";
import { DEPLOYMENTS } from "../support/synth.ts";

const login = { issuer: "https://login.northwind.example", audience: "knockoff", clientId: "console" };
const { schedule, evidence, rights, edge } = deployment;
const domain = { name: "knockoff.northwind.example", certificateArn: "arn:x:acm:us-east-1:1:certificate/1" };

describe("a deployment", () => {
  it.each(Object.entries(DEPLOYMENTS))("can be made: %s", (_, wanted) => {
    expect(checkDeployment(wanted)).toEqual([]);
  });

  it.each<[string, Partial<Deployment>]>([
    ["name", { name: "1st bank" }],
    ["account", { account: "12" }],
    ["region", { region: "Frankfurt" }],
    ["schedule.hour", { schedule: { ...schedule, hour: 24 } }],
    ["schedule.minute", { schedule: { ...schedule, minute: 1.5 } }],
    ["schedule.timeZone", { schedule: { ...schedule, timeZone: "Mars/Olympus" } }],
    ["sourcesAtOnce", { sourcesAtOnce: 0 }],
    ["evidence.days", { evidence: { ...evidence, days: 0 } }],
    ["monthlyBudgetUsd", { monthlyBudgetUsd: Number.NaN }],
    ["login.issuer", { login: { ...login, issuer: "http://login.northwind.example" } }],
    ["login", { region: "cn-north-1", login: "cognito" }],
    ["edge.cloudFront", { region: "cn-north-1", edge: { cloudFront: true, firewall: false, domain } }],
    ["edge.firewall", { edge: { cloudFront: false, firewall: true } }],
    ["edge.domain", { edge: { ...edge, domain } }],
    ["edge.domain", { edge: { ...edge, cloudFront: true } }],
    ["edge.domain.certificateArn", { edge: { ...edge, cloudFront: true, domain: { ...domain, certificateArn: "x" } } }],
    ["login.audience", { login: { ...login, audience: "" } }],
    ["login.clientId", { login: { ...login, clientId: "" } }],
    ["login.scopes", { login: { ...login, scopes: "profile api://knockoff/use" } }],
    ["address", { address: "http://knockoff.northwind.example" }],
    ["address", { address: "https://knockoff.northwind.example/" }],
    ["address", { address: "https://other.northwind.example", edge: { ...edge, cloudFront: true, domain } }],
    ["name", { name: "KnockoffOnAws", login: "cognito" }],
    ["rights.claim", { rights: { ...rights, claim: "" } }],
    ["logDays", { logDays: 200 as 180 }],
    ["region", { region: "eu-centrl-1" }],
    ["proxy", { proxy: "proxy" }],
    ["proxy", { proxy: "http://user:secret@proxy.northwind.example" }],
    ["rights.scope", { rights: { ...rights, scope: "" } }],
    ["rights.scope", { rights: { ...rights, scope: "read" }, login: "cognito" }],
    ["mail.digest", { mail: { findings: [], digest: ["nobody"], operations: [] } }],
  ])("with a wrong %s says so", (where, change) => {
    const problems = checkDeployment({ ...deployment, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${where.replace(".", "\\.")}: `));
    expect(problems[0]).not.toContain("secret");
  });

  it("is not half made: all problems at once, before any stack", () => {
    const app = new App();
    expect(() => makeStacks(app, { ...deployment, region: "", sourcesAtOnce: 99 })).toThrow(
      /region: [\s\S]*sourcesAtOnce: /,
    );
    expect(app.node.children.filter(({ node }) => node.id.startsWith(deployment.name))).toEqual([]);
  });
});

describe("a deployment that somebody means to make", () => {
  it("is refused while it is as shipped, and told what to fill in", () => {
    expect(unready(deployment).map((problem) => problem.split(":")[0])).toEqual(["login.issuer", "mail.operations"]);
  });

  it("is refused by the program that cdk runs as soon as there is an account", () => {
    const env = { ...process.env, CDK_DEFAULT_ACCOUNT: "123456789012" };
    const app = spawnSync(process.execPath, ["--import", "tsx", "infra/app.ts"], { encoding: "utf8", env });
    expect(app.status).toBe(1);
    expect(app.stderr).toMatch(/login\.issuer: [\s\S]*mail\.operations: /);
  });

  it("is ready with a login of its own and somebody to tell", () => {
    const mail = { ...deployment.mail, operations: ["ops@northwind.example"] };
    expect(unready({ ...deployment, mail, login: "cognito" })).toEqual([]);
    expect(unready({ ...deployment, mail, login: { ...login, issuer: "https://login.northwind.bank" } })).toEqual([]);
  });
});
