/**
 * Learns how much a distance between perceptual hashes says, and prints the table of lib/domain/match/icon/weights.ts.
 * Run: npx tsx test/bench/icon-weights.ts
 *
 * Learnt from icons under CC0 or MIT that neither are a bank's nor share a mark with one, so that what is measured on banks'
 * icons afterwards was not learnt from them. Unrelated = another group of groups.csv. Alike = the icon itself brightened,
 * resized or encoded again.
 */
import { readFileSync } from "node:fs";
import sharp, { type Sharp } from "sharp";
import { decodeIcon } from "../../lib/domain/match/icon/decode.ts";
import { hashDistance, perceptualHash } from "../../lib/domain/match/icon/perceptual-hash.ts";
import { iconWeight } from "../../lib/domain/match/icon/weights.ts";
import { sharedPath } from "../support/shared.ts";

interface Sample {
  file: string;
  group: string;
  bank: boolean;
  free: boolean;
  hash: string;
}

interface Counts {
  /** Pairs by distance. */
  at: number[];
  all: number;
}

type Change = (image: Sharp) => Sharp;

/** What happens to an icon that somebody takes over as it is. */
const CHANGES: Record<string, Change> = {
  "brighter by 15%": (image) => image.modulate({ brightness: 1.15 }),
  "brighter by 40%": (image) => image.modulate({ brightness: 1.4 }),
  "darker by 30%": (image) => image.modulate({ brightness: 0.7 }),
  "more contrast": (image) => image.flatten({ background: "white" }).linear(1.3, -38),
  "48 pixels": (image) => image.resize(48, 48),
  "512 pixels": (image) => image.resize(512, 512, { kernel: "nearest" }),
  "JPEG, quality 35": (image) => image.flatten({ background: "white" }).jpeg({ quality: 35 }),
  "WebP, quality 20": (image) => image.webp({ quality: 20 }),
  "48 pixels, darker, JPEG": (image) =>
    image.resize(48, 48).flatten({ background: "white" }).modulate({ brightness: 0.85 }).jpeg({ quality: 50 }),
};

const FREE = new Set(["aegis-icons/aegis-icons", "College-Canine/financial", "omise/banks-logo"]);

/** Rates of false alarms at which the bands end; the second is that of the alert. */
const RATES = [1e-5, 1e-4, 1e-3];

/**
 * Half of what a rate alone would be worth. Chance is not all that makes icons alike: banks share symbols, and whoever likes
 * can make two images of one hash. So no distance is worth more, however rarely it was measured.
 */
const mostWeight = (rate: number) => Math.log(1 / rate) / 2;

