import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { optionalResource, type ResourceName, resource } from "../functions/environment.ts";
import { deployment } from "../infra/deployment.ts";
import { FUNCTIONS as ALL, type FunctionName } from "../infra/functions.ts";

/** All but the one that Cognito calls. */
const FUNCTIONS = ALL.filter((name) => name !== "name-token");

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const STACK = `${deployment.name}Storage`;

const OUTPUTS = {
  TableArn: "arn:aws:dynamodb:eu-central-1:123456789012:table/Ledger-1A2B",
  EvidenceBucketArn: "arn:aws:s3:::evidence-1a2b",
  ConfigBucketArn: "arn:aws:s3:::config-1a2b",
  TopicFindingsArn: "arn:aws:sns:eu-central-1:123456789012:Findings-1A2B",
  TopicDigestArn: "arn:aws:sns:eu-central-1:123456789012:Digest-1A2B",
  TopicOperationsArn: "arn:aws:sns:eu-central-1:123456789012:Operations-1A2B",
  CredentialsArn: "arn:aws:secretsmanager:eu-central-1:123456789012:secret:Credentials-1A2B",
  KeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1a2b",
};

/** Nothing deletes, and nothing is a wildcard. */
const WANTED_ACTION =
  /^(dynamodb:(GetItem|BatchGetItem|Query|PutItem|UpdateItem|BatchWriteItem)|s3:(GetObject|PutObject|ListBucket)|sns:Publish|secretsmanager:GetSecretValue|kms:(DescribeKey|Decrypt|Encrypt|ReEncryptFrom|ReEncryptTo|GenerateDataKey))$/;

/** As functions are to know them. */
const KNOWN: Record<ResourceName, string> = {
  TABLE: "Ledger-1A2B",
  EVIDENCE_BUCKET: "evidence-1a2b",
  CONFIG_BUCKET: "config-1a2b",
  TOPIC_FINDINGS: OUTPUTS.TopicFindingsArn,
  TOPIC_DIGEST: OUTPUTS.TopicDigestArn,
  TOPIC_OPERATIONS: OUTPUTS.TopicOperationsArn,
  CREDENTIALS: OUTPUTS.CredentialsArn,
};

const TELLS: Partial<Record<FunctionName, ResourceName[]>> = {
  announce: ["TOPIC_FINDINGS"],
  digest: ["TOPIC_DIGEST"],
  accept: ["TOPIC_OPERATIONS"],
};

let folder: string;
let config: SstConfig;
let stage: Stage;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "knockoff-sst-"));
  config = await loadAsSstDoes();
  stage = await evaluate({ [STACK]: OUTPUTS });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the development stage", () => {
  it("makes functions and links, and nothing that holds data", () => {
    const kinds = new Set(stage.made.map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(["Function", "Linkable"]);
  });

  it("has every function of the cloud host once, and answers with what each is called", () => {
    const handlers = stage.functions.map(({ args }) => args.handler);
    expect(handlers.sort()).toEqual(FUNCTIONS.map((name) => `functions/${name}.handler`).sort());
    expect(Object.keys(stage.answer).sort()).toEqual([...FUNCTIONS].sort());
    expect(new Set(Object.values(stage.answer)).size).toBe(FUNCTIONS.length);
  });

  it("goes where the deployment is, and leaves nothing behind", async () => {
    expect(await config.app({ stage: "desk" })).toEqual({
      name: "knockoff",
      home: "aws",
      removal: "remove",
      providers: { aws: { region: deployment.region } },
    });
  });

  it.each(["prod", "production", "Production"])("cannot be called %s", async (name) => {
    await expect(config.app({ stage: name })).rejects.toThrow(`there is no stage "${name}" here, deploy with "npx cdk`);
  });
});

