/** A place in Google's nested arrays. `-1` is the last element; a text is a key of an object. */
export type Path = readonly (number | string)[];

/** Fields of a record and where each stands, with a second place where the documents name one. */
export type PathTable = Readonly<Record<string, { at: Path; or?: Path }>>;

/** The value at a path; undefined where the path leads nowhere. Google writes null for "none". */
export function at(value: unknown, path: Path): unknown {
  let here = value;
  for (const step of path) {
    if (here === null || typeof here !== "object") return undefined;
    here = Array.isArray(here) && typeof step === "number" ? here.at(step) : ownValue(here, step);
  }
  return here ?? undefined;
}

function ownValue(holder: object, step: number | string): unknown {
  return Object.hasOwn(holder, step) ? (holder as Record<string, unknown>)[step] : undefined;
}

/** Takes the fields of a table out of nested arrays into a flat record. */
export function readPaths(value: unknown, table: PathTable): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([field, { at: path, or }]) => [
      field,
      at(value, path) ?? (or ? at(value, or) : undefined),
    ]),
  );
}

/** Writes the fields of a flat record back to their places: nested arrays that hold nothing else. */
export function writePaths(record: Readonly<Record<string, unknown>>, table: PathTable): unknown[] {
  const root: unknown[] = [];
  for (const [field, { at: path }] of Object.entries(table)) {
    if (record[field] !== undefined) put(root, path, record[field]);
  }
  return root;
}

function put(root: unknown[], path: Path, value: unknown): void {
  const last = path.length - 1;
  let here = root;
  path.forEach((step, depth) => {
    const index = Number(step);
    while (here.length <= index) here.push(null);
    if (depth === last) here[index] = value;
    else here[index] = here[index] ?? [];
    here = here[index] as unknown[];
  });
}

// Where the facts stand, checked on bodies of 2026-07.

/** One row of a list: `section[22][0][i][0]` in a search and on a named developer's page, `section[21][0][i]` on a numbered one's. */
export const ROW = {
  key: { at: [0, 0] },
  icon: { at: [1, 3, 2] },
  name: { at: [3] },
  summary: { at: [13, 1] },
  developer: { at: [14] },
  installs: { at: [15] },
} as const satisfies PathTable;

/** The card of an exact match: `section[23]` of a search. */
export const CARD = {
  key: { at: [16, 3, "12", 0, 0] },
  icon: { at: [16, 2, 95, 0, 3, 2] },
  name: { at: [16, 2, 0, 0] },
  summary: { at: [16, 2, 72, 0, 1], or: [16, 2, 73, 0, 1] },
  developer: { at: [16, 2, 68, 0] },
  developerLink: { at: [16, 2, 68, 1, 4, 2] },
  installs: { at: [16, 2, 13, 0] },
} as const satisfies PathTable;

/** Details of an app, from `[1][2]` of the block on. */
export const DETAILS = {
  key: { at: [77, 0] },
  icon: { at: [95, 0, 3, 2] },
  name: { at: [0, 0] },
  developer: { at: [68, 0] },
  developerLink: { at: [68, 1, 4, 2] },
  description: { at: [72, 0, 1] },
  translation: { at: [12, 0, 0, 1] },
  installsLeast: { at: [13, 1] },
  installsExact: { at: [13, 2] },
  email: { at: [69, 1, 0] },
  website: { at: [69, 0, 5, 2] },
  releasedSeconds: { at: [10, 1, 0] },
  updatedSeconds: { at: [145, 0, 1, 0], or: [-1, "146", 0, 1, 0] },
  version: { at: [140, 0, 0, 0], or: [-1, "141", 0, 0, 0] },
} as const satisfies PathTable;
