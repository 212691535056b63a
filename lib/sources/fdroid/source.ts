import type { Listing } from "../../domain/listing/listing.ts";
import { ok } from "../../kernel/result.ts";
import { printable } from "../../kernel/text.ts";
import { drifted } from "../parse.ts";
import type { Answer, Ask, Source, SourceFailure } from "../source.ts";
import type { Index } from "./collector.ts";
import { findApps, type Hit } from "./find.ts";
import { listingOf } from "./listing.ts";
import { indexOf } from "./load.ts";
import { about } from "./manifest.ts";
import { type Repository, refused, repositoriesOf } from "./repositories.ts";

/** Most hits of one search: a term that finds more says too little. */
const MOST_HITS = 300;

interface Loaded {
  repository: Repository;
  index: Index;
}

export const fdroid: Source = {
  about,

  async search({ term }, ask) {
    const loaded = await loadAll(ask);
    if (!loaded.ok) return loaded;
    const { indexes, missing } = loaded.value;
    const hits = indexes.flatMap(({ repository, index }) =>
      findApps(index.apps.values(), term).map((hit): Hit & { repository: Repository } => ({ ...hit, repository })),
    );
    const byName = [...hits.filter((hit) => hit.named), ...hits.filter((hit) => !hit.named)];
    return ok({
      listings: byName.slice(0, MOST_HITS).map(({ app, name, repository }) => listingOf(app, name, repository)),
      truncated: missing || hits.length > MOST_HITS || indexes.some(({ index }) => index.cut),
      dropped: indexes.reduce((sum, { index }) => sum + index.dropped, 0),
    });
  },

  /** The whole index is signed, so what is not in it is not in the repository. */
  async byId(key, _region, ask) {
    const repositories = repositoriesOf(ask);
    if (!repositories.ok) return repositories;
    const [repository, packageName] = addressed(key, repositories.value) ?? [];
    if (repository === undefined || packageName === undefined) {
      return refused(`the key ${printable(key, 100)} is of a repository that is not configured`);
    }
    const index = await indexOf(repository, ask);
    return index.ok ? appByName(index.value, packageName, repository) : index;
  },
};

function appByName(index: Index, packageName: string, repository: Repository): Answer<Listing | undefined> {
  const app = index.apps.get(packageName);
  if (app !== undefined) return ok(listingOf(app, app.names[0]?.text ?? packageName, repository));
  return index.cut ? drifted("the index is longer than what is kept of it, and the app is not in that") : ok(undefined);
}

/** A package name holds no slash, so the last one ends the repository's part of a key. */
function addressed(key: string, repositories: Repository[]): [Repository, string] | undefined {
  const end = key.lastIndexOf("/") + 1;
  const repository = repositories.find(({ prefix }) => prefix === key.slice(0, end));
  return repository && [repository, key.slice(end)];
}

/**
 * All indexes. A repository that cannot be reached just now takes nothing from the others: the answer is then incomplete
 * (`missing`). One whose index is wrong fails the whole, since somebody must look at it; so does it when none is left.
 */
async function loadAll(ask: Ask): Promise<Answer<{ indexes: Loaded[]; missing: boolean }>> {
  const repositories = repositoriesOf(ask);
  if (!repositories.ok) return repositories;
  const indexes: Loaded[] = [];
  let failure: SourceFailure | undefined;
  for (const repository of repositories.value) {
    const index = await indexOf(repository, ask);
    if (index.ok) indexes.push({ repository, index: index.value });
    else if (index.error.kind === "refused" || index.error.kind === "drifted") return index;
    else failure ??= index.error;
  }
  if (failure !== undefined && indexes.length === 0) return { ok: false, error: failure };
  return ok({ indexes, missing: failure !== undefined });
}
