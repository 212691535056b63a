/** Where the facts of a body stand: to tell two bodies of one kind apart by shape, whatever they say. */

/** Path -> kinds of values seen there. `list[].name` stands for the name of every element. */
export type KeyPaths = Map<string, Set<string>>;

interface PathOptions {
  /** Paths of objects whose keys are data (a package, a hash, a locale) and not names; they read `*`. */
  maps?: readonly string[];
  /** Elements of arrays are facts of their own, told apart by their place: `[3]` instead of `[]`. */
  positional?: boolean;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

/** All key paths of one or more bodies, taken together. */
export function keyPaths(bodies: readonly unknown[], { maps = [], positional = false }: PathOptions = {}): KeyPaths {
  const paths: KeyPaths = new Map();

  function walk(value: unknown, path: string): void {
    // In an array of places null only fills the gap.
    if (positional && value === null) return;
    const kinds = paths.get(path) ?? new Set();
    paths.set(path, kinds.add(kindOf(value)));
    if (Array.isArray(value)) {
      for (const [i, item] of value.entries()) walk(item, `${path}[${positional ? i : ""}]`);
    } else if (value !== null && typeof value === "object") {
      const start = path === "" ? "" : `${path}.`;
      for (const [key, item] of Object.entries(value)) walk(item, start + (maps.includes(path) ? "*" : key));
    }
  }

  for (const body of bodies) walk(body, "");
  return paths;
}

/** Paths of ours that theirs lacks, or that hold another kind of value there. What theirs leaves null may be anything. */
export function inventedPaths(ours: KeyPaths, theirs: KeyPaths): string[] {
  return [...ours].flatMap(([path, kinds]) => {
    const known = theirs.get(path);
    if (!known) return [path];
    const real = [...known].filter((kind) => kind !== "null");
    const other = [...kinds].filter((kind) => kind !== "null" && !real.includes(kind));
    return real.length > 0 && other.length > 0 ? [`${path} is ${other.join("/")}, not ${real.join("/")}`] : [];
  });
}
