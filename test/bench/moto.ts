/**
 * Deploys the synthesized stacks to a moto server of this machine and runs every function as it is deployed there: an independent
 * check of the wiring by somebody else's CloudFormation, DynamoDB, S3 and SNS. It proves nothing of authorizers, CDN and policies.
 *
 * `npx cdk synth --quiet && npx tsx test/bench/moto.ts <deploy-to-moto.mjs>`; needs Python's moto (moto_server). Writes its result to
 * `test/infra/moto-result.json`.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { stringify } from "yaml";
import { deployment } from "../../infra/deployment.ts";
import { awsSettings } from "../../lib/platform/aws/environment.ts";
import { s3Client } from "../../lib/platform/aws/s3.ts";
import type { Digest } from "../../lib/workflows/announce/digest.ts";
import type { SliceEnd } from "../../lib/workflows/scan/slice.ts";
import { bankProfiles, writeIcons } from "../storefront/profile-facts.ts";
import { type Storefront, startStorefront } from "../storefront/server.ts";
import { gatewayEvent } from "../support/aws/gateway.ts";
import { type Issuer, startIssuer } from "../support/issuer.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Below the project, so that the bundles find the image decoder where they find it at a desk. */
const SHIMMED = join(ROOT, "dist/moto");
const RESULT = join(ROOT, "test/infra/moto-result.json");
const SEED = 70_211;
const SITE = "https://knockoff.northwind.example";
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation fills it in
const STAND_IN = "arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:stand-in";

