import type { ResourceName } from "./functions/environment.ts";
import type { Deployment } from "./infra/deployment.ts";
import type { FunctionName as AnyFunction } from "./infra/functions.ts";
import type { Arns } from "./infra/outputs.ts";

/**
 * A live development stage: the functions run at a developer's desk, beside data that CDK made and that is only named here. CDK is the
 * only one that deploys. sst refuses this file when its head imports more than types, so code is imported where it is used.
 */
export default $config({
  async app({ stage }) {
    if (["prod", "production"].includes(stage.toLowerCase())) {
      throw new Error(`sst is for development: there is no stage "${stage}" here, deploy with "npx cdk deploy --all"`);
    }
    const { deployment } = await import("./infra/deployment.ts");
    return { name: "knockoff", home: "aws", removal: "remove", providers: { aws: { region: deployment.region } } };
  },
  async run() {
    const { deployment } = await import("./infra/deployment.ts");
    const arns = await readArns();
    const links = await linkAll(arns);
    const login = loginOf(deployment);
    const names = Object.keys(GIVEN) as FunctionName[];
    return Object.fromEntries(names.map((name) => [name, liveFunction(name, arns, links, login).name]));
  },
});

const OUTPUTS_FILE = "cdk-outputs.json";

/** Cognito calls `name-token` in the middle of somebody's login, which is no place for a desk. */
type FunctionName = Exclude<AnyFunction, "name-token">;

const BASE: ResourceName[] = ["TABLE", "CONFIG_BUCKET"];
const WORKER: ResourceName[] = [...BASE, "EVIDENCE_BUCKET", "CREDENTIALS"];

/** What each function is given, as CDK gives it. */
const GIVEN: Record<FunctionName, ResourceName[]> = {
  plan: BASE,
  drain: WORKER,
  "drain-google-play": WORKER,
  "drain-app-store": WORKER,
  announce: [...BASE, "TOPIC_FINDINGS"],
  digest: [...BASE, "TOPIC_DIGEST"],
  api: [...BASE, "EVIDENCE_BUCKET"],
  console: [...BASE, "EVIDENCE_BUCKET"],
  accept: ["CONFIG_BUCKET", "EVIDENCE_BUCKET", "TOPIC_OPERATIONS"],
};

const FOR_PEOPLE: FunctionName[] = ["api", "console"];
const READS_CATALOG: FunctionName[] = ["plan", "accept", ...FOR_PEOPLE];
const DECODES_IMAGES: FunctionName[] = ["drain", "drain-google-play", "drain-app-store", "accept", "console"];

/** Whose tokens count. A pool that CDK made is known to CDK alone, and the functions say which of these they lack. */
function loginOf({ login, rights }: Deployment): Record<string, string> {
  if (login === "cognito") return {};
  return {
    KNOCKOFF_LOGIN_ISSUER: login.issuer,
    KNOCKOFF_LOGIN_AUDIENCE: login.audience,
    KNOCKOFF_LOGIN_CLAIM: rights.claim,
    KNOCKOFF_LOGIN_SCOPE: rights.scope,
    KNOCKOFF_LOGIN_CLIENT: login.clientId,
    // No browser reaches a desk: calls are made by hand, with a token from elsewhere.
    KNOCKOFF_ADDRESS: "https://localhost",
  };
}

type Links = Record<ResourceName, { link: sst.Linkable; known: string }>;

async function readArns(): Promise<Arns> {
  const { existsSync, readFileSync } = await import("node:fs");
  const { deployment } = await import("./infra/deployment.ts");
  const { OUTPUTS } = await import("./infra/outputs.ts");
  const stack = `${deployment.name}Storage`;
  const stacks = existsSync(OUTPUTS_FILE) ? JSON.parse(readFileSync(OUTPUTS_FILE, "utf8")) : {};
  const outputs: Record<string, string> = stacks[stack] ?? {};
  const missing = Object.values(OUTPUTS).filter((output) => !outputs[output]);
  if (missing.length > 0) {
    const command = `npx cdk deploy --all --outputs-file ${OUTPUTS_FILE}`;
    throw new Error(`${OUTPUTS_FILE} lacks ${missing.join(", ")} of ${stack}: write it with "${command}"`);
  }
  return Object.fromEntries(Object.entries(OUTPUTS).map(([name, output]) => [name, outputs[output]])) as Arns;
}

async function linkAll(arns: Arns): Promise<Links> {
  const { linkName } = await import("./functions/environment.ts");
  const rights = rightsOfLinks(arns);
  const link = (name: ResourceName) => {
    const named = name === "TABLE" || name.endsWith("_BUCKET");
    const known = named ? lastPart(arns[name]) : arns[name];
    const properties: Record<string, string> = named ? { name: known } : { arn: known };
    return { link: new sst.Linkable(linkName(name), { properties, include: rights[name] }), known };
  };
  return Object.fromEntries((Object.keys(rights) as ResourceName[]).map((name) => [name, link(name)])) as Links;
}

