/** What is wrong with a configuration; sentences are made where somebody reads them. */
export type ProblemCode =
  | "file-missing"
  | "file-too-large"
  | "upload-too-large"
  | "encoding"
  | "yaml"
  | "unknown-key"
  | "invalid"
  | "missing"
  | "unknown-source"
  | "duplicate"
  | "digest"
  | "allow"
  | "filing"
  | "icon-missing"
  | "icon-unreadable"
  | "paper-missing"
  | "expired"
  | "unknown-brand"
  | "recorded";

export interface ConfigProblem {
  file: string;
  line?: number;
  column?: number;
  /** Where in the document: `brands[0].names[1]`. */
  at: string;
  /** A warning does not stop a scan. */
  severity: "error" | "warning";
  code: ProblemCode;
  facts: Record<string, string | number>;
  /** What was perhaps meant. */
  suggestion?: string;
}

export type Path = readonly (string | number)[];

export function pathText(path: Path): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? part : `${text}.${part}`;
  }, "");
}
