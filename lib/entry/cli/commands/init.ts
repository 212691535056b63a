import { existsSync, writeFileSync } from "node:fs";
import { initTemplate } from "../../../platform/config/template.ts";
import { EXIT } from "../exit.ts";
import type { CommonArgs, Invocation } from "../invocation.ts";

export interface InitArgs extends CommonArgs {
  force: boolean;
}

export async function init(args: InitArgs, { terminal }: Invocation): Promise<number> {
  const file = args.config ?? "knockoff.yaml";
  if (existsSync(file) && !args.force) {
    terminal.error(terminal.m.init.exists(file));
    return EXIT.usage;
  }
  writeFileSync(file, initTemplate({ language: terminal.language }));
  terminal.answer(terminal.m.init.written(file));
  return EXIT.complete;
}