/** What everybody may do who is given a link. */
function rightsOfLinks(arns: Arns): Record<ResourceName, sst.aws.Permission[]> {
  const { EVIDENCE_BUCKET, CONFIG_BUCKET } = arns;
  const publishes = (topic: string) => [allow(["sns:Publish"], topic)];
  return {
    TABLE: [allow(["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"], ...ledgerArns(arns))],
    EVIDENCE_BUCKET: [allow(["s3:GetObject"], `${EVIDENCE_BUCKET}/about/*`)],
    CONFIG_BUCKET: [
      allow(["s3:GetObject"], `${CONFIG_BUCKET}/accepted/current.json`),
      allow(["s3:ListBucket"], CONFIG_BUCKET),
    ],
    TOPIC_FINDINGS: publishes(arns.TOPIC_FINDINGS),
    TOPIC_DIGEST: publishes(arns.TOPIC_DIGEST),
    TOPIC_OPERATIONS: publishes(arns.TOPIC_OPERATIONS),
    CREDENTIALS: [allow(["secretsmanager:GetSecretValue"], arns.CREDENTIALS)],
  };
}

function liveFunction(name: FunctionName, arns: Arns, links: Links, login: Record<string, string>): sst.aws.Function {
  const given = GIVEN[name];
  return new sst.aws.Function(
    name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    {
      handler: `functions/${name}.handler`,
      runtime: "nodejs24.x",
      architecture: "arm64",
      timeout: "15 minutes",
      link: given.map((each) => links[each].link),
      environment: {
        // Links reach a function in an encrypted file only; by these names it finds the data without sst's library.
        ...Object.fromEntries(given.map((each) => [`KNOCKOFF_${each}`, links[each].known])),
        ...(FOR_PEOPLE.includes(name) ? login : {}),
        // At a desk sst hides what tells Lambda from other machines, and this account is the one that is meant.
        KNOCKOFF_AWS: "live",
        POWERTOOLS_SERVICE_NAME: name,
        // Not the deployment's own namespace, which its alarms watch.
        POWERTOOLS_METRICS_NAMESPACE: "KnockoffDevelopment",
      },
      permissions: rightsOf(name, arns),
      copyFiles: filesOf(name),
      nodejs: {
        // In the version that package.json pins, for the machine the function runs on.
        install: DECODES_IMAGES.includes(name) ? ["sharp"] : undefined,
        // Loaded for suggestions only, which no function asks for.
        esbuild: { external: ["app-store-scraper"] },
      },
    },
  );
}

/** What a function reads from beside itself. */
function filesOf(name: FunctionName): { from: string; to: string }[] {
  const catalog = { from: "dist/functions/plan/catalog.json", to: "catalog.json" };
  const assets = { from: "lib/entry/console/static", to: "static" };
  return [...(READS_CATALOG.includes(name) ? [catalog] : []), ...(name === "console" ? [assets] : [])];
}

const KEY_USES = ["DescribeKey", "Decrypt", "Encrypt", "ReEncryptFrom", "ReEncryptTo", "GenerateDataKey"].map(
  (action) => `kms:${action}`,
);

/** What a function may do beyond what its links bring. */
function rightsOf(name: FunctionName, arns: Arns): sst.aws.Permission[] {
  const { EVIDENCE_BUCKET } = arns;
  const usesKey = allow(KEY_USES, arns.KEY);
  const keepsEvidence = allow(["s3:PutObject"], `${EVIDENCE_BUCKET}/evidence/*`, `${EVIDENCE_BUCKET}/about/*`);
  if (name === "accept") {
    return [
      usesKey,
      keepsEvidence,
      allow(["s3:GetObject"], `${arns.CONFIG_BUCKET}/incoming/*`),
      allow(["s3:PutObject"], `${arns.CONFIG_BUCKET}/accepted/current.json`),
    ];
  }
  const writes = allow(["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:BatchWriteItem"], ...ledgerArns(arns));
  if (FOR_PEOPLE.includes(name)) {
    const shows = [allow(["s3:GetObject"], `${EVIDENCE_BUCKET}/evidence/*`), allow(["s3:ListBucket"], EVIDENCE_BUCKET)];
    return [usesKey, writes, ...shows];
  }
  return GIVEN[name].includes("EVIDENCE_BUCKET") ? [usesKey, writes, keepsEvidence] : [usesKey, writes];
}

function allow(actions: string[], ...resources: string[]): sst.aws.Permission {
  return sst.aws.permission({ actions, resources });
}

function ledgerArns({ TABLE }: Arns): string[] {
  return [TABLE, `${TABLE}/index/*`];
}

/** The name in the ARN of a table or a bucket. */
function lastPart(arn: string): string {
  return arn.split(/[:/]/).at(-1) ?? arn;
}
