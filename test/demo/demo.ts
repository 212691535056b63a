import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { bankProfiles, writeIcons } from "../storefront/profile-facts.ts";
import { startStorefront } from "../storefront/server.ts";
import { cloudDay } from "./cloud-day.ts";
import { consoleDay } from "./console-day.ts";

/**
 * The story of one day, offline: simulated stores, three invented banks, the real program. It scans, looks at a finding, scans
 * again, sees what a bad day of a store looks like, runs a day as the cloud host does, and ends with the console of those banks.
 */
const PROGRAM = fileURLToPath(new URL("../../dist/knockoff.js", import.meta.url));
const storefront = await startStorefront({ seed: 7 });
const folder = mkdtempSync(join(tmpdir(), "knockoff-demo-"));

try {
  await writeIcons(storefront.world, join(folder, "icons"));
  const profiles = bankProfiles(storefront.world, { url: storefront.url, iconFolder: "icons" });
  writeFileSync(join(folder, "knockoff.yaml"), stringify({ contact: "mailto:demo@bank.example", ...profiles }));
  say(
    `${storefront.world.apps.length} apps in ${Object.keys(profiles.sources).length} simulated stores, ${storefront.world.banks.length} invented banks.`,
  );

  await knockoff("brand", "list");
  await knockoff("scan");
  const [first] = JSON.parse((await quietly("findings", "--json", "--quiet", "--limit", "1")).stdout).findings as {
    id: string;
    listing: { source: string };
  }[];
  if (first !== undefined) {
    await knockoff("show", first.id);
    await knockoff("decide", first.id, "impersonation", "--reason", "uses our name and our icon", "--by", "analyst");
    const letter = ["--recipient", first.listing.source, "--reference", "T-2026-118", "--by", "officer"];
    await knockoff("attempt", first.id, "sent", ...letter);
  }

  say("The same day again: nothing is new, nothing is asked twice.");
  await knockoff("scan");

  say("The next scan meets a store that answers with a captcha; the others are searched all the same.");
  storefront.set("google-play", { captcha: true });
  await knockoff("scan", "--again");
  storefront.set("google-play", {});

  await cloudDay(folder, say);
  await consoleDay(PROGRAM, folder, say);
} finally {
  await storefront.stop();
  rmSync(folder, { recursive: true });
}

function say(text: string): void {
  process.stdout.write(`\n# ${text}\n`);
}

async function knockoff(...args: string[]): Promise<void> {
  process.stdout.write(`\n$ knockoff ${args.map((arg) => (arg.includes(" ") ? `"${arg}"` : arg)).join(" ")}\n`);
  const { code } = await run(args, "inherit");
  // A gap in the search is part of the story (exit 3); anything else ends it.
  if (code !== 0 && code !== 3) throw new Error(`knockoff ${args[0]} ended with ${code}`);
}

async function quietly(...args: string[]): Promise<{ code: number; stdout: string }> {
  return run(args, "pipe");
}

function run(args: string[], stdout: "inherit" | "pipe"): Promise<{ code: number; stdout: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, ...args, "--data", join(folder, "data")], {
      cwd: folder,
      stdio: ["ignore", stdout, "inherit"],
    });
    let text = "";
    child.stdout?.on("data", (part) => {
      text += part;
    });
    child.once("error", reject);
    child.once("exit", (code) => resolve({ code: code ?? 1, stdout: text }));
  });
}
