import { type App, fold, squeeze } from "./app.ts";

export interface Hit {
  app: App;
  /** The name by which it was found, where it was one. */
  name: string;
  /** Found by name and not only by summary or package. */
  named: boolean;
}

const MOST_WORDS = 20;

/**
 * Apps whose names (in any language), summaries and package hold every word of the term, or one of whose names holds the term
 * when spaces and punctuation are left out of both. Those found by name stand first.
 */
export function findApps(apps: Iterable<App>, term: string): Hit[] {
  const folded = fold(term.slice(0, 200));
  const words = folded
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .slice(0, MOST_WORDS);
  const squeezed = squeeze(folded);
  if (words.length === 0) return [];
  const [named, others]: [Hit[], Hit[]] = [[], []];
  for (const app of apps) {
    if (!app.squeezed.includes(squeezed) && !words.every((word) => app.text.includes(word))) continue;
    const hit = hitOf(app, words, squeezed);
    (hit.named ? named : others).push(hit);
  }
  return [...named, ...others];
}

/**
 * An app that is called like a bank in one language only must be shown under that name: it is what its victims read. Where the
 * first name fits as well it is taken, so that a listing does not change its name from question to question.
 */
function hitOf(app: App, words: string[], squeezed: string): Hit {
  const fitting = app.names.find(({ text }) => {
    const folded = fold(text);
    return words.every((word) => folded.includes(word)) || squeeze(folded).includes(squeezed);
  });
  return { app, name: (fitting ?? app.names[0])?.text ?? app.packageName, named: fitting !== undefined };
}
