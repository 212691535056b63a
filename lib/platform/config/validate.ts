import type { z } from "zod";
import { editDistance } from "../../domain/match/name/distance.ts";
import { parseDigest } from "../../kernel/digest.ts";
import { parseAllowList } from "../http/allow-list.ts";
import type { Document } from "./document.ts";
import type { ConfigProblem, Path } from "./problem.ts";
import { type ConfigFile, configSchema } from "./schema.ts";

/** Every way in which a document is not a configuration, by its shape and by what its parts say to each other. */
export function validate(
  document: Document,
  sourceIds: readonly string[],
  today: string,
): {
  config?: ConfigFile;
  problems: ConfigProblem[];
} {
  const parsed = configSchema.safeParse(document.value, { reportInput: true });
  if (!parsed.success) return { problems: someProblems(document, parsed.error.issues) };
  return { config: parsed.data, problems: meaningProblems(document, parsed.data, sourceIds, today) };
}

/** More than anybody mends at once, and each has to be found in the document. */
const MOST_PROBLEMS = 200;

function someProblems(document: Document, issues: readonly z.core.$ZodIssue[]): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const issue of issues) {
    if (problems.length >= MOST_PROBLEMS) break;
    const keys = issue.code === "unrecognized_keys" ? issue.keys.slice(0, MOST_PROBLEMS - problems.length) : [];
    const bounded = issue.code === "unrecognized_keys" ? { ...issue, keys } : issue;
    problems.push(...shapeProblems(document, bounded));
  }
  return problems;
}

