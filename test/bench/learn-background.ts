import { createReadStream, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { readName } from "../../lib/domain/match/name/reading.ts";
import { sharedPath } from "../support/shared.ts";

/**
 * Writes `lib/domain/match/name/background.data.ts`: how often each word occurs in ordinary app names. Learnt from the two
 * collections of titles whose licence allows it (Lawnicons and Google's paco, both Apache-2.0), and only counts are kept.
 */
const FREE = new Set(["lawnicons", "paco"]);
const path = sharedPath("names", "legit_dev.jsonl");
if (path === undefined) throw new Error("the labelled names are not here");

const counts = new Map<string, number>();
let titles = 0;
for await (const line of createInterface({ input: createReadStream(path) })) {
  const row = JSON.parse(line) as { source: string; title: string; bankish: boolean; category: string };
  if (!FREE.has(row.source) || row.bankish || /finance/i.test(row.category)) continue;
  titles += 1;
  const reading = readName(row.title);
  for (const word of new Set(reading.words.map(({ from, to }) => reading.plain.slice(from, to)))) {
    if (/^\p{Script=Latin}{2,24}$/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
}

const groups = new Map<number, string[]>();
for (const [word, count] of counts) groups.set(count, [...(groups.get(count) ?? []), word]);
const rows = [...groups]
  .sort(([a], [b]) => b - a)
  .map(([count, words]) => `  [${count}, ${JSON.stringify(words.sort().join(" "))}],`);
writeFileSync(
  new URL("../../lib/domain/match/name/background.data.ts", import.meta.url),
  `// Written by test/bench/learn-background.ts from ${titles} app names of Lawnicons and paco (Apache-2.0); do not edit.

/** How many names hold a word, and the words. */
export const WORD_COUNTS: readonly (readonly [count: number, words: string])[] = [
${rows.join("\n")}
];
`,
);
