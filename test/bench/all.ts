import { spawn } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { finished } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import type { CaseEvent } from "../../lib/domain/finding/event.ts";
import { stableId } from "../../lib/kernel/id.ts";
import { openEmbedded } from "../../lib/platform/dynamo/embedded.ts";
import { createLedger } from "../../lib/platform/dynamo/ledger.ts";
import { makeCatalogue } from "../storefront/catalogue.ts";
import { bankProfiles } from "../storefront/profile-facts.ts";
import { assessment, listing } from "../support/samples.ts";
import { sharedPath } from "../support/shared.ts";

/** `npm run bench`: how fast and how large the program is, on this machine, beside what it aims at. */

const PROGRAM = fileURLToPath(new URL("../../dist/knockoff.js", import.meta.url));
const LISTINGS = 100_000;
const BRANDS = 10;
const COMMITS = 2_000;
const IN_FLIGHT = 16;

const folder = mkdtempSync(join(tmpdir(), "knockoff-bench-"));
try {
  await benchAssess();
  await benchLedger();
  await benchStart(["--help"]);
  await benchStart(["findings"]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** `assess` over real app names, on one core, without icons. */
async function benchAssess(): Promise<void> {
  const names = sharedPath("names", "legit_dev.jsonl");
  if (names === undefined) {
    report("assess", "skipped: the labelled names are not here", "");
    return;
  }
  const input = join(folder, "listings.ndjson");
  await writeListings(names, input);
  writeFileSync(join(folder, "knockoff.yaml"), stringify(tenBrands()));
  const started = performance.now();
  const { peakMb } = await run(["assess", input]);
  const seconds = (performance.now() - started) / 1000;
  report(`assess, ${LISTINGS} listings, ${BRANDS} brands`, `${Math.round(LISTINGS / seconds)} listings/s`, "aim 3000");
  report("assess, peak memory", `${Math.round(peakMb)} MB`, "less than 400");
}

async function writeListings(names: string, input: string): Promise<void> {
  const out = createWriteStream(input);
  let written = 0;
  while (written < LISTINGS) {
    for await (const line of createInterface({ input: createReadStream(names) })) {
      const { title, packageId, developer } = JSON.parse(line);
      const row = {
        name: title,
        packageName: packageId || undefined,
        developer: developer ? { name: developer } : undefined,
      };
      out.write(`${JSON.stringify({ key: String(written), ...row })}\n`);
      written += 1;
      if (written === LISTINGS) break;
    }
  }
  out.end();
  await finished(out);
}

function tenBrands(): object {
  const brands = [1, 2, 3, 4].flatMap((seed) => {
    const world = { ...makeCatalogue(seed), fdroidFingerprint: "0".repeat(64) };
    return bankProfiles(world, { url: "http://127.0.0.1:9", iconFolder: "icons" }).brands;
  });
  return { brands: brands.slice(0, BRANDS).map((brand, place) => ({ ...brand, id: `bank-${place}`, icons: [] })) };
}

async function benchLedger(): Promise<void> {
  const embedded = await openEmbedded(join(folder, "ledger-data"));
  const ledger = createLedger(embedded.db);
  const at = "2026-11-02T09:00:00.000Z";
  const started = performance.now();
  let next = 0;
  const worker = async () => {
    while (next < COMMITS) {
      const id = stableId("f", String(next++));
      const events: CaseEvent[] = [
        { at, by: "scan", kind: "seen", listing: listing({ key: id }), evidence: [] },
        { at, by: "scan", kind: "assessed", assessment: assessment("suspicious") },
      ];
      const appended = await ledger.append(id, "northwind", 0, events, []);
      if (!appended.ok) throw new Error(`commit ${id} was refused`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
  const seconds = (performance.now() - started) / 1000;
  await embedded.close();
  report(`ledger, ${COMMITS} commits, ${IN_FLIGHT} in flight`, `${Math.round(COMMITS / seconds)} commits/s`, "aim 600");
}

async function benchStart(args: string[]): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < 7; i += 1) times.push((await run([...args, "--data", join(folder, "start")])).firstMs);
  const median = times.sort((a, b) => a - b)[3] ?? 0;
  report(`knockoff ${args.join(" ")}, first output (median of 7)`, `${Math.round(median)} ms`, "aim 400");
}

/** Runs the built program; milliseconds to its first output and the largest memory the system saw it hold. */
function run(args: string[]): Promise<{ firstMs: number; peakMb: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let firstMs = Number.NaN;
  let peakMb = 0;
  const look = () => {
    if (Number.isNaN(firstMs)) firstMs = performance.now() - started;
  };
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, peakOf(child.pid));
  }, 200);
  child.stdout.on("data", look);
  child.stderr.on("data", look);
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ firstMs, peakMb });
      else reject(new Error(`knockoff ${args.join(" ")} ended with ${code}`));
    });
  });
}

/** Linux only; elsewhere 0. */
function peakOf(pid: number | undefined): number {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function report(what: string, measured: string, aim: string): void {
  process.stdout.write(`${what.padEnd(52)} ${measured.padStart(18)}   ${aim}\n`);
}
