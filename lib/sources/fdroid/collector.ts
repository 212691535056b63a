import { ok } from "../../kernel/result.ts";
import { drifted } from "../parse.ts";
import type { Answer } from "../source.ts";
import { type App, appOf, type Draft } from "./app.ts";

/** One repository's apps, small enough to be held for the length of a scan. */
export interface Index {
  apps: ReadonlyMap<string, App>;
  /** The repository has more than was kept: what is missing here may be there. */
  cut: boolean;
  /** Packages that could not be read. */
  dropped: number;
}

/** f-droid.org, the largest repository, had about 4,400 apps in 2026. */
const MOST_APPS = 100_000;
/** UTF-16 units of text kept of all apps together; f-droid.org needs about a quarter. */
const MOST_TEXT = 40_000_000;

const PACKAGE = /^[A-Za-z]\w*(?:\.\w+)+$/;

/** Collects apps within the limits of memory. */
export function createCollector(limits = { apps: MOST_APPS, text: MOST_TEXT }) {
  const apps = new Map<string, App>();
  let room = limits.text;
  let cut = false;
  let dropped = 0;
  return {
    add(packageName: string, draft: Draft): void {
      if (packageName.length > 255 || !PACKAGE.test(packageName) || apps.has(packageName)) {
        dropped += 1;
        return;
      }
      if (cut) return;
      const app = appOf(packageName, draft);
      room -= app.text.length + app.squeezed.length + (app.description?.length ?? 0);
      cut = room < 0 || apps.size >= limits.apps;
      if (!cut) apps.set(packageName, app);
    },
    apps,
    finish(what: string): Answer<Index> {
      if (dropped > apps.size) return drifted(`${what}: ${dropped} of ${dropped + apps.size} packages unreadable`);
      return ok({ apps, cut, dropped });
    },
  };
}
