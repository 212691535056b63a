import { makeBanks } from "./banks.ts";
import { build } from "./build.ts";
import { genuine } from "./genuine.ts";
import { impersonations } from "./impersonations.ts";
import { bankMarks } from "./marks.ts";
import { neighbours } from "./neighbours.ts";
import { seeded } from "./random.ts";
import type { World } from "./types.ts";

const BANKS = 3;

/** The world of one seed, without the repository key, which is made when a server starts. */
export function makeCatalogue(seed: number): Omit<World, "fdroidFingerprint"> {
  const marks = bankMarks(seeded(seed, "marks"), BANKS);
  const made = makeBanks(seed, marks.ours);
  const drafts = [...genuine(made.banks), ...impersonations(seed, made.banks), ...neighbours(seed, made, marks.others)];
  return { seed, banks: made.banks, apps: drafts.map((draft, place) => build(seed, place, draft)) };
}
