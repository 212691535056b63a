import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Code } from "aws-cdk-lib/aws-lambda";
import type { FunctionName } from "./functions.ts";

export function functionCode(name: FunctionName): Code {
  return codeFrom(`dist/functions/${name}`, "npm run build:functions");
}

/** Sharp for Linux on ARM64, whatever this machine is. */
export function imageLayerCode(): Code {
  return codeFrom("infra/image-layer", "npm run build:layer", "nodejs/node_modules/sharp");
}

function codeFrom(path: string, command: string, made = ""): Code {
  const folder = fileURLToPath(new URL(`../${path}`, import.meta.url));
  if (!existsSync(join(folder, made))) throw new Error(`${path} is not built: run \`${command}\` first`);
  return Code.fromAsset(folder);
}
