/**
 * Optimal string alignment distance (Damerau's edits, no substring edited twice; Boytsov 2011, "Indexing methods for
 * approximate dictionary searching"), in UTF-16 units; `most + 1` as soon as it is certain to be more than `most`.
 */
export function editDistance(a: string, b: string, most: number): number {
  const over = most + 1;
  if (Math.abs(a.length - b.length) > most) return over;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = cellCost(a, b, i, j, { before, above, row });
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > most) return over;
    before = above;
    above = row;
  }
  return Math.min(above[b.length] ?? over, over);
}

interface Rows {
  before: number[];
  above: number[];
  row: number[];
}

function cellCost(a: string, b: string, i: number, j: number, { before, above, row }: Rows): number {
  const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
  const replaced = at(above, j - 1) + (same ? 0 : 1);
  let cost = Math.min(replaced, at(above, j) + 1, at(row, j - 1) + 1);
  const swapped =
    i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
  if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
  return cost;
}

function at(row: number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}

/** A bit for each letter of a text, to rule out pairs cheaply: each edit changes at most two bits. */
export function letterMask(text: string): number {
  let mask = 0;
  for (let i = 0; i < text.length; i += 1) mask |= 1 << (text.charCodeAt(i) % 32);
  return mask;
}

export function masksDiffer(one: number, other: number): number {
  let bits = one ^ other;
  let count = 0;
  while (bits !== 0) {
    bits &= bits - 1;
    count += 1;
  }
  return count;
}
