import type { ConfigProblem } from "../../../platform/config/problem.ts";
import { problemLine } from "../../text/config-problem.ts";
import type { Terminal } from "../terminal.ts";

/** All problems, each with the place an editor can jump to. */
export function configProblems(problems: readonly ConfigProblem[], { m, style }: Terminal): string {
  const lines = problems.map((problem) => {
    const kind = problem.severity === "error" ? "alert" : "warn";
    return `  ${problemLine(problem, m, (place) => style(kind, place))}`;
  });
  return [m.config.problems(problems.length), ...lines].join("\n");
}
