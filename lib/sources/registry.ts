import { appStore } from "./app-store/source.ts";
import { aptoide } from "./aptoide/source.ts";
import { fdroid } from "./fdroid/source.ts";
import { githubReleases } from "./github-releases/source.ts";
import { googlePlay } from "./google-play/source.ts";
import type { Source } from "./source.ts";
import { tencentMyapp } from "./tencent-myapp/source.ts";

/** Every source there is; a new one is one line here and a folder. */
export const registry: readonly Source[] = [googlePlay, appStore, aptoide, fdroid, tencentMyapp, githubReleases];
