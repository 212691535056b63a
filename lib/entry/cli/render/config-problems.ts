import type { ConfigProblem } from "../../../platform/config/problem.ts";
import type { Terminal } from "../terminal.ts";

/** All problems, each with the place an editor can jump to. */
export function configProblems(problems: readonly ConfigProblem[], terminal: Terminal): string {
  const { m } = terminal;
  return [m.config.problems(problems.length), ...problems.map((problem) => `  ${problemLine(problem, terminal)}`)].join(
    "\n",
  );
}

function problemLine(problem: ConfigProblem, { m, style }: Terminal): string {
  const { file, line, column, at, code, facts, suggestion } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const said = m.config.problem[code](facts) + (suggestion === undefined ? "" : m.config.didYouMean(suggestion));
  return `${style(problem.severity === "error" ? "alert" : "warn", place)}${at === "" ? "" : ` ${at}`}: ${said}`;
}
