import { appStore } from "./app-store/source.ts";
import { googlePlay } from "./google-play/source.ts";
import type { Source } from "./source.ts";

/** Every source there is; a new one is one line here and a folder. */
export const registry: readonly Source[] = [googlePlay, appStore];
