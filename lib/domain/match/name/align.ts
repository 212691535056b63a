import { readName } from "./reading.ts";
import { shapeOf } from "./shape.ts";

/**
 * One step of two names side by side. `same`: equal but for case. `lookalike`: another code point, or two letters, of the same shape.
 * `hidden`: a character in between that nobody sees. `other`: another letter. `added` and `missing`: only theirs, only ours.
 * `around`: what stands before and after our name in theirs.
 */
export interface AlignedPart {
  kind: "same" | "lookalike" | "hidden" | "other" | "added" | "missing" | "around";
  ours: string;
  theirs: string;
}

const LONGEST_OURS = 80;
const LONGEST_THEIRS = 160;

const COST = { same: 0, spaced: 0.2, hidden: 0.05, lookalike: 0.3, pair: 0.4, other: 1.1, added: 1, missing: 1 };

/** What brought the cheapest way to a cell, and the letters it used. */
interface Step {
  cost: number;
  kind: AlignedPart["kind"];
  ours: number;
  theirs: number;
}

/**
 * Lays our name along theirs letter by letter, the cheapest way (Needleman and Wunsch 1970), where what stands around our name in
 * theirs costs nothing. Letters are code points; names are cut at 80 and 160. `cost` is per letter of ours, 0 for the same name.
 */
export function alignNames(ours: string, theirs: string): { parts: AlignedPart[]; cost: number } {
  const own = [...ours].slice(0, LONGEST_OURS);
  const other = [...theirs.slice(0, 2 * LONGEST_THEIRS)].slice(0, LONGEST_THEIRS);
  const table = stepsOf(own, other);
  const last = table[own.length] as Step[];
  let end = 0;
  last.forEach((step, at) => {
    if (step.cost < (last[end] as Step).cost) end = at;
  });
  const cost = own.length === 0 ? 1 : (last[end] as Step).cost / own.length;
  return { parts: trace(table, own, other, end), cost };
}

function stepsOf(own: readonly string[], other: readonly string[]): Step[][] {
  const table: Step[][] = [other.map(() => begin()).concat(begin())];
  for (let i = 1; i <= own.length; i += 1) {
    const row: Step[] = [];
    for (let j = 0; j <= other.length; j += 1) row.push(cheapest(table, row, own, other, i, j));
    table.push(row);
  }
  return table;
}

/** Before our name begins, theirs may say anything. */
function begin(): Step {
  return { cost: 0, kind: "around", ours: 0, theirs: 0 };
}

function cheapest(
  table: readonly Step[][],
  row: readonly Step[],
  own: readonly string[],
  other: readonly string[],
  i: number,
  j: number,
): Step {
  const above = table[i - 1] as Step[];
  const one = own[i - 1] as string;
  const gap = /\s/.test(one) ? COST.spaced : COST.missing;
  const ways: Step[] = [{ cost: (above[j] as Step).cost + gap, kind: "missing", ours: 1, theirs: 0 }];
  if (j > 0) {
    const theirs = other[j - 1] as string;
    const [kind, price] = compared(one, theirs);
    ways.push({ cost: (above[j - 1] as Step).cost + price, kind, ours: 1, theirs: 1 });
    const [between, toll] = isHidden(theirs)
      ? (["hidden", COST.hidden] as const)
      : (["added", /[\s\p{P}]/u.test(theirs) ? COST.spaced : COST.added] as const);
    ways.push({ cost: (row[j - 1] as Step).cost + toll, kind: between, ours: 0, theirs: 1 });
  }
  if (j > 1 && PAIRED.test(one) && isPair(one, `${other[j - 2]}${other[j - 1]}`))
    ways.push({ cost: (above[j - 2] as Step).cost + COST.pair, kind: "lookalike", ours: 1, theirs: 2 });
  return ways.reduce((best, next) => (next.cost < best.cost ? next : best));
}

function compared(ours: string, theirs: string): ["same" | "lookalike" | "other", number] {
  if (ours.toLowerCase() === theirs.toLowerCase()) return ["same", COST.same];
  return shapeKey(ours) === shapeKey(theirs) ? ["lookalike", COST.lookalike] : ["other", COST.other];
}

const shapes = new Map<string, string>();
const MOST_SHAPES = 20_000;

/** What letters look like; kept, because a table asks for the same few again and again. */
function shapeKey(letters: string): string {
  const known = shapes.get(letters);
  if (known !== undefined) return known;
  const made = shapeOf(readName(letters).skeleton || letters.toLowerCase()).text;
  shapes.set(letters, made);
  // The oldest goes: who fills the memory with rare letters must not slow down the common ones for good.
  const [oldest] = shapes.keys();
  if (shapes.size > MOST_SHAPES && oldest !== undefined) shapes.delete(oldest);
  return made;
}

/** What `shapeOf` knows pairs for. */
const PAIRED = /[mwd]/i;

/** Two letters that run together into one, as `rn` into `m`. */
function isPair(ours: string, theirs: string): boolean {
  const shape = shapeKey(theirs);
  return shape.length === 1 && shape === shapeKey(ours);
}

const HIDDEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{M}]/u;

function isHidden(char: string): boolean {
  return HIDDEN.test(char);
}

function trace(table: readonly Step[][], own: readonly string[], other: readonly string[], end: number): AlignedPart[] {
  const parts: AlignedPart[] = [];
  let [i, j] = [own.length, end];
  while (i > 0) {
    const { kind, ours, theirs } = (table[i] as Step[])[j] as Step;
    parts.unshift({ kind, ours: own.slice(i - ours, i).join(""), theirs: other.slice(j - theirs, j).join("") });
    i -= ours;
    j -= theirs;
  }
  const around = (text: string): AlignedPart[] => (text === "" ? [] : [{ kind: "around", ours: "", theirs: text }]);
  return [...around(other.slice(0, j).join("")), ...parts, ...around(other.slice(end).join(""))];
}

/** The one of our names that theirs comes nearest to, laid along it; undefined where even that is another name. */
export function nearestName(
  names: readonly string[],
  theirs: string,
): { name: string; parts: AlignedPart[] } | undefined {
  const aligned = names.map((name) => ({ name, ...alignNames(name, theirs) }));
  const best = aligned.sort((a, b) => a.cost - b.cost || b.name.length - a.name.length)[0];
  return best === undefined || best.cost > FARTHEST ? undefined : best;
}

/** Beyond half of its letters a name is another name. */
const FARTHEST = 0.5;
