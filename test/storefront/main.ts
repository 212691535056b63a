import { parseArgs } from "node:util";
import { startStorefront } from "./server.ts";
import { SOURCES } from "./types.ts";

/** `npx tsx test/storefront/main.ts --seed 7 [--port 8080]`: serves until Ctrl-C. */
const { values } = parseArgs({ options: { seed: { type: "string", default: "7" }, port: { type: "string" } } });
const storefront = await startStorefront({ seed: Number(values.seed), port: Number(values.port ?? 0) });
process.stdout.write(`${storefront.url}\n`);
for (const source of SOURCES) process.stdout.write(`${storefront.url}/${source}\n`);
process.once("SIGINT", () => storefront.stop());
process.once("SIGTERM", () => storefront.stop());
