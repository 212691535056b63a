import { isMap, LineCounter, type Node, parseDocument } from "yaml";
import { err, ok, type Result } from "../../kernel/result.ts";
import { type ConfigProblem, type Path, type ProblemCode, pathText } from "./problem.ts";

/** A YAML file with the lines its parts stand on. */
export interface Document {
  value: unknown;
  problem(
    path: Path,
    code: ProblemCode,
    facts: ConfigProblem["facts"],
    more?: Pick<ConfigProblem, "suggestion"> & { severity?: ConfigProblem["severity"] },
  ): ConfigProblem;
}

const LARGEST = 5_000_000;
/** Brackets within brackets; the parser would follow them until its stack or its memory ends. */
const DEEPEST = 100;

/** Reads YAML in UTF-8 of at most 5 MB; aliases may not multiply it. Syntax errors are told all at once, with their lines. */
export function readDocument(file: string, bytes: Uint8Array): Result<Document, ConfigProblem[]> {
  const bare = (
    code: ProblemCode,
    facts: ConfigProblem["facts"],
    at?: { line: number; col: number },
  ): ConfigProblem => ({
    file,
    ...(at === undefined ? {} : { line: at.line, column: at.col }),
    at: "",
    severity: "error",
    code,
    facts,
  });
  if (bytes.length > LARGEST) return err([bare("file-too-large", { bytes: bytes.length, most: LARGEST })]);
  const text = textOf(bytes);
  if (text === undefined) return err([bare("encoding", {})]);
  if (depthOf(text) > DEEPEST) {
    return err([bare("yaml", { detail: `more than ${DEEPEST} brackets within brackets` }, { line: 1, col: 1 })]);
  }
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: true });
  if (parsed.errors.length > 0) {
    return err(
      parsed.errors.slice(0, 50).map((error) => bare("yaml", { detail: error.message }, lines.linePos(error.pos[0]))),
    );
  }
  let value: unknown;
  try {
    value = parsed.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return err([bare("yaml", { detail: (error as Error).message })]);
  }
  return ok({
    value,
    problem(path, code, facts, more = {}) {
      const offset = offsetOf(parsed.contents, path);
      const at = offset === undefined ? undefined : lines.linePos(offset);
      return { ...bare(code, facts, at), at: pathText(path), ...more, severity: more.severity ?? "error" };
    },
  });
}

/** Undefined where it is not UTF-8, as files of older Chinese editors are not: their names would come out as other names. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    depth = bracket === "[" || bracket === "{" ? depth + 1 : Math.max(0, depth - 1);
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Where the node of a path, or of the longest part of it that exists, begins. A key is pointed at rather than its value. */
function offsetOf(root: Node | null, path: Path): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const part of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => String((item.key as { value?: unknown }).value) === String(part));
      if (pair === undefined) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
      continue;
    }
    const items = (node as { items?: unknown[] } | null)?.items;
    const item = items?.[Number(part)] as Node | undefined;
    if (item === undefined) return offset;
    offset = item.range?.[0] ?? offset;
    node = item;
  }
  return offset;
}