describe.each(FUNCTIONS)("the live function %s", (name) => {
  let args: sst.aws.FunctionArgs;
  let code: Code;

  beforeAll(async () => {
    args = functionOf(stage, name).args;
    code = await codeOf(name);
  });

  it("is the program that CDK bundles, on the machine that CDK chooses", () => {
    expect(existsSync(join(ROOT, `functions/${name}.ts`))).toBe(true);
    expect(code.exports).toContain("handler");
    expect(args).toMatchObject({ architecture: "arm64", runtime: "nodejs24.x", timeout: "15 minutes" });
  });

  it.each([
    ["the environment that sst gives to functions", () => functionEnv(args)],
    ["the links that sst gives to a program at a desk", () => shellEnv(args)],
  ])("finds all it needs in %s", (_, envOf) => {
    const env = envOf();
    for (const needed of code.needs) expect(resource(env, needed)).toBe(KNOWN[needed]);
    for (const given of namesIn(args)) expect(resource(env, given)).toBe(KNOWN[given]);
  });

  it("is given nothing that it never asks for", () => {
    expect([...code.needs, ...code.mayUse]).toEqual(expect.arrayContaining(namesIn(args)));
  });

  it("is given credentials where it may use some, and only the topic that it tells", () => {
    const given = namesIn(args);
    expect(given.includes("CREDENTIALS")).toBe(code.mayUse.includes("CREDENTIALS"));
    expect(given.filter((each) => each.startsWith("TOPIC_"))).toEqual(TELLS[name] ?? []);
  });

  it("may do with CDK's data what it is there for, and deletes nothing", () => {
    const rights = rightsOf(args);
    expect(rights.length).toBeGreaterThan(0);
    for (const { actions, resources } of rights) {
      for (const action of actions) expect(action).toMatch(WANTED_ACTION);
      for (const each of resources) expect(Object.values(OUTPUTS).some((arn) => each.startsWith(arn))).toBe(true);
    }
    const writes = rights.some(({ actions }) => actions.includes("dynamodb:PutItem"));
    expect(writes).toBe(name !== "accept");
  });

  it("reads kept evidence where people look at it, and keeps some where it is fetched, never both", () => {
    const may = (action: string) =>
      rightsOf(args).some(
        ({ actions, resources }) =>
          actions.includes(action) && resources.includes(`${OUTPUTS.EvidenceBucketArn}/evidence/*`),
      );
    expect(may("s3:GetObject")).toBe(["api", "console"].includes(name));
    expect(may("s3:PutObject")).toBe(name.startsWith("drain") || name === "accept");
  });

  it("is told whose tokens count where people come with some", () => {
    const told = Object.keys(args.environment).filter((each) => each.startsWith("KNOCKOFF_LOGIN_"));
    expect(told.length > 0).toBe(["api", "console"].includes(name));
  });

  it("has beside it what it reads from there: the catalog of sources, what browsers load", () => {
    const copied = args.copyFiles ?? [];
    expect(copied.map(({ to }) => to)).toEqual([
      ...(code.readsCatalog ? ["catalog.json"] : []),
      ...(code.readsAssets ? ["static"] : []),
    ]);
    // Made by `npm run build:functions`, which goes before the tests.
    for (const { from } of copied) expect(existsSync(join(ROOT, from))).toBe(true);
  });

  it("has the image decoder installed where it decodes images", () => {
    expect(args.nodejs?.install ?? []).toEqual(code.packages.includes("sharp") ? ["sharp"] : []);
  });

  it("is allowed an account, and keeps its metrics from the deployment's alarms", () => {
    expect(args.environment).toMatchObject({ KNOCKOFF_AWS: "live", POWERTOOLS_SERVICE_NAME: name });
    expect(args.environment.POWERTOOLS_METRICS_NAMESPACE).not.toBe(deployment.name);
  });
});

describe("without what CDK says of its stacks", () => {
  const command = 'write it with "npx cdk deploy --all --outputs-file cdk-outputs.json"';

  it("one sentence says how to get it", async () => {
    const all = Object.keys(OUTPUTS).join(", ");
    await expect(evaluate()).rejects.toThrow(`cdk-outputs.json lacks ${all} of ${STACK}: ${command}`);
  });

  it("one sentence says what is missing", async () => {
    const { KeyArn: _, ...others } = OUTPUTS;
    const files = [{ [STACK]: others }, { [STACK]: { ...OUTPUTS, KeyArn: "" } }];
    for (const file of files) {
      await expect(evaluate(file)).rejects.toThrow(`cdk-outputs.json lacks KeyArn of ${STACK}: ${command}`);
    }
  });

  it("another deployment's stacks are not taken for ours", async () => {
    await expect(evaluate({ OtherStorage: OUTPUTS })).rejects.toThrow(`of ${STACK}`);
  });
});

/** A component as it was declared. */
interface Made<Args = unknown> {
  kind: string;
  name: string;
  args: Args;
}

interface Stage {
  made: Made[];
  functions: Made<sst.aws.FunctionArgs>[];
  answer: Record<string, unknown>;
}

/** As sst 4.17 does it: bundled, with `$config` written before it, and refused when its head imports code. */
async function loadAsSstDoes(): Promise<SstConfig> {
  const outfile = join(folder, "sst.config.mjs");
  await build({
    stdin: { contents: `export { default } from "${join(ROOT, "sst.config.ts")}"`, resolveDir: ROOT },
    banner: { js: "function $config(input) { return input }" },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "es2023",
    plugins: [refuseImportsAtHead],
    logLevel: "silent",
  });
  return (await import(pathToFileURL(outfile).href)).default;
}