interface Report {
  stacks: Record<string, { shimmed?: number; resources: { type: string; result: "created" | "ignored" | "FAILED" }[] }>;
  functions: Record<string, { name: string; asset: string; env: Record<string, string> }>;
}

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";
const tool = process.argv[2];
if (tool === undefined) throw new Error("usage: tsx test/bench/moto.ts <path of deploy-to-moto.mjs>");
const shims = copyWithShims();
const server = await startMoto();
const folder = mkdtempSync(join(tmpdir(), "knockoff-moto-"));
const storefront = await startStorefront({ seed: SEED });
const issuer = await startIssuer();
try {
  const report = deploy(resolve(tool), server.url);
  const functions = await runFunctions(report, storefront, issuer, server.url);
  const result = { versions: versions(), options: ["--shim"], ourShims: shims, stacks: summary(report), functions };
  writeFileSync(RESULT, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  if (Object.values(result.stacks).some(({ failed }) => failed > 0)) process.exitCode = 1;
} finally {
  await storefront.stop();
  await issuer.stop();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** moto's CloudFormation knows no secrets, and a stack cannot import what it does not know: the ARN is put where it is exported. */
function copyWithShims(): string[] {
  rmSync(SHIMMED, { recursive: true, force: true });
  cpSync(join(ROOT, "cdk.out"), SHIMMED, { recursive: true });
  const path = join(SHIMMED, `${deployment.name}Storage.template.json`);
  const template = JSON.parse(readFileSync(path, "utf8"));
  const secrets = Object.keys(template.Resources).filter(
    (id) => template.Resources[id].Type === "AWS::SecretsManager::Secret",
  );
  const changed: string[] = [];
  for (const [name, output] of Object.entries<{ Value: { Ref?: string } }>(template.Outputs)) {
    if (!secrets.includes(output.Value.Ref ?? "")) continue;
    template.Outputs[name].Value = { "Fn::Sub": STAND_IN };
    changed.push(`output ${name}: the ARN of a secret, which moto's CloudFormation does not make`);
  }
  writeFileSync(path, JSON.stringify(template));
  return changed;
}

async function startMoto(): Promise<{ url: string; stop(): void }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // A group of its own, because the command may be a wrapper that starts another.
  const child = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore", detached: true });
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  };
  for (let i = 0; i < 150; i += 1) {
    const up = await fetch(`${url}/moto-api/`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return { url, stop };
    await new Promise((done) => setTimeout(done, 200));
  }
  stop();
  throw new Error("moto_server did not start; is it installed?");
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((done) => probe.once("listening", done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

function deploy(script: string, url: string): Report {
  const json = join(SHIMMED, "report.json");
  const args = [script, SHIMMED, "--endpoint", url, "--region", deployment.region, "--shim", "--json", json];
  const { stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  process.stderr.write(stdout);
  return JSON.parse(readFileSync(json, "utf8")) as Report;
}

/** Each function once as a day runs them, with what moto says it was deployed with. */
async function runFunctions(
  report: Report,
  store: Storefront,
  login: Issuer,
  url: string,
): Promise<Record<string, unknown>> {
  const credentials = { AWS_ACCESS_KEY_ID: "moto", AWS_SECRET_ACCESS_KEY: "moto" };
  Object.assign(process.env, { AWS_ENDPOINT_URL: url, AWS_REGION: deployment.region, ...credentials });
  Object.assign(process.env, { POWERTOOLS_LOG_LEVEL: "SILENT", POWERTOOLS_METRICS_DISABLED: "true" });
  const call = caller(report);
  await upload(store, report);
  const body = JSON.stringify({ Records: [{ eventName: "ObjectCreated:Put" }] });
  const accept = await call("accept", { Records: [{ messageId: "m-1", body, eventSource: "aws:sqs" }] });
  const plan = await call<{ scan: string; sources: (SliceEnd & { worker: string })[] }>("plan", { scan: "2026-11-02" });
  const drained: Record<string, unknown> = {};
  for (const slice of plan.sources) {
    const name = slice.worker === "common" ? "drain" : `drain-${slice.worker}`;
    const { more, spent } = await call<SliceEnd>(name, slice);
    drained[`${name} ${slice.source}`] = { more, spent };
  }
  const announce = await call("announce", {});
  const { planned, done, alerts, gaps } = await call<Digest>("digest", { scan: plan.scan });
  // A login of this machine in the place of the bank's, and the name of a gateway that moto does not make.
  const over = { KNOCKOFF_LOGIN_ISSUER: login.url, KNOCKOFF_ADDRESS: SITE };
  const token = await login.tokenFor({ sub: "bench", [deployment.rights.claim]: ["knockoff:*"] });
  const ask = async (name: string, path: string, headers: Record<string, string>) =>
    call<{ statusCode: number; body?: string }>(name, await gatewayEvent(new Request(SITE + path, { headers })), over);
  const listed = await ask("api", "/api/findings?limit=500", { authorization: `Bearer ${token}` });
  const api = { statusCode: listed.statusCode, findings: JSON.parse(listed.body ?? "{}").findings?.length };
  const stranger = await ask("console", "/queue", {});
  const queue = await ask("console", "/queue", { cookie: `__Host-knockoff-session=${token}` });
  const pages = { withoutSession: stranger.statusCode, queue: queue.statusCode };
  return {
    accept,
    plan: { scan: plan.scan, sources: plan.sources.length },
    ...drained,
    announce,
    digest: { planned, done, alerts, gaps },
    api,
    console: pages,
  };
}

function caller(report: Report): <T>(name: string, event: unknown, over?: Record<string, string>) => Promise<T> {
  return async (name, event, over) => {
    const deployed = Object.values(report.functions).find(({ env }) => env.POWERTOOLS_SERVICE_NAME === name);
    if (deployed === undefined) throw new Error(`${name} was not deployed`);
    for (const known of Object.keys(process.env)) if (known.startsWith("KNOCKOFF_")) delete process.env[known];
    Object.assign(process.env, deployed.env, over);
    const { handler } = await import(pathToFileURL(resolve(deployed.asset, "index.mjs")).href);
    const ends = Date.now() + 600_000;
    return handler(event, { awsRequestId: `call-${name}`, getRemainingTimeInMillis: () => ends - Date.now() });
  };
}

async function upload(store: Storefront, report: Report): Promise<void> {
  writeFileSync(
    join(folder, "knockoff.yaml"),
    stringify(bankProfiles(store.world, { url: store.url, iconFolder: "icons" })),
  );
  await writeIcons(store.world, join(folder, "icons"));
  const Bucket = Object.values(report.functions).find(({ env }) => env.KNOCKOFF_CONFIG_BUCKET !== undefined)?.env
    .KNOCKOFF_CONFIG_BUCKET;
  const client = s3Client(awsSettings(process.env));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  for (const path of files)
    await client.send(
      new PutObjectCommand({ Bucket, Key: `incoming/${path}`, Body: readFileSync(join(folder, path)) }),
    );
}

function summary({ stacks }: Report) {
  const rows = Object.entries(stacks).map(([name, { resources, shimmed }]) => {
    const by = (result: string) => resources.filter((each) => each.result === result);
    const ignored = [...new Set(by("ignored").map(({ type }) => type))].sort();
    return [
      name,
      {
        created: by("created").length,
        ignored: by("ignored").length,
        failed: by("FAILED").length,
        shimmed: shimmed ?? 0,
        ignoredTypes: ignored,
      },
    ] as const;
  });
  return Object.fromEntries(rows);
}

function versions(): Record<string, string> {
  const pinned = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")).devDependencies;
  const moto = execFileSync("python3", ["-c", "import moto; print(moto.__version__)"], { encoding: "utf8" }).trim();
  return { moto, node: process.version, "aws-cdk-lib": pinned["aws-cdk-lib"], "aws-cdk": pinned["aws-cdk"] };
}