function rowsOf(csv: string): Record<string, string>[] {
  const [head = "", ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(",");
  // A comma inside quotation marks belongs to the cell.
  return lines.map((line) => {
    const cells = line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/);
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

async function hashOf(bytes: Uint8Array): Promise<string | undefined> {
  const icon = await decodeIcon(bytes);
  return icon.ok ? perceptualHash(icon.value) : undefined;
}

async function samplesOf(folder: string): Promise<Sample[]> {
  const groups = new Map(
    rowsOf(readFileSync(`${folder}/groups.csv`, "utf8")).map((row) => [row.file, row.group ?? ""]),
  );
  const samples: Sample[] = [];
  for (const row of rowsOf(readFileSync(`${folder}/index.csv`, "utf8"))) {
    const file = row.file ?? "";
    const hash = await hashOf(readFileSync(`${folder}/${file}`));
    if (hash === undefined) continue;
    const free = FREE.has(row.origin_repo ?? "");
    samples.push({ file, group: groups.get(file) ?? file, bank: row.is_bank === "1", free, hash });
  }
  return samples;
}

function unrelatedPairs(references: Sample[], candidates: Sample[]): Counts {
  const counts = noCounts();
  const seen = new Set<Sample>();
  for (const reference of references) {
    seen.add(reference);
    for (const candidate of candidates) {
      if (!seen.has(candidate) && candidate.group !== reference.group) count(counts, reference.hash, candidate.hash);
    }
  }
  return counts;
}

async function alikePairs(folder: string, samples: Sample[]): Promise<Map<string, Counts>> {
  const byChange = new Map<string, Counts>();
  for (const [name, change] of Object.entries(CHANGES)) {
    const counts = noCounts();
    for (const { file, hash } of samples) {
      const changed = await hashOf(await change(sharp(`${folder}/${file}`)).toBuffer());
      // An icon that the change made too plain to compare is a miss.
      if (changed === undefined) counts.all += 1;
      else count(counts, hash, changed);
    }
    byChange.set(name, counts);
  }
  return byChange;
}

function noCounts(): Counts {
  return { at: Array<number>(257).fill(0), all: 0 };
}

function count(counts: Counts, a: string, b: string): void {
  const distance = hashDistance(a, b);
  counts.at[distance] = (counts.at[distance] as number) + 1;
  counts.all += 1;
}

function within({ at }: Counts, from: number, upTo: number): number {
  return at.slice(Math.max(0, from), upTo + 1).reduce((sum, pairs) => sum + pairs, 0);
}

function sumOf(all: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const counts of all) {
    counts.at.forEach((pairs, distance) => {
      sum.at[distance] = (sum.at[distance] as number) + pairs;
    });
    sum.all += counts.all;
  }
  return sum;
}

/** Largest distance up to which at most this share of unrelated pairs lies. */
function limitAt(unrelated: Counts, rate: number): number {
  let limit = 0;
  while (limit < 256 && within(unrelated, 0, limit + 1) <= unrelated.all * rate) limit += 1;
  return limit;
}

/** Natural logarithm of how much likelier a distance of the band is between alike than between unrelated icons. */
function weightOf(alike: Counts, unrelated: Counts, [from, upTo]: [number, number], rate: number): number {
  const hits = (within(alike, from, upTo) + 0.5) / (alike.all + 1);
  const alarms = (within(unrelated, from, upTo) + 0.5) / (unrelated.all + 1);
  return Math.round(10 * Math.min(mostWeight(rate), Math.log(hits / alarms))) / 10;
}

function report(title: string, unrelated: Counts, limits: number[]): void {
  const rates = limits.map((limit) => `${limit}: ${(within(unrelated, 0, limit) / unrelated.all).toExponential(1)}`);
  process.stdout.write(`${title}: ${unrelated.all} pairs; false alarms up to ${rates.join(", ")}\n`);
}

const folder = sharedPath("icons");
if (folder === undefined) throw new Error("the icons beside the repository are missing");
const samples = await samplesOf(folder);
const bankGroups = new Set(samples.filter((sample) => sample.bank).map((sample) => sample.group));
const learning = samples.filter((sample) => sample.free && !bankGroups.has(sample.group));
const banks = samples.filter((sample) => sample.bank);

const unrelated = unrelatedPairs(learning, learning);
const alike = sumOf((await alikePairs(folder, learning)).values());
const limits = RATES.map((rate) => limitAt(unrelated, rate));
limits.forEach((upTo, i) => {
  const band: [number, number] = [(limits[i - 1] ?? -1) + 1, upTo];
  process.stdout.write(`  { upTo: ${upTo}, weight: ${weightOf(alike, unrelated, band, RATES[i] as number)} },\n`);
});
report(`learnt from ${learning.length} icons`, unrelated, limits);
report("banks against all others", unrelatedPairs(banks, samples), limits);

const hits = await alikePairs(folder, banks.slice(0, 200));
for (const [name, counts] of hits) {
  const shares = limits.map((limit) => `${limit}: ${((100 * within(counts, 0, limit)) / counts.all).toFixed(1)}%`);
  const mean = counts.at.reduce((sum, pairs, distance) => sum + pairs * iconWeight(distance), 0) / counts.all;
  process.stdout.write(`banks, ${name}: hits up to ${shares.join(", ")}; mean weight ${mean.toFixed(1)}\n`);
}
