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

/** Reads YAML of at most 5 MB; aliases may not multiply it. Syntax errors are told all at once, with their lines. */
export function readDocument(file: string, text: string): Result<Document, ConfigProblem[]> {
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
  if (text.length > LARGEST) return err([bare("file-too-large", { bytes: text.length, most: LARGEST })]);
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
