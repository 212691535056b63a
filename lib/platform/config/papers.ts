import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Document } from "./document.ts";
import type { ConfigProblem, Path } from "./problem.ts";
import type { BrandEntry } from "./schema.ts";

/** Papers whose file is not there. A scan needs none, so this warns; whoever sends a takedown request should know before. */
export async function missingPapers(
  document: Document,
  file: string,
  papers: BrandEntry["papers"],
  path: Path,
): Promise<ConfigProblem[]> {
  const checked = papers.map(async ({ file: paper }, at) => {
    if (paper === undefined || (await isFile(resolve(dirname(file), paper)))) return [];
    return [document.problem([...path, at, "file"], "paper-missing", { paper }, { severity: "warning" })];
  });
  return (await Promise.all(checked)).flat();
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
