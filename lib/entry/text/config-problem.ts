import type { ConfigProblem } from "../../platform/config/problem.ts";
import type { Messages } from "./messages.en.ts";

/** One line: the place an editor can jump to, marked by the caller, and what is wrong there. */
export function problemLine(problem: ConfigProblem, m: Messages, mark = (place: string) => place): string {
  const { file, line, column, at, code, facts, suggestion } = problem;
  const place = [file, line, column].filter((part) => part !== undefined).join(":");
  const said = m.config.problem[code](facts) + (suggestion === undefined ? "" : m.config.didYouMean(suggestion));
  return `${mark(place)}${at === "" ? "" : ` ${at}`}: ${said}`;
}
