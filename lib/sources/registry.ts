import { appStore } from "./app-store/source.ts";
import { googlePlay } from "./google-play/source.ts";
import { lightSources } from "./light-sources.ts";
import type { Source } from "./source.ts";

/** Every source there is. */
export const registry: readonly Source[] = [googlePlay, appStore, ...lightSources];
