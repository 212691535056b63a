/** How the stores search: forgiving about case, accents, a typo or half of the words, and blind to confusable letters. */

export interface Searchable {
  name: string;
  packageName?: string;
  developer: { name: string };
  description: string;
}

function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Words of letters and digits; a run of Chinese characters is a word of its own. */
export function wordsOf(text: string): string[] {
  return fold(text).match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu) ?? [];
}

function isHan(word: string): boolean {
  return /^\p{Script=Han}/u.test(word);
}

/** Levenshtein distance, given up above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}

function fuzzy(word: string, candidate: string): boolean {
  const limit = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  return limit > 0 && distance(word, candidate, limit) <= limit;
}

/** Half of the neighbouring pairs of a Chinese word, as an index of pairs would find it. */
function sharesPairs(word: string, text: string): boolean {
  const pairs = Array.from({ length: word.length - 1 }, (_, i) => word.slice(i, i + 2));
  return pairs.length > 1 && pairs.filter((pair) => text.includes(pair)).length * 2 >= pairs.length;
}

interface Prepared {
  name: string;
  compact: string;
  words: string[];
  developer: string;
  packageName: string;
  text: string;
  textWords: Set<string>;
}

const prepared = new WeakMap<Searchable, Prepared>();

function prepare(app: Searchable): Prepared {
  const known = prepared.get(app);
  if (known) return known;
  const words = wordsOf(app.name);
  const fresh = {
    name: fold(app.name),
    compact: words.join(""),
    words,
    developer: fold(app.developer.name),
    packageName: (app.packageName ?? "").toLowerCase(),
    text: fold(app.description),
    textWords: new Set(wordsOf(app.description)),
  };
  prepared.set(app, fresh);
  return fresh;
}

/** How well one word of the query is met; 0 where it is not. */
function wordScore(word: string, app: Prepared): number {
  if (app.words.includes(word)) return 100;
  if (app.words.some((candidate) => candidate.startsWith(word))) return 70;
  if (app.compact.includes(word)) return 50;
  if (isHan(word) ? sharesPairs(word, app.compact) : app.words.some((candidate) => fuzzy(word, candidate))) return 40;
  if (app.developer.includes(word)) return 35;
  if (!isHan(word) && word.length > 2 && app.packageName.includes(word)) return 30;
  if (isHan(word) ? app.text.includes(word) : app.textWords.has(word)) return 12;
  return 0;
}

function score(app: Prepared, query: string, words: string[]): number {
  const scores = words.map((word) => wordScore(word, app));
  const met = scores.filter((value) => value > 0).length;
  if (met * 2 < words.length) return 0;
  const whole = app.name === query ? 1000 : app.name.startsWith(query) ? 400 : app.name.includes(query) ? 300 : 0;
  return whole + (scores.reduce((sum, value) => sum + value, 0) * met) / words.length;
}

/** Hits, best first; equal ones in the order of the shelf. */
export function searchApps<T extends Searchable>(apps: readonly T[], query: string): T[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  const folded = fold(query.trim());
  return apps
    .map((app) => ({ app, score: score(prepare(app), folded, words) }))
    .filter((hit) => hit.score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ app }) => app);
}

/** What the search box proposes: names on the shelf and names with a lure, none twice. */
export function suggestTerms(apps: readonly Searchable[], prefix: string, most: number): string[] {
  const start = fold(prefix.trim());
  if (!start) return [];
  const names = apps
    .map(({ name }) => name.toLowerCase())
    .filter((name) => wordsOf(name).some((word) => word.startsWith(start)) || fold(name).startsWith(start));
  return [...new Set(names)].slice(0, most);
}