const refuseImportsAtHead: Plugin = {
  name: "refuse-imports-at-head",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ importer, kind, path }) => {
      const refused = importer.endsWith("sst.config.ts") && kind === "import-statement";
      return refused ? { errors: [{ text: `sst.config.ts imports ${path} at its head` }] } : undefined;
    });
  },
};

/** Runs the configuration in a folder with these outputs, as sst runs it in the root. */
async function evaluate(outputs?: object): Promise<Stage> {
  const made: Made[] = [];
  Object.assign(globalThis, { sst: standIn(made) });
  const at = mkdtempSync(join(folder, "run-"));
  if (outputs !== undefined) writeFileSync(join(at, "cdk-outputs.json"), JSON.stringify(outputs));
  const before = process.cwd();
  process.chdir(at);
  try {
    const answer = await config.run();
    return { made, functions: made.filter(isFunction), answer };
  } finally {
    process.chdir(before);
  }
}

/** sst's components, of which every kind can be declared and only noted. */
function standIn(made: Made[]): object {
  const component = (kind: string) =>
    class {
      readonly kind = kind;
      constructor(
        readonly name: string,
        readonly args: unknown,
      ) {
        if (made.some((other) => other.name === name)) throw new Error(`${name} is declared twice`);
        made.push(this);
      }
    };
  const permission = (rights: object) => ({ type: "aws.permission", ...rights });
  const components = (others: object) =>
    new Proxy(others, { get: (known, kind) => Reflect.get(known, kind) ?? component(String(kind)) });
  return components({ aws: components({ permission }) });
}

function isFunction(one: Made): one is Made<sst.aws.FunctionArgs> {
  return one.kind === "Function";
}

function functionOf({ functions }: Stage, name: FunctionName): Made<sst.aws.FunctionArgs> {
  const found = functions.find(({ args }) => args.handler === `functions/${name}.handler`);
  if (found === undefined) throw new Error(`${name} is not declared`);
  return found;
}

type Link = Made<{ properties: object; include: sst.aws.Permission[] }>;

function linksOf({ link }: sst.aws.FunctionArgs): Link[] {
  return link as unknown as Link[];
}

/** Links are not in it: sst writes them into the encrypted file only. */
function functionEnv({ environment }: sst.aws.FunctionArgs): NodeJS.ProcessEnv {
  return { ...environment, SST_RESOURCE_App: '{"name":"knockoff","stage":"desk"}', SST_KEY_FILE: "resource.enc" };
}

function shellEnv(args: sst.aws.FunctionArgs): NodeJS.ProcessEnv {
  return Object.fromEntries(
    linksOf(args).map(({ name, args: { properties } }) => [
      `SST_RESOURCE_${name}`,
      JSON.stringify({ ...properties, type: "sst.sst.Linkable" }),
    ]),
  );
}

function namesIn({ environment }: sst.aws.FunctionArgs): ResourceName[] {
  const names = Object.keys(KNOWN) as ResourceName[];
  return names.filter((name) => optionalResource(environment, name) !== undefined);
}

function rightsOf(args: sst.aws.FunctionArgs): sst.aws.Permission[] {
  const linked = linksOf(args).flatMap((link) => link.args.include.filter(({ type }) => type === "aws.permission"));
  return [...linked, ...args.permissions];
}

/** What is in the program of a function, after what it never reaches was left out. */
interface Code {
  exports: string[];
  needs: ResourceName[];
  mayUse: ResourceName[];
  readsCatalog: boolean;
  readsAssets: boolean;
  packages: string[];
}

async function codeOf(name: FunctionName): Promise<Code> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(ROOT, `functions/${name}.ts`)],
    outfile: "index.mjs",
    write: false,
    bundle: true,
    metafile: true,
    format: "esm",
    platform: "node",
    packages: "external",
    absWorkingDir: ROOT,
  });
  const text = outputFiles[0]?.text ?? "";
  const output = metafile.outputs["index.mjs"];
  return {
    exports: output?.exports ?? [],
    needs: namesAskedBy(text, "resource"),
    mayUse: namesAskedBy(text, "optionalResource"),
    readsCatalog: text.includes('"./catalog.json"'),
    readsAssets: text.includes("`./static/"),
    packages: output?.imports.map(({ path }) => path) ?? [],
  };
}

function namesAskedBy(text: string, asks: string): ResourceName[] {
  const calls = text.matchAll(new RegExp(`\\b${asks}\\d*\\([\\w.]+, "([A-Z_]+)"\\)`, "g"));
  return [...new Set([...calls].map(([, name]) => name as ResourceName))];
}
