#!/usr/bin/env node
import "./frugal.ts";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { messagesFor, pickLanguage } from "../text/language.ts";
import { EXIT } from "./exit.ts";
import { main } from "./main.ts";
import { VERSION } from "./version.ts";

const stop = new AbortController();

// The first Ctrl-C lets the current write finish; whoever asks twice means it.
function onStop(): void {
  if (stop.signal.aborted) process.exit(EXIT.interrupted);
  stop.abort();
}
process.on("SIGINT", onStop);
process.on("SIGTERM", onStop);
// `knockoff findings | head` closes our output early; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.complete);
});

try {
  const code = await main(process.argv.slice(2), process.env, stop.signal);
  process.exitCode = stop.signal.aborted ? EXIT.interrupted : code;
} catch (error) {
  process.exitCode = EXIT.bug;
  const file = join(tmpdir(), `knockoff-bug-${process.pid}.txt`);
  const m = messagesFor(pickLanguage(process.env.KNOCKOFF_LANG, process.env.LANG));
  writeFileSync(
    file,
    `knockoff ${VERSION}, node ${process.version}\n${process.argv.slice(2).join(" ")}\n${inspect(error, { depth: 6 })}\n`,
    { mode: 0o600 },
  );
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${m.error.bug(file)}\n`);
  if (process.argv.includes("-v") || process.argv.includes("--verbose")) process.stderr.write(`${inspect(error)}\n`);
}
