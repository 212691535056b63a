import { aptoide } from "./aptoide/source.ts";
import { fdroid } from "./fdroid/source.ts";
import { githubReleases } from "./github-releases/source.ts";
import type { Source } from "./source.ts";
import { tencentMyapp } from "./tencent-myapp/source.ts";

/** Sources that bring no large package along, and so share one program in the cloud; a new one is one line here and a folder. */
export const lightSources: readonly Source[] = [aptoide, fdroid, tencentMyapp, githubReleases];
