import { execFileSync } from "node:child_process";

/**
 * Checks the rings with dependency-cruiser and fails when it saw fewer modules than there are files: under a compiler it
 * does not know, the cruiser sees nothing and finds nothing wrong.
 */
const ROOTS = ["lib", "functions", "infra", "test"];

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "--", ...ROOTS], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts"));
const roots = ROOTS.filter((root) => tracked.some((file) => file.startsWith(`${root}/`)));
const report = cruise(roots);
const seen = new Set(report.modules.map((module) => module.source));
const unseen = tracked.filter((file) => !seen.has(file));
for (const { rule, from, to } of report.summary.violations) process.stderr.write(`${rule.name}: ${from} → ${to}\n`);
if (unseen.length > 0) process.stderr.write(`not seen by the check: ${unseen.slice(0, 10).join(", ")}\n`);
if (report.summary.violations.length > 0 || unseen.length > 0) process.exitCode = 1;
else process.stdout.write(`rings: ${tracked.length} files, no import points outwards\n`);

interface Report {
  modules: { source: string }[];
  summary: { violations: { rule: { name: string }; from: string; to: string }[] };
}

function cruise(folders: string[]): Report {
  const args = ["depcruise", "--config", ".dependency-cruiser.cjs", "--output-type", "json", ...folders];
  return JSON.parse(
    execFileSync("npx", args, { encoding: "utf8", maxBuffer: 256 * 1024 * 1024, stdio: ["ignore", "pipe", "ignore"] }),
  );
}
