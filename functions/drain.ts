import { lightSources } from "../lib/sources/light-sources.ts";
import { drainHandler } from "./draining.ts";

export const handler = drainHandler(lightSources);
