import * as z from "zod";
import { configSchema } from "./schema.ts";

/** The configuration's JSON Schema (draft 2020-12), for editors that complete and check YAML. */
export function configJsonSchema(): object {
  return { title: "knockoff.yaml", ...z.toJSONSchema(configSchema, { io: "input" }) };
}
