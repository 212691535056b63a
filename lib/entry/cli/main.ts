import yargs, { type Argv } from "yargs";
import { pickLanguage } from "../text/language.ts";
import { EXIT } from "./exit.ts";
import type { CommonArgs, Invocation } from "./invocation.ts";
import { createTerminal, wantsColor } from "./terminal.ts";
import { VERSION } from "./version.ts";

type Handler<T> = (args: T & CommonArgs, invocation: Invocation) => Promise<number>;

const DISPOSITIONS = ["impersonation", "repackaged", "authorised", "unrelated", "duplicate"] as const;
const OUTPUT = {
  json: { type: "boolean", describe: "one versioned JSON document" },
  ndjson: { type: "boolean", describe: "one JSON object a line" },
  csv: { type: "boolean", describe: "CSV" },
} as const;

/** Runs one command line and answers its exit code. Each command's code is loaded only when it is asked for. */
export async function main(argv: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  let code: number = EXIT.complete;
  const language = pickLanguage(flagOf(argv, "--lang"), env.KNOCKOFF_LANG, env.LC_ALL, env.LC_MESSAGES, env.LANG);

  const on =
    <T>(load: () => Promise<Handler<T>>) =>
    async (args: unknown) => {
      const common = args as T & CommonArgs;
      const terminal = createTerminal({
        stdout: process.stdout,
        stderr: process.stderr,
        stdin: process.stdin,
        color: wantsColor(env, common.color, process.stdout.isTTY === true),
        quiet: common.quiet,
        verbose: common.verbose,
        language,
      });
      const handler = await load();
      code = await handler(common, { terminal: common.input ? terminal : { ...terminal, asks: false }, env, signal });
    };

  const parser = globalOptions(yargs(argv))
    .scriptName("knockoff")
    .locale(language === "zh" ? "zh_CN" : "en")
    .command(
      "init",
      "write a commented knockoff.yaml",
      (y) => y.option("force", { type: "boolean", default: false, describe: "replace an existing file" }),
      on(async () => (await import("./commands/init.ts")).init),
    )
    .command(
      "brand <action> [link]",
      "check the brand profile, or add what a store link shows",
      (y) =>
        y
          .positional("action", { choices: ["check", "add", "list", "schema"] as const, demandOption: true })
          .positional("link", { type: "string", describe: "link to our own app at a store" })
          .option("brand", { type: "string", describe: "which brand of the file" })
          .option("yes", { type: "boolean", default: false, describe: "write without asking" })
          .option("json", OUTPUT.json),
      on(async () => (await import("./commands/brand.ts")).brand),
    )
    .command(
      "scan [brands..]",
      "search the stores, assess, record; prints what is new, then what was not searched",
      (y) =>
        y
          .positional("brands", { type: "string", array: true, describe: "brand ids; all when none is named" })
          .option("source", { type: "string", array: true, describe: "only these sources" })
          .option("again", { type: "boolean", default: false, describe: "ask today's questions once more" })
          .option("dry-run", { type: "boolean", default: false, describe: "print the questions, send nothing" })
          .option("fail-on", { type: "number", describe: "exit 4 when something new scores at least this" })
          .option("recorded", {
            type: "string",
            describe: "answer from recorded bodies in this folder, never from the network",
          })
          .option("manifest", { type: "string", describe: "the list of recorded bodies, with --recorded" })
          .option("record", { type: "string", describe: "keep every exchange in this folder" })
          .options(OUTPUT),
      on(async () => (await import("./commands/scan.ts")).scanCommand),
    )
    .command(
      "findings",
      "list findings, highest score first",
      (y) =>
        y
          .option("brand", { type: "string" })
          .option("source", { type: "string" })
          .option("stage", {
            type: "string",
            array: true,
            choices: ["new", "triaging", "confirmed", "takedown", "closed"] as const,
          })
          .option("verdict", { type: "string", array: true })
          .option("liveness", {
            type: "string",
            array: true,
            choices: ["live", "gone", "relisted", "unknown"] as const,
          })
          .option("min-score", { type: "number" })
          .option("since", { type: "string", describe: "changed since this day or instant" })
          .option("all", {
            type: "boolean",
            default: false,
            describe: "official apps, genuine copies and closed cases too",
          })
          .option("limit", { type: "number", default: 100 })
          .options(OUTPUT),
      on(async () => (await import("./commands/findings.ts")).findings),
    )
    .command(
      "show <id>",
      "reasons, history and evidence of one finding",
      (y) => y.positional("id", { type: "string", demandOption: true }).option("json", OUTPUT.json),
      on(async () => (await import("./commands/show.ts")).show),
    )
    .command(
      "decide <ids..>",
      `decide findings: the last word is one of ${DISPOSITIONS.join(", ")}`,
      (y) =>
        y
          .positional("ids", { type: "string", array: true, demandOption: true })
          .option("reason", { type: "string", describe: "why; kept for ever" })
          .option("by", { type: "string", describe: "who decides; default: the user of this machine" })
          .option("expires", { type: "string", describe: "day on which an authorisation ends" })
          .option("json", OUTPUT.json),
      on(async () => (await import("./commands/decide.ts")).decideCommand),
    )
    .command(
      "assess [file]",
      "assess listings: NDJSON in (file or standard input), NDJSON out",
      (y) => y.positional("file", { type: "string" }),
      on(async () => (await import("./commands/assess.ts")).assess),
    )
    .command(
      "sources",
      "what each source can do and how it fares",
      (y) =>
        y
          .option("check", { type: "boolean", default: false, describe: "ask every source for its canary now" })
          .option("source", { type: "string", array: true })
          .option("json", OUTPUT.json),
      on(async () => (await import("./commands/sources.ts")).sources),
    )
    .command(
      "doctor",
      "check configuration, data folder, clock and versions",
      (y) => y.option("json", OUTPUT.json),
      on(async () => (await import("./commands/doctor.ts")).doctor),
    )
    .completion("completion", "print a completion script for your shell")
    .demandCommand(1)
    .strict()
    .recommendCommands()
    .version(VERSION)
    .help()
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      if (error && !isUsage(error)) throw error;
      process.stderr.write(`knockoff: ${message}\nknockoff --help\n`);
      code = EXIT.usage;
    });
  await parser.parseAsync();
  return code;
}

function globalOptions(y: Argv): Argv {
  return y
    .option("config", { type: "string", global: true, describe: "configuration file" })
    .option("data", { type: "string", global: true, describe: "data folder" })
    .option("lang", { type: "string", global: true, choices: ["en", "zh"], describe: "language of messages" })
    .option("quiet", { alias: "q", type: "boolean", default: false, global: true, describe: "only the answer" })
    .option("verbose", { alias: "v", type: "boolean", default: false, global: true, describe: "say more" })
    .option("color", { type: "boolean", global: true, describe: "--no-color for plain text" })
    .option("input", { type: "boolean", default: true, global: true, describe: "--no-input never asks" });
}

/** The language must be known before the arguments are parsed, because the parser speaks it. */
function flagOf(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  if (at < 0) return undefined;
  return argv[at]?.includes("=") ? argv[at]?.split("=")[1] : argv[at + 1];
}

function isUsage(error: Error): boolean {
  return error.name === "YError";
}
