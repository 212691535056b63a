import { appStore } from "../lib/sources/app-store/source.ts";
import { drainHandler } from "./draining.ts";

export const handler = drainHandler([appStore]);
