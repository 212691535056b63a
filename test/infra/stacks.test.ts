import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { ACKNOWLEDGED } from "../../infra/acknowledged.ts";
import { FUNCTIONS } from "../../infra/functions.ts";
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
      "Scan/AcceptRole: …/evidence/*",
      "Scan/AcceptRole: …/about/*",
      "Console/ApiRole: …/evidence/*",
      "Console/ApiRole: …/about/*",
      "Console/ConsoleRole: …/evidence/*",
      "Console/ConsoleRole: …/about/*",
      "Scan/MachineRole: *",
      "Scan/MachineChildren: …:*",
      "Scan/MachineChildren: …/*:*",
    ];
    expect(new Set(wild)).toEqual(new Set(allowed));
    for (const { reason } of ACKNOWLEDGED) expect(reason).toMatch(/\w{3,}.*\.$/);
  });

  const policies = () =>
    all("IAM::Policy")
      .filter(isOurs)
      .map(({ id, properties }) => ({ id, said: text(properties) }));
  const FOR_PEOPLE = /^(Api|Console)Role/;

  it("let nothing of ours delete an item", () => {
    for (const { id, said } of policies()) expect(said, id).not.toMatch(/DeleteItem|DeleteObject|BypassGovernance/);
  });

  it("let those who fetch write evidence and not read it, and those who show it read and not write", () => {
    const who = (action: string, at: string) =>
      all("IAM::Policy")
        .filter(({ properties }) => allows(properties, action, at))
        .map(({ id }) => id.replace(/Role.*/, ""))
        .sort();
    expect(who("s3:GetObject", "…/evidence/*")).toEqual(["Api", "Console"]);
    expect(who("s3:PutObject", "…/evidence/*")).toEqual(["Accept", "Drain", "DrainAppStore", "DrainGooglePlay"]);
    const shows = policies().filter(({ id }) => FOR_PEOPLE.test(id));
    expect(shows).toHaveLength(2);
    for (const { id, said } of shows) expect(said, id).not.toMatch(/s3:Put|sns:|sqs:|states:|incoming/);
  });

  it("give the client's secret to the console alone, and no store's credentials to either function of people", () => {
    const mayRead = policies().filter(({ said }) => said.includes("secretsmanager:GetSecretValue"));
    const asked = mayRead.filter(({ id }) => FOR_PEOPLE.test(id));
    const secrets = ofType(made, "SecretsManager::Secret").filter(({ id }) => id.startsWith("LoginSecret"));
    expect(asked).toHaveLength(secrets.length);
    for (const { id, said } of asked) {
      expect(id).toMatch(/^ConsoleRole/);
      expect(said).toMatch(
        /"secretsmanager:GetSecretValue","Effect":"Allow","Resource":\{"Ref":"LoginSecret[0-9A-F]+"\}/,
      );
    }
  });

  it("authorise every route of the API by token and scope, and leave to the console what browsers ask", () => {
    const byKey = (properties: Record<string, unknown>) => String(properties.RouteKey);
    const routes = all("ApiGatewayV2::Route").map(({ properties }) => properties);
    const [api, others] = [true, false].map((is) => routes.filter((each) => byKey(each).includes(" /api/") === is));
    expect(api?.map(byKey).sort()).toEqual(["GET /api/{proxy+}", "POST /api/{proxy+}"]);
    for (const properties of api ?? [])
      expect(properties).toMatchObject({ AuthorizationType: "JWT", AuthorizationScopes: [deployment.rights.scope] });
    expect(others?.map(byKey).sort()).toEqual(["GET /", "GET /{proxy+}", "POST /", "POST /{proxy+}"]);
    for (const { properties } of all("ApiGatewayV2::Authorizer")) expect(properties.AuthorizerType).toBe("JWT");
    const integrations = all("ApiGatewayV2::Integration").map(({ id, properties }) => [id, text(properties)] as const);
    const reached = (properties: Record<string, unknown>) =>
      integrations.find(([id]) => text(properties.Target).includes(`"${id}"`))?.[1] ?? "";
    for (const properties of api ?? []) expect(reached(properties)).toMatch(/"Fn::GetAtt":\["Api[0-9A-F]+","Arn"\]/);
    for (const properties of others ?? []) {
      expect(reached(properties)).toMatch(/"Fn::GetAtt":\["Console[0-9A-F]+","Arn"\]/);
    }
  });

  it("tell both functions whose tokens count, and the console where it is", () => {
    const told = all("Lambda::Function")
      .filter(({ id }) => /^(Api|Console)[0-9A-F]{8}$/.test(id))
      .map(({ properties }) => (properties.Environment as { Variables: Record<string, unknown> }).Variables);
    expect(told).toHaveLength(2);
    for (const variables of told) {
      const own = ["ISSUER", "AUDIENCE", "CLAIM", "SCOPE"].map((name) => variables[`KNOCKOFF_LOGIN_${name}`]);
      for (const value of own) expect(value).toBeTruthy();
      expect("KNOCKOFF_ORIGIN_SECRET" in variables).toBe(deployment.edge.cloudFront);
    }
    const { domain } = deployment.edge;
    const address = told.map(({ KNOCKOFF_ADDRESS }) => KNOCKOFF_ADDRESS).find((each) => each !== undefined);
    const named = deployment.address ?? (domain && `https://${domain.name}`);
    expect(text(address)).toMatch(
      named === undefined ? /"Fn::GetAtt":\["Gateway[0-9A-F]+","ApiEndpoint"\]/ : new RegExp(`^"${named}"$`),
    );
    const outputs = made.texts.map((template) => JSON.parse(template).Outputs?.RedirectUrl?.Value).filter(Boolean);
    expect(text(outputs)).toContain("/sign-in/callback");
  });

  it("run every function of ours on the newest Node on ARM64, with its log's time set", () => {
    const functions = all("Lambda::Function").filter(isOurs);
    // Cognito's tokens have to be given names.
    const bundled = FUNCTIONS.filter((name) => name !== "name-token" || deployment.login === "cognito");
    const names = functions.map(({ properties }) => /"POWERTOOLS_SERVICE_NAME":"([^"]+)"/.exec(text(properties))?.[1]);
    expect(names.sort()).toEqual([...bundled].sort());
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

  it("let Cognito send people back to the console, and sign decisions with an address", () => {
    if (deployment.login !== "cognito") return;
    const [client] = all("Cognito::UserPoolClient");
    expect(text(client?.properties.CallbackURLs)).toContain("/sign-in/callback");
    expect(text(client?.properties.LogoutURLs)).toContain("/signed-out");
    expect(client?.properties).toMatchObject({ GenerateSecret: false, AllowedOAuthFlows: ["code"] });
    const [pool] = all("Cognito::UserPool");
    expect(pool?.properties.LambdaConfig).toMatchObject({ PreTokenGenerationConfig: { LambdaVersion: "V2_0" } });
  });

  it("keep at the edge only what all browsers load alike", () => {
    for (const { properties } of ofType(made, "CloudFront::Distribution")) {
      const { DefaultCacheBehavior, CacheBehaviors } = properties.DistributionConfig as {
        DefaultCacheBehavior: Record<string, unknown>;
        CacheBehaviors: Record<string, unknown>[];
      };
      const managed = {
        cachingDisabled: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
        allButHost: "b689b0a8-53d0-40ab-baf2-68738e2966ac",
      };
      expect(DefaultCacheBehavior).toMatchObject({
        CachePolicyId: managed.cachingDisabled,
        OriginRequestPolicyId: managed.allButHost,
        ViewerProtocolPolicy: "https-only",
      });
      expect(DefaultCacheBehavior.AllowedMethods).toContain("POST");
      expect(CacheBehaviors).toEqual([
        expect.objectContaining({ PathPattern: "/static/*", AllowedMethods: ["GET", "HEAD"] }),
      ]);
      expect(CacheBehaviors[0]).not.toHaveProperty("OriginRequestPolicyId");
    }
  });

  it("name what a development stage stands beside", () => {
    const outputs = made.texts.flatMap((template) => Object.keys(JSON.parse(template).Outputs ?? {}));
    expect(outputs).toEqual(expect.arrayContaining(Object.values(OUTPUTS)));
  });

  it("can be made in some order: nothing waits for what waits for it", () => {
    for (const template of made.texts) expect(inCircles(JSON.parse(template).Resources)).toEqual([]);
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

/** What is left when everything was made that waits for nothing that is not made. CDK finds no circles, CloudFormation refuses them. */
function inCircles(resources: Record<string, object>): string[] {
  const waiting = new Map(Object.entries(resources).map(([id, resource]) => [id, namesIn(resource)]));
  const isReady = (names: readonly string[]) => !names.some((name) => waiting.has(name));
  for (;;) {
    const ready = [...waiting].filter(([, names]) => isReady(names));
    if (ready.length === 0) return [...waiting.keys()];
    for (const [id] of ready) waiting.delete(id);
  }
}

/** The resources that a part of a template names. */
function namesIn(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) => {
    if (key === "Ref") return [String(value)];
    if (key === "DependsOn") return [value].flat().map(String);
    if (key === "Fn::GetAtt") return [String([value].flat()[0]).split(".")[0] ?? ""];
    return namesIn(value);
  });
}

/** CDK brings functions of its own to carry the firewall's name from one region to another. */
function isOurs({ id }: Resource): boolean {
  return !/^CustomCrossRegionExport/.test(id);
}

/** Resources and actions with a wildcard, as they end: `…/evidence/*`. */
function wildcardsOf(properties: Record<string, unknown>): string[] {
  return statementsOf(properties)
    .flatMap(({ actions, resources }) => [...actions, ...resources])
    .filter((one) => one.includes("*"));
}

function allows(properties: Record<string, unknown>, action: string, at: string): boolean {
  return statementsOf(properties).some(({ actions, resources }) => actions.includes(action) && resources.includes(at));
}

function statementsOf(properties: Record<string, unknown>): { actions: string[]; resources: string[] }[] {
  const documents = [
    properties.PolicyDocument,
    ...((properties.Policies as { PolicyDocument: unknown }[]) ?? []).map((one) => one.PolicyDocument),
  ];
  return documents.flatMap((document) => {
    const { Statement = [] } = (document ?? {}) as { Statement?: { Action: unknown; Resource: unknown }[] };
    return Statement.map(({ Action, Resource }) => {
      return { actions: [Action].flat().map(ending), resources: [Resource].flat().map(ending) };
    });
  });
}

function ending(value: unknown): string {
  if (typeof value === "string") return value;
  const [, parts] = (value as { "Fn::Join"?: [string, unknown[]] })["Fn::Join"] ?? ["", []];
  const last = parts.at(-1);
  return typeof last === "string" ? `…${last}` : "…";
}
