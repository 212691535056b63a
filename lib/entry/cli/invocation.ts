import type { Terminal } from "./terminal.ts";

/** The settings every command takes. */
export interface CommonArgs {
  config?: string;
  data?: string;
  lang?: string;
  quiet: boolean;
  verbose: boolean;
  color?: boolean;
  input: boolean;
}

/** What a command's handler is given besides its own arguments. */
export interface Invocation {
  terminal: Terminal;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
}
