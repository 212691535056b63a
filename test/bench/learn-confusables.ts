import { readFileSync, writeFileSync } from "node:fs";

/**
 * Writes `lib/domain/match/name/confusables.data.ts` from the Unicode Consortium's `confusables.txt` (UTS #39):
 * `npx tsx test/bench/learn-confusables.ts confusables.txt`. Kept are letters of scripts that are mistaken for Latin ones.
 */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("name the confusables.txt to read");
const text = readFileSync(file, "utf8");
const version = /^# Version: ([\d.]+)/m.exec(text)?.[1] ?? "unknown";
const ALIKE =
  /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Coptic}\p{Script=Lisu}]$/u;

const groups = new Map<string, string>();
for (const line of text.split("\n")) {
  const [source, target] = line
    .replace(/^\uFEFF/, "")
    .split(";")
    .map((part) => part.trim());
  if (source === undefined || target === undefined || !/^[0-9A-F]{4,6}$/.test(source)) continue;
  const char = decode(source);
  const shape = decode(target).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  if (char <= "\x7f" || !ALIKE.test(char) || !/^[a-z0-9]$/.test(shape)) continue;
  // What compatibility and canonical decomposition already fold needs no row.
  if (char.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase() === shape) continue;
  groups.set(shape, (groups.get(shape) ?? "") + char);
}

const rows = [...groups]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([shape, chars]) => `  ${JSON.stringify(shape)}: ${JSON.stringify(chars)},`);
writeFileSync(
  new URL("../../lib/domain/match/name/confusables.data.ts", import.meta.url),
  `// Written by test/bench/learn-confusables.ts from confusables.txt of Unicode ${version} (UTS #39); do not edit.

/** Latin letter or digit -> the letters of other kinds that are drawn like it. */
export const CONFUSABLES: Readonly<Record<string, string>> = {
${rows.join("\n")}
};
`,
);

function decode(codes: string): string {
  return String.fromCodePoint(...codes.split(" ").map((code) => Number.parseInt(code, 16)));
}
