import { googlePlay } from "../lib/sources/google-play/source.ts";
import { drainHandler } from "./draining.ts";

export const handler = drainHandler([googlePlay]);
