import { styleText } from "node:util";
import type { Language } from "../text/language.ts";
import { messagesFor } from "../text/language.ts";
import type { Messages } from "../text/messages.en.ts";

/** What a command may know of the person at the other end. stdout is the answer, stderr is everything else. */
export interface Terminal {
  /** One line or more of the answer, on stdout. */
  answer(text: string): void;
  /** A message, on stderr; silent with --quiet. */
  note(text: string): void;
  /** An error, on stderr, always. */
  error(text: string): void;
  style(kind: Style, text: string): string;
  /** stderr is a terminal that can show a moving line. */
  animated: boolean;
  /** Somebody can be asked. */
  asks: boolean;
  width: number;
  verbose: boolean;
  quiet: boolean;
  language: Language;
  m: Messages;
}

export type Style = "alert" | "warn" | "good" | "dim" | "strong";

const STYLES = { alert: ["red", "bold"], warn: "yellow", good: "green", dim: "dim", strong: "bold" } as const;

export interface TerminalOptions {
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  stdin: NodeJS.ReadStream;
  color: boolean;
  quiet: boolean;
  verbose: boolean;
  language: Language;
}

export function createTerminal(options: TerminalOptions): Terminal {
  const { stdout, stderr, stdin, quiet } = options;
  return {
    answer: (text) => void stdout.write(`${text}\n`),
    note: (text) => void (quiet || stderr.write(`${text}\n`)),
    error: (text) => void stderr.write(`${text}\n`),
    style: (kind, text) => (options.color ? styleText(STYLES[kind] as "red", text, { validateStream: false }) : text),
    animated: stderr.isTTY === true && !quiet,
    asks: stdin.isTTY === true && stderr.isTTY === true,
    width: stdout.columns ?? 120,
    verbose: options.verbose,
    quiet,
    language: options.language,
    m: messagesFor(options.language),
  };
}

/** NO_COLOR and FORCE_COLOR as agreed at no-color.org and force-color.org; otherwise colour is for terminals. */
export function wantsColor(env: NodeJS.ProcessEnv, flag: boolean | undefined, isTerminal: boolean): boolean {
  if (flag !== undefined) return flag;
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return true;
  return isTerminal;
}
