import { searchApps } from "./search.ts";
import type { AppTruth, SourceId, World } from "./types.ts";

export interface Canary {
  term: string;
  /** ISO 3166 country and ISO 639 language, lower case. */
  region: string;
  language: string;
  /** The store's own key of the app that the search must bring. */
  expectKey: string;
}

/** An innocent or official app that its store's search puts first for its own name: innocents before officials. */
export function canaryOf(world: World, source: SourceId): Canary {
  const apps = world.apps.filter((app) => app.source === source);
  const suits = (app: AppTruth) => app.hasFile && app.platform !== "mac" && searchApps(apps, app.name)[0] === app;
  const canary =
    apps.find((app) => app.label === "innocent" && suits(app)) ??
    apps.find((app) => app.label === "official" && suits(app));
  if (!canary) throw new Error(`no app of ${source} can be its canary in the world of seed ${world.seed}`);
  const place = source === "tencent-myapp" ? { region: "cn", language: "zh" } : { region: "us", language: "en" };
  return { term: canary.name, ...place, expectKey: canary.key };
}