function shapeProblems(document: Document, issue: z.core.$ZodIssue): ConfigProblem[] {
  const path = issue.path as Path;
  if (issue.code === "unrecognized_keys") {
    const known = keysAt(path);
    return issue.keys.map((key) =>
      document.problem([...path, key], "unknown-key", { key }, { suggestion: nearest(key, known) }),
    );
  }
  // Of several shapes that were allowed, the one that failed latest is the one that was meant.
  if (issue.code === "invalid_union") {
    const deepest = issue.errors.flat().filter((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys");
    if (deepest.length > 0) {
      return deepest.flatMap((inner) =>
        shapeProblems(document, { ...inner, path: [...path, ...inner.path] } as z.core.$ZodIssue),
      );
    }
  }
  if (issue.code === "invalid_type" && issue.input === undefined) {
    return [document.problem(path, "missing", { key: String(path.at(-1) ?? "") })];
  }
  return [document.problem(path, "invalid", { detail: issue.message })];
}

/** The keys the schema knows at a place, by walking it as the document does. */
function keysAt(path: Path): string[] {
  let schema: unknown = configSchema;
  for (const part of path)
    schema = typeof part === "number" ? elementOf(schema) : (shapeOf(schema)?.[part] ?? entryOf(schema));
  return Object.keys(shapeOf(schema) ?? {});
}

interface Wrapped {
  def?: {
    innerType?: unknown;
    options?: unknown[];
    element?: unknown;
    valueType?: unknown;
    shape?: Record<string, unknown>;
  };
}

function bare(schema: unknown): Wrapped {
  const { def } = (schema ?? {}) as Wrapped;
  if (def?.innerType !== undefined) return bare(def.innerType);
  const object = def?.options?.find((option) => bare(option).def?.shape !== undefined);
  return object === undefined ? ((schema ?? {}) as Wrapped) : bare(object);
}

const shapeOf = (schema: unknown) => bare(schema).def?.shape;
const elementOf = (schema: unknown) => bare(schema).def?.element;
const entryOf = (schema: unknown) => bare(schema).def?.valueType;

/** The known word that a misspelt one most likely means: a third of its letters may be wrong, two at least. */
function nearest(word: string, known: readonly string[]): string | undefined {
  const most = Math.max(2, Math.floor(word.length / 3));
  const rated = known.map((one) => ({ one, edits: editDistance(word.toLowerCase(), one.toLowerCase(), most) }));
  const [best] = rated.filter(({ edits }) => edits <= most).sort((a, b) => a.edits - b.edits);
  return best?.one;
}

function meaningProblems(
  document: Document,
  config: ConfigFile,
  sourceIds: readonly string[],
  today: string,
): ConfigProblem[] {
  return [
    ...Object.keys(config.sources).flatMap((id) => sourceProblem(document, ["sources", id], id, sourceIds)),
    ...config.network.allow.flatMap((value, at) =>
      parseAllowList([value]).ok ? [] : [document.problem(["network", "allow", at], "allow", { value })],
    ),
    ...duplicates(config.brands.map(({ id }) => id)).map((at) =>
      document.problem(["brands", at, "id"], "duplicate", { value: config.brands[at]?.id ?? "" }),
    ),
    ...config.brands.flatMap((brand, at) => brandProblems(document, brand, ["brands", at], sourceIds, today)),
  ];
}

function brandProblems(
  document: Document,
  brand: ConfigFile["brands"][number],
  path: Path,
  sourceIds: readonly string[],
  today: string,
): ConfigProblem[] {
  const texts = [...brand.names, ...brand.aliases].map((name) => (typeof name === "string" ? name : name.text));
  const stores = [
    ...brand.apps.flatMap((app, at) =>
      Object.keys(app.stores).map((store) => [store, ["apps", at, "stores", store]] as const),
    ),
    ...brand.publishers.map(({ store }, at) => [store, ["publishers", at, "store"]] as const),
    ...brand.watch.listings.map(({ store }, at) => [store, ["watch", "listings", at, "store"]] as const),
    ...brand.watch.developers.map(({ store }, at) => [store, ["watch", "developers", at, "store"]] as const),
  ];
  const digests = [
    ...brand.certificates.map((text, at) => [text, ["certificates", at]] as const),
    ...brand.partners.flatMap(({ certificates }, party) =>
      certificates.map((text, at) => [text, ["partners", party, "certificates", at]] as const),
    ),
  ];
  const dated = [
    ...brand.trademarks.map(({ number, expires }, at) => [number, expires, ["trademarks", at, "expires"]] as const),
    ...brand.papers.map(({ kind, expires }, at) => [kind, expires, ["papers", at, "expires"]] as const),
  ];
  const names = duplicates(texts.map((text) => text.toLowerCase()));
  return [
    ...stores.flatMap(([store, rest]) => sourceProblem(document, [...path, ...rest], store, sourceIds)),
    ...digests.flatMap(([text, rest]) =>
      parseDigest(text) === undefined ? [document.problem([...path, ...rest], "digest", { value: text })] : [],
    ),
    ...names.map((at) =>
      document.problem([...path, at < brand.names.length ? "names" : "aliases"], "duplicate", {
        value: texts[at] ?? "",
      }),
    ),
    ...filingProblem(document, brand.filing?.number, [...path, "filing", "number"]),
    ...dated.flatMap(([paper, expires, rest]) =>
      expires !== undefined && expires < today
        ? [document.problem([...path, ...rest], "expired", { paper, expires }, { severity: "warning" })]
        : [],
    ),
  ];
}

function sourceProblem(document: Document, path: Path, id: string, known: readonly string[]): ConfigProblem[] {
  if (known.includes(id)) return [];
  return [
    document.problem(path, "unknown-source", { id, known: known.join(", ") }, { suggestion: nearest(id, known) }),
  ];
}

/** 京ICP备12345678号, for an app with -1A behind it (Ministry of Industry and Information Technology, 2023). */
const FILING = /^\p{Script=Han}ICP[备证]\d{6,10}号(?:-\d{1,4}[AX]?)?$/u;

function filingProblem(document: Document, number: string | undefined, path: Path): ConfigProblem[] {
  if (number === undefined || !/ICP/i.test(number) || FILING.test(number)) return [];
  return [document.problem(path, "filing", { value: number })];
}

/** Places of values that stood before. */
function duplicates(values: readonly string[]): number[] {
  return values.flatMap((value, at) => (values.indexOf(value) < at ? [at] : []));
}
