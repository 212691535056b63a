import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { ACKNOWLEDGED } from "../../infra/acknowledged.ts";
import { OUTPUTS } from "../../infra/outputs.ts";
import { partitionOf } from "../../infra/partition.ts";
import { RUNBOOK } from "../../infra/watches.ts";
import { DEPLOYMENTS, layerIsBuilt, ofType, type Resource, type Synthesized, synthesize } from "../support/synth.ts";

/** All stacks, made offline for the three partitions and with all that is optional; cdk-nag looks at each as it is made. */

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

describe.runIf(layerIsBuilt()).each(Object.entries(DEPLOYMENTS))("the stacks, %s,", (_, deployment) => {
  let made: Synthesized;
  beforeAll(() => {
    made = synthesize(deployment);
  });

  const all = (...types: string[]): Resource[] => {
    const found = ofType(made, ...types);
    expect(found.length, types.join(", ")).toBeGreaterThan(0);
    return found;
  };
  const text = (value: unknown) => JSON.stringify(value) ?? "";

  it("give every queue a dead-letter queue, unless it is one", () => {
    const lastResorts = text([
      ...all("Scheduler::Schedule").map(
        ({ properties }) => (properties.Target as { DeadLetterConfig: object }).DeadLetterConfig,
      ),
      ...all("SQS::Queue").map(({ properties }) => properties.RedrivePolicy ?? ""),
    ]);
    for (const { id, properties } of all("SQS::Queue")) {
      expect(properties.RedrivePolicy !== undefined || lastResorts.includes(`"${id}"`), id).toBe(true);
    }
  });

  it("give every schedule a dead-letter queue", () => {
    for (const { properties } of all("Scheduler::Schedule"))
      expect(text(properties.Target)).toMatch(/"DeadLetterConfig":\{"Arn":/);
  });

  it("encrypt every table, topic and queue with the bank's own key, and every bucket", () => {
    for (const { properties } of all("SNS::Topic", "SQS::Queue")) expect(properties.KmsMasterKeyId).toBeDefined();
    for (const { properties } of all("DynamoDB::GlobalTable")) {
      expect(properties.SSESpecification).toMatchObject({ SSEEnabled: true, SSEType: "KMS" });
      expect(text(properties.Replicas)).toContain("KMSMasterKeyId");
    }
    for (const { id, properties } of all("S3::Bucket")) {
      const how = /Logs/.test(id) ? "AES256" : "aws:kms";
      expect(text(properties.BucketEncryption), id).toContain(`"SSEAlgorithm":"${how}"`);
    }
    for (const { properties } of all("KMS::Key")) expect(properties.EnableKeyRotation).toBe(true);
  });

  it.each([
    ["S3::Bucket", "S3::BucketPolicy"],
    ["SNS::Topic", "SNS::TopicPolicy"],
    ["SQS::Queue", "SQS::QueuePolicy"],
  ])("let nobody reach a %s by plain HTTP", (type, policy) => {
    const refusals = all(policy)
      .map(({ properties }) => properties)
      .filter((properties) =>
        (properties.PolicyDocument as { Statement: object[] }).Statement.some((statement) =>
          /"aws:SecureTransport":"false"\}.*"Effect":"Deny"/.test(text(statement)),
        ),
      );
    for (const { id } of all(type)) expect(text(refusals), id).toContain(`{"Ref":"${id}"}`);
  });

  it("keep evidence under Object Lock, versioned and out of public reach, like every bucket", () => {
    const [evidence] = all("S3::Bucket").filter(({ id }) => id.startsWith("Evidence"));
    expect(evidence?.properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: {
        Rule: { DefaultRetention: { Mode: deployment.evidence.lock, Days: deployment.evidence.days } },
      },
    });
    for (const { properties } of all("S3::Bucket")) {
      expect(properties.VersioningConfiguration).toEqual({ Status: "Enabled" });
      expect(Object.values(properties.PublicAccessBlockConfiguration as object)).toEqual([true, true, true, true]);
    }
  });

  it("never delete data: what holds it is retained, the ledger protected and kept to the second", () => {
    for (const { id, deletion } of all("S3::Bucket", "DynamoDB::GlobalTable", "KMS::Key"))
      expect(deletion, id).toBe("Retain");
    const [table] = all("DynamoDB::GlobalTable");
    expect(table?.properties.Replicas).toMatchObject([
      {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    ]);
    const credentials = all("SecretsManager::Secret").find(({ id }) => id.startsWith("Credentials"));
    expect(credentials?.deletion).toBe("Retain");
  });

  it("allow no wildcard in IAM but those that are acknowledged with a reason", () => {
    const wild = all("IAM::Policy", "IAM::Role", "IAM::ManagedPolicy")
      .filter(isOurs)
      .flatMap(({ stack, id, properties }) =>
        wildcardsOf(properties).map((one) => `${stack}/${id.replace(/DefaultPolicy.*|[0-9A-F]{8}$/, "")}: ${one}`),
      );
    const allowed = [
      "Scan/DrainRole: …/evidence/*",
      "Scan/DrainRole: …/about/*",
      "Scan/DrainGooglePlayRole: …/evidence/*",
      "Scan/DrainGooglePlayRole: …/about/*",
      "Scan/DrainAppStoreRole: …/evidence/*",
      "Scan/DrainAppStoreRole: …/about/*",
      "Scan/AcceptRole: …/incoming/*",
      "Scan/MachineRole: *",
      "Scan/MachineChildren: …:*",
      "Scan/MachineChildren: …/*:*",
    ];
    expect(new Set(wild)).toEqual(new Set(allowed));
    for (const { reason } of ACKNOWLEDGED) expect(reason).toMatch(/\w{3,}.*\.$/);
  });

  it("let nothing of ours delete an item, and those who fetch read no evidence", () => {
    const statements = all("IAM::Policy")
      .filter(isOurs)
      .map(({ id, properties }) => ({ id, said: text(properties) }));
    for (const { id, said } of statements) expect(said, id).not.toMatch(/DeleteItem|DeleteObject|BypassGovernance/);
    for (const { id, said } of statements) expect(said, id).not.toMatch(/"s3:GetObject"[^}]*\}[^}]*\/evidence\//);
    const api = statements.find(({ id }) => id.startsWith("ApiRole"));
    expect(api?.said).not.toMatch(/PutItem|UpdateItem|BatchWrite|s3:|sns:/);
  });

  it("authorise every route of the API by token and scope", () => {
    for (const { properties } of all("ApiGatewayV2::Route"))
      expect(properties).toMatchObject({ AuthorizationType: "JWT", AuthorizationScopes: [deployment.rights.scope] });
    for (const { properties } of all("ApiGatewayV2::Authorizer")) expect(properties.AuthorizerType).toBe("JWT");
  });

  it("run every function of ours on the newest Node on ARM64, with its log's time set", () => {
    const functions = all("Lambda::Function").filter(isOurs);
    expect(functions).toHaveLength(8);
    for (const { id, properties } of functions) {
      expect(properties, id).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"] });
      expect(text(properties.LoggingConfig), id).toMatch(/"LogGroup":\{"Ref":/);
    }
    for (const { properties } of all("Lambda::LayerVersion"))
      expect(properties).toMatchObject({ CompatibleArchitectures: ["arm64"], CompatibleRuntimes: ["nodejs24.x"] });
    for (const { id, properties } of all("Logs::LogGroup"))
      expect(properties.RetentionInDays, id).toBe(deployment.logDays);
  });

  it("say in no template which partition or host name they stand in", () => {
    const own = deployment.edge.domain?.certificateArn ?? "none";
    for (const template of made.texts) {
      expect(template.replaceAll(own, "").match(/"[^"]*arn:aws(-[a-z]+)*:[^"]*"/g)).toBeNull();
      // Service principals are the same in all partitions, and so, says CDK, is what `kms:ViaService` compares; hosts are not.
      expect(
        template
          .replace(/"(Service|Principal|kms:ViaService)":\s*(\[[^\]]*\]|"[a-z.0-9-]+")/g, "")
          .match(/"[^"]*amazonaws\.com[^"]*"/g),
      ).toBeNull();
    }
  });

  it("tell with every alarm which heading of the README says what to do", () => {
    const alarms = all("CloudWatch::Alarm");
    for (const { id, properties } of alarms) {
      const heading = /README, "(.+)"/.exec(String(properties.AlarmDescription))?.[1];
      expect(README.includes(`\n#### ${heading}\n`), `${id}: the README has no "${heading}"`).toBe(true);
      expect(properties.AlarmActions, id).toHaveLength(1);
    }
    const said = alarms.map(({ properties }) => String(properties.AlarmDescription)).join();
    for (const heading of Object.values(RUNBOOK)) expect(said).toContain(heading);
  });

  it("start the scan in the bank's own time", () => {
    const { hour, minute, timeZone } = deployment.schedule;
    expect(all("Scheduler::Schedule").map(({ properties }) => properties)).toContainEqual(
      expect.objectContaining({
        ScheduleExpression: `cron(${minute} ${hour} * * ? *)`,
        ScheduleExpressionTimezone: timeZone,
      }),
    );
  });

  it("hold only what the partition has", () => {
    const has = partitionOf(deployment.region);
    const present = (type: string) => ofType(made, type).length > 0;
    expect(present("Budgets::Budget")).toBe(has.budgets);
    expect(made.texts.join().includes("budgets.amazonaws")).toBe(has.budgets);
    expect(present("Cognito::UserPool")).toBe(deployment.login === "cognito");
    expect(present("CloudFront::Distribution")).toBe(deployment.edge.cloudFront);
    expect(present("WAFv2::WebACL")).toBe(deployment.edge.firewall);
  });

  it("name what a development stage stands beside", () => {
    const outputs = made.texts.flatMap((template) => Object.keys(JSON.parse(template).Outputs ?? {}));
    expect(outputs).toEqual(expect.arrayContaining(Object.values(OUTPUTS)));
  });

  it("show no secret", () => {
    if (!deployment.edge.cloudFront) return;
    for (const { properties } of all("CloudFront::Distribution"))
      expect(text(properties)).toMatch(
        /"HeaderName":"x-knockoff-origin","HeaderValue":\{"Fn::Join":\["",\["\{\{resolve:secretsmanager:/,
      );
  });
});

describe("our own code", () => {
  it("names no partition and no host of AWS", () => {
    const { stdout } = spawnSync("git", ["grep", "-nE", "arn:aws|amazonaws\\.com", "--", "lib", "functions", "infra"], {
      encoding: "utf8",
      cwd: new URL("../..", import.meta.url),
    });
    expect(stdout).toBe("");
  });
});

/** CDK brings functions of its own to carry the firewall's name from one region to another. */
function isOurs({ id }: Resource): boolean {
  return !/^CustomCrossRegionExport/.test(id);
}

/** Resources and actions with a wildcard, as they end: `…/evidence/*`. */
function wildcardsOf(properties: Record<string, unknown>): string[] {
  const documents = [
    properties.PolicyDocument,
    ...((properties.Policies as { PolicyDocument: unknown }[]) ?? []).map((one) => one.PolicyDocument),
  ];
  return documents.flatMap((document) => {
    const { Statement = [] } = (document ?? {}) as { Statement?: { Action: unknown; Resource: unknown }[] };
    return Statement.flatMap(({ Action, Resource }) => [Action, Resource].flat().map(ending)).filter((one) =>
      one.includes("*"),
    );
  });
}

function ending(value: unknown): string {
  if (typeof value === "string") return value;
  const [, parts] = (value as { "Fn::Join"?: [string, unknown[]] })["Fn::Join"] ?? ["", []];
  const last = parts.at(-1);
  return typeof last === "string" ? `…${last}` : "…";
}
