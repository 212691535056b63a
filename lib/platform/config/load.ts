import { readFileSync } from "node:fs";
import type { BrandProfile } from "../../domain/brand/profile.ts";
import { err, ok, type Result } from "../../kernel/result.ts";
import { readDocument } from "./document.ts";
import { readIcons } from "./icons.ts";
import { missingPapers } from "./papers.ts";
import type { ConfigProblem } from "./problem.ts";
import { profileOf } from "./profile.ts";
import type { ConfigFile, SourceEntry } from "./schema.ts";
import { validate } from "./validate.ts";

/** A configuration that was found sound. */
export interface Config {
  file: string;
  contact?: string;
  language?: "en" | "zh";
  regions: string[];
  budgets: ConfigFile["budgets"];
  review: ConfigFile["review"];
  network: ConfigFile["network"];
  sources: Record<string, SourceEntry>;
  brands: BrandProfile[];
  /** Icons of ours that stand at links. */
  iconUrls: { brand: string; url: string }[];
  warnings: ConfigProblem[];
}

/** Reads a configuration file, with the icons beside it; all that is wrong with it at once. */
export async function loadConfig(
  file: string,
  known: { sourceIds: readonly string[]; today: string },
): Promise<Result<Config, ConfigProblem[]>> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const detail = (error as NodeJS.ErrnoException).code ?? "";
    return err([{ file, at: "", severity: "error", code: "file-missing", facts: { detail } }]);
  }
  const document = readDocument(file, bytes);
  if (!document.ok) return document;
  const { config, problems } = validate(document.value, known.sourceIds, known.today);
  if (config === undefined) return err(problems);
  const brands: BrandProfile[] = [];
  const iconUrls: Config["iconUrls"] = [];
  for (const [at, entry] of config.brands.entries()) {
    const read = await readIcons(document.value, file, entry.icons, ["brands", at, "icons"]);
    problems.push(...read.problems);
    problems.push(...(await missingPapers(document.value, file, entry.papers, ["brands", at, "papers"])));
    brands.push({ ...profileOf(entry), icons: read.icons });
    iconUrls.push(...read.urls.map((url) => ({ brand: entry.id, url })));
  }
  if (problems.some(({ severity }) => severity === "error")) return err(problems);
  const { contact, language, budgets, review, network, sources } = config;
  const regions = config.regions.map((region) => region.toLowerCase());
  return ok({
    file,
    contact,
    language,
    regions,
    budgets,
    review,
    network,
    sources,
    brands,
    iconUrls,
    warnings: problems,
  });
}
