import yargs, { type Argv } from "yargs";
import { ATTEMPT_STATES } from "../../domain/finding/event.ts";
import { ROLES } from "../access/rights.ts";
import { messagesFor, pickLanguage } from "../text/language.ts";
import type { Messages } from "../text/messages.en.ts";
import { EXIT } from "./exit.ts";
import type { CommonArgs, Invocation } from "./invocation.ts";
import { createTerminal, wantsColor } from "./terminal.ts";
import { VERSION } from "./version.ts";

type Handler<T> = (args: T & CommonArgs, invocation: Invocation) => Promise<number>;

const DISPOSITIONS = ["impersonation", "repackaged", "authorised", "unrelated", "duplicate"] as const;
/** Runs one command line and answers its exit code. Each command's code is loaded only when it is asked for. */
export async function main(argv: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<number> {
  let code: number = EXIT.complete;
  const language = pickLanguage(flagOf(argv, "--lang"), env.KNOCKOFF_LANG, env.LC_ALL, env.LC_MESSAGES, env.LANG);

  const m = messagesFor(language);
  const h = m.help;
  const output = {
    json: { type: "boolean", describe: h.json },
    ndjson: { type: "boolean", describe: h.ndjson },
    csv: { type: "boolean", describe: h.csv },
  } as const;

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

  const parser = globalOptions(yargs(argv), h)
    .scriptName("knockoff")
    .locale("en")
    .updateStrings(m.yargs)
    .command(
      "init",
      h.init,
      (y) => y.option("force", { type: "boolean", default: false, describe: h.force }),
      on(async () => (await import("./commands/init.ts")).init),
    )
    .command(
      "brand <action> [link]",
      h.brand,
      (y) =>
        y
          .positional("action", { choices: ["check", "add", "list", "schema"] as const, demandOption: true })
          .positional("link", { type: "string", describe: h.link })
          .option("brand", { type: "string", describe: h.whichBrand })
          .option("yes", { type: "boolean", default: false, describe: h.yes })
          .option("json", output.json),
      on(async () => (await import("./commands/brand.ts")).brand),
    )
    .command(
      "scan [brands..]",
      h.scan,
      (y) =>
        y
          .positional("brands", { type: "string", array: true, describe: h.brands })
          .option("source", { type: "string", array: true, describe: h.source })
          .option("again", { type: "boolean", default: false, describe: h.again })
          .option("dry-run", { type: "boolean", default: false, describe: h.dryRun })
          .option("fail-on", { type: "number", describe: h.failOn })
          .option("recorded", {
            type: "string",
            describe: h.recorded,
          })
          .option("manifest", { type: "string", describe: h.manifest })
          .option("record", { type: "string", describe: h.record })
          .options(output),
      on(async () => (await import("./commands/scan.ts")).scanCommand),
    )
    .command(
      "findings",
      h.findings,
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
          .option("since", { type: "string", describe: h.since })
          .option("all", {
            type: "boolean",
            default: false,
            describe: h.all,
          })
          .option("limit", { type: "number", default: 100 })
          .options(output),
      on(async () => (await import("./commands/findings.ts")).findings),
    )
    .command(
      "show <id>",
      h.show,
      (y) => y.positional("id", { type: "string", demandOption: true }).option("json", output.json),
      on(async () => (await import("./commands/show.ts")).show),
    )
    .command(
      "decide <ids..>",
      `${h.decide}${DISPOSITIONS.join(", ")}`,
      (y) =>
        y
          .positional("ids", { type: "string", array: true, demandOption: true })
          .option("reason", { type: "string", describe: h.reason })
          .option("by", { type: "string", describe: h.by })
          .option("expires", { type: "string", describe: h.expires })
          .option("json", output.json),
      on(async () => (await import("./commands/decide.ts")).decideCommand),
    )
    .command(
      "attempt <id> <state>",
      h.attempt,
      (y) =>
        y
          .positional("id", { type: "string", demandOption: true })
          .positional("state", { choices: ATTEMPT_STATES, demandOption: true })
          .option("recipient", { type: "string", demandOption: true, describe: h.recipient })
          .option("channel", { type: "string", default: "form", describe: h.channel })
          .option("reference", { type: "string", describe: h.reference })
          .option("by", { type: "string", describe: h.by })
          .option("json", output.json),
      on(async () => (await import("./commands/attempt.ts")).attemptCommand),
    )
    .command(
      "assess [file]",
      h.assess,
      (y) => y.positional("file", { type: "string" }),
      on(async () => (await import("./commands/assess.ts")).assess),
    )
    .command(
      "sources",
      h.sources,
      (y) =>
        y
          .option("check", { type: "boolean", default: false, describe: h.check })
          .option("source", { type: "string", array: true })
          .option("json", output.json),
      on(async () => (await import("./commands/sources.ts")).sources),
    )
    .command(
      "serve",
      h.serve,
      (y) =>
        y
          .option("port", { type: "number", default: 4780, describe: h.port })
          .option("by", { type: "string", describe: h.by })
          .option("role", { choices: ROLES, default: "admin" as const, describe: h.role })
          .option("json", output.json),
      on(async () => (await import("./commands/serve.ts")).serveCommand),
    )
    .command(
      "doctor",
      h.doctor,
      (y) => y.option("json", output.json),
      on(async () => (await import("./commands/doctor.ts")).doctor),
    )
    .completion("completion", h.completion)
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

function globalOptions(y: Argv, h: Messages["help"]): Argv {
  return y
    .option("config", { type: "string", global: true, describe: h.config })
    .option("data", { type: "string", global: true, describe: h.data })
    .option("lang", { type: "string", global: true, choices: ["en", "zh"], describe: h.lang })
    .option("quiet", { alias: "q", type: "boolean", default: false, global: true, describe: h.quiet })
    .option("verbose", { alias: "v", type: "boolean", default: false, global: true, describe: h.verbose })
    .option("color", { type: "boolean", global: true, describe: h.color })
    .option("input", { type: "boolean", default: true, global: true, describe: h.input });
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
