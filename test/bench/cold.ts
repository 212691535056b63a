import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { zipSync } from "fflate";
import { bundleOf } from "../../infra/bundle.ts";
import { FUNCTIONS, type FunctionName } from "../../infra/functions.ts";

/**
 * `npm run bench:cold`: what a cold start has to fetch and load. Sizes are the same everywhere; times are of this
 * machine, so each stands beside the time of a bundle of the SDK's DynamoDB clients and nothing else. Sharp comes as a
 * layer: it is not in the sizes, but in the times of those who load it at once.
 */

const BUNDLES = fileURLToPath(new URL("../../dist/functions/", import.meta.url));
const MOST_BYTES: Partial<Record<FunctionName, number>> = {
  // Zod with what describes the API in OpenAPI, and the S3 client, are half of it.
  api: 290_000,
  console: 450_000,
  plan: 200_000,
  announce: 200_000,
  drain: 850_000,
};
const RUNS = 9;

interface Bundle {
  name: string;
  folder: string;
  mostBytes?: number;
}

if (!existsSync(BUNDLES)) throw new Error("the functions are not bundled: run `npm run build:functions`");
const bare = await bundleBareSdk();
try {
  report([bare, ...FUNCTIONS.map((name) => ({ name, folder: join(BUNDLES, name), mostBytes: MOST_BYTES[name] }))]);
} finally {
  rmSync(bare.folder, { recursive: true, force: true });
}

async function bundleBareSdk(): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), "knockoff-cold-"));
  const contents = `export { DynamoDBClient } from "@aws-sdk/client-dynamodb";
export { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";`;
  const resolveDir = fileURLToPath(new URL(".", import.meta.url));
  await build(bundleOf({ stdin: { contents, resolveDir }, outfile: join(folder, "index.mjs") }));
  return { name: "(bare SDK)", folder };
}

function report(bundles: readonly Bundle[]): void {
  const imports = importTimes(bundles);
  const bareMs = imports[0] ?? Number.NaN;
  line("", "zipped", "target", "", "import", "of bare SDK");
  bundles.forEach((bundle, place) => {
    const bytes = zippedBytes(bundle.folder);
    const ms = imports[place] ?? Number.NaN;
    const { mostBytes } = bundle;
    const short = mostBytes !== undefined && bytes > mostBytes;
    if (short) process.exitCode = 1;
    const verdict = mostBytes === undefined ? "" : short ? "short" : "reached";
    const target = mostBytes === undefined ? "" : `<= ${mostBytes / 1000} kB`;
    const ratio = `${(ms / bareMs).toFixed(2)} x`;
    line(bundle.name, `${(bytes / 1000).toFixed(1)} kB`, target, verdict, `${Math.round(ms)} ms`, ratio);
  });
  process.stdout.write(
    `\nkB = 1000 bytes; import in a fresh process without any AWS setting, second best of ${RUNS}\n`,
  );
}

/** As Lambda gets it: all files of the folder and of those in it. */
function zippedBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(folder, path), new Uint8Array(readFileSync(path))]);
  return zipSync(Object.fromEntries(files), { level: 9 }).length;
}

/** Taken in turns, so that a moment in which the machine is busy falls on all of them. */
function importTimes(bundles: readonly Bundle[]): number[] {
  const times = bundles.map((): number[] => []);
  for (let run = 0; run < RUNS; run += 1) {
    bundles.forEach(({ folder }, place) => {
      times[place]?.push(importMs(join(folder, "index.mjs")));
    });
  }
  return times.map((all) => all.sort((a, b) => a - b)[1] ?? Number.NaN);
}

/** Without the environment, so that a bundle which needs AWS to be imported fails here. */
function importMs(file: string): number {
  const program = `const began = performance.now();
await import(${JSON.stringify(pathToFileURL(file).href)});
process.stdout.write(String(performance.now() - began));`;
  const options = { env: { PATH: process.env.PATH }, encoding: "utf8" } as const;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], options));
}

function line(name: string, ...cells: string[]): void {
  const [size = "", target = "", verdict = "", time = "", ratio = ""] = cells;
  const left = `${name.padEnd(18)} ${size.padStart(10)}   ${target.padEnd(10)} ${verdict.padEnd(8)}`;
  process.stdout.write(`${left} ${time.padStart(8)} ${ratio.padStart(12)}\n`);
}
