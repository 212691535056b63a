import { ASSUMPTIONS, DAYS_A_MONTH, FIRST_ESTIMATE, PRICES } from "./cost-assumptions.ts";
import { fixedCost, keptCost, PUTS, type ScanCost, scanCost, UNITS } from "./cost-model.ts";

/** `npm run bench:cost`: what a daily scan should cost in AWS. Nothing is measured, and nobody was billed. */

/** A name, and what stands beside it for a number of brands. */
type Row = [string, (cost: ScanCost) => string];

const COSTS = [1, 100, 1000].map((brands) => scanCost(brands));

title("A model, not a bill: US dollars of a daily scan");
say("  by list prices as remembered, 2026-11: us-east-1, no free tier");
table([
  ["brands", ({ brands }) => String(brands)],
  ...servicesOf(scanCost(1)),
  ["one scan", ({ total }) => usd(total)],
  ["  for each brand", ({ brands, total }) => usd(total / brands)],
  ["scans of a month", ({ total }) => usd(total * DAYS_A_MONTH)],
  ["fixed, a month", () => usd(sumOf(fixedCost()))],
  ["kept after a year of scans, a month", (cost) => usd(sumOf(keptCost(cost, 365)))],
]);

title("What it takes");
table([
  ["questions to a source, with canary and lookups", ({ work }) => count(work.questions)],
  ["  searches asked of those wanted", ({ work }) => `${Math.round(work.searched * 100)} %`],
  ["hours of a source", ({ work }) => work.hours.toFixed(2)],
  [`hours of a scan, ${ASSUMPTIONS.sourcesAtOnce} sources at once`, ({ scanHours }) => scanHours.toFixed(1)],
  [`  ends within ${ASSUMPTIONS.mostHours}, and is not stopped`, ({ fits }) => (fits ? "yes" : "no")],
  ["stretches of a source", ({ work }) => count(work.stretches)],
  [
    `  seconds of each, of ${ASSUMPTIONS.stretchSeconds}, that read known findings`,
    ({ work }) => work.reading.seconds.toFixed(1),
  ],
  [
    `seconds of plan (a call has ${ASSUMPTIONS.planCallSeconds}, and four more may follow)`,
    ({ planSeconds }) => count(planSeconds),
  ],
]);

title("Beside the first estimate, which the design was drawn from");
table([
  ["one scan, first", ({ brands }) => usd(FIRST_ESTIMATE[brands]?.usd)],
  ["one scan here, of the first", ({ brands, total }) => times(total, FIRST_ESTIMATE[brands]?.usd)],
  ["  Lambda here while searches are asked (some 77 % of the first)", ({ work }) => usd(askingCost(work))],
  ["hours of a source, first", ({ brands }) => (FIRST_ESTIMATE[brands]?.hoursPerSource ?? Number.NaN).toFixed(2)],
]);
say(`
Why they differ:
- The first gave a source's time to searches only. Details of suspects, and looking for what is missing, take their turn
  at the source's pace too: most of the time with few brands, little with many, because their number is bounded.
- The first left out what a stretch reads before it asks: all tasks of its source, and all its known findings, by the
  source's own keys and then a read for every view. Findings and stretches both grow with the brands, so this grows with
  their square, until the budget of searches bounds both.
- The first let any number of questions through. A source is asked ${count(ASSUMPTIONS.mostQuestions)} searches at most,
  and the digest names the rest as over budget. The scan of 1,000 brands here is therefore a part of the one estimated
  first, and cheaper and shorter for that reason alone.
- A finding that is seen again costs a read and a write for every question that shows it. A new one costs
  ${UNITS.newFinding.writes} writes, one of them for its key among those of its source,
  and up to ${PUTS.withoutDetails + PUTS.details} puts (bytes and description of each of four pieces of evidence).`);

title("Fixed, a month");
for (const [name, value] of Object.entries(fixedCost())) row(name, [usd(value)]);

title("Kept, a month (neither ledger nor evidence is ever deleted)");
for (const days of [30, 365, 730]) {
  table(
    Object.keys(keptCost(scanCost(1), days)).map((name) => [
      `${name}, after ${days} days`,
      (cost) => usd(keptCost(cost, days)[name]),
    ]),
  );
}

title("Units of the ledger, as the code asks for them: reads, writes");
for (const [name, { reads, writes }] of Object.entries(UNITS)) row(name, [String(reads), String(writes)]);

title("Assumptions");
for (const [name, value] of Object.entries(ASSUMPTIONS)) row(name, [String(value)]);

title("Prices");
for (const [name, value] of Object.entries(PRICES)) row(name, [price(value)]);
say(`
Left out: API, login, CloudFront and firewall (by use), data sent to stores, access logs of buckets, retries, taxes. The
shipped sources ask every three to eight seconds rather than every two: hours and Lambda grow with it.`);

function servicesOf({ lines }: ScanCost): Row[] {
  return Object.keys(lines).map((name) => [name, (cost) => usd(cost.lines[name])]);
}

/** What the first estimate was mostly made of. */
function askingCost({ searches }: ScanCost["work"]): number {
  const { sources, memoryGb, spacingSeconds } = ASSUMPTIONS;
  return sources * searches * spacingSeconds * memoryGb * PRICES.lambdaGbSecond;
}

function sumOf(lines: Record<string, number>): number {
  return Object.values(lines).reduce((all, value) => all + value, 0);
}

function usd(value = Number.NaN): string {
  return value >= 100 ? count(value) : value.toFixed(value >= 0.1 ? 2 : 4);
}

function price(value: number): string {
  return value < 0.001 ? `${Number((value * 1e6).toPrecision(6))} a million` : String(value);
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en");
}

function times(value: number, of = Number.NaN): string {
  return `${(value / of).toFixed(1)} x`;
}

function title(text: string): void {
  say(`\n${text}`);
}

function table(rows: readonly Row[]): void {
  for (const [name, cell] of rows) row(name, COSTS.map(cell));
}

function row(name: string, cells: readonly string[]): void {
  say(`  ${name.padEnd(70)}${cells.map((cell) => cell.padStart(12)).join("")}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
