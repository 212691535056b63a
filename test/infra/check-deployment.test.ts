import { App } from "aws-cdk-lib";
import { describe, expect, it } from "vitest";
import { checkDeployment } from "../../infra/check-deployment.ts";
import { type Deployment, deployment } from "../../infra/deployment.ts";
import { makeStacks } from "../../infra/stacks.ts";
import { DEPLOYMENTS } from "../support/synth.ts";

const { schedule, evidence, rights, edge } = deployment;

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
    ["login.issuer", { login: { issuer: "http://login.northwind.example", audience: "x" } }],
    ["login", { region: "cn-north-1", login: "cognito" }],
    ["edge.cloudFront", { region: "cn-north-1", edge: { cloudFront: true, firewall: false } }],
    ["edge.firewall", { edge: { cloudFront: false, firewall: true } }],
    ["edge.domain", { edge: { ...edge, domain: { name: "a.example", certificateArn: "x" } } }],
    ["proxy", { proxy: "proxy" }],
    ["proxy", { proxy: "http://user:secret@proxy.northwind.example" }],
    ["rights.scope", { rights: { ...rights, scope: "read" } }],
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
